import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ReachAnswer } from '../../server/src/lsp/reaching';

type End = ReachAnswer['ends'][number];
type Group = End['groups'][number];
type Row = Group['rows'][number];

/** The answer to who can reach something, as a tree: who may, who calls in vain, what is outside; then what it reaches. */
export class ReachTree implements vscode.TreeDataProvider<vscode.TreeItem> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #children = new WeakMap<vscode.TreeItem, readonly vscode.TreeItem[]>();
  #roots: readonly vscode.TreeItem[] = [];
  #shown = '';

  constructor(readonly client: BaseLanguageClient) {}

  /** What is the same is left as it is: a tree that is drawn anew loses its place. */
  show({ ends, more }: ReachAnswer): void {
    const shown = JSON.stringify([ends, more]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const [only, ...others] = ends;
    const rest = more > 0 ? [new vscode.TreeItem(`… and ${more} more`)] : [];
    this.#roots =
      only && others.length === 0 ? this.#groupsOf(only) : [...ends.map(end => this.#endItem(end)), ...rest];
    this.#changed.fire(undefined);
  }

  getTreeItem(item: vscode.TreeItem): vscode.TreeItem {
    return item;
  }

  getChildren(item?: vscode.TreeItem): vscode.TreeItem[] {
    return [...(item ? (this.#children.get(item) ?? []) : this.#roots)];
  }

  /** The place of an answer's location, for whoever follows it. */
  #lead(title: string, location: Row['location']): Partial<vscode.TreeItem> {
    if (location === undefined) return {};
    const { uri, range } = this.client.protocol2CodeConverter.asLocation(location);
    return { command: { title, command: 'kubeNetlint.openFromReach', arguments: [uri, range] } };
  }

  #item(id: string, label: string, children: readonly vscode.TreeItem[], more: Partial<vscode.TreeItem>) {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, children.length > 0 ? Collapsed : None);
    Object.assign(item, { id, ...more });
    this.#children.set(item, children);
    return item;
  }

  #endItem(end: End): vscode.TreeItem {
    return this.#item(end.name, end.name, this.#groupsOf(end), { iconPath: new vscode.ThemeIcon('server') });
  }

  #groupsOf(end: End): readonly vscode.TreeItem[] {
    const items = (direction: Group['direction']) =>
      end.groups.filter(group => group.direction === direction).map(group => this.#groupItem(end, group));
    const reached = this.#item(`${end.name} reaches`, 'What it may reach', items('egress'), {
      iconPath: new vscode.ThemeIcon('arrow-right'),
    });
    return [...items('ingress'), reached];
  }

  #groupItem(end: End, { direction, kind, heading, rows }: Group): vscode.TreeItem {
    const id = `${end.name} ${direction} ${kind}`;
    // The name stands above already.
    const label = heading.replace(end.name, 'it').replace(/[:.]$/, '');
    const children = rows.map((row, i) => this.#rowItem(`${id} ${i} ${row.name}`, row));
    const isOpen = rows.length > 0 && direction === 'ingress';
    return this.#item(id, label, children, {
      iconPath: iconOf(kind),
      ...(rows.length > 0 ? { description: `${rows.length}` } : {}),
      ...(isOpen ? { collapsibleState: vscode.TreeItemCollapsibleState.Expanded } : {}),
    });
  }

  /** Where one policy decides, the row leads to it; where several do, each is a row of its own. */
  #rowItem(id: string, row: Row): vscode.TreeItem {
    const [first, another] = row.decided;
    const policies = another
      ? row.decided.map(({ text, location }, i) =>
          this.#item(`${id} ${i}`, text, [], {
            iconPath: new vscode.ThemeIcon('shield'),
            ...this.#lead('Show the policy', location),
          }),
        )
      : [];
    return this.#item(id, row.name, policies, {
      // All of it, without the name that stands before.
      description: row.text.slice(row.name.length).replace(/^(?: : |, )/, ''),
      tooltip: row.text,
      accessibilityInformation: { label: row.text },
      ...this.#lead(first ? 'Show what decides' : 'Show who is meant', first?.location ?? row.location),
    });
  }
}

function iconOf(kind: string): vscode.ThemeIcon {
  if (kind === 'denied') return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('list.warningForeground'));
  if (kind === 'unknown') return new vscode.ThemeIcon('question');
  return new vscode.ThemeIcon(kind === 'outside' ? 'globe' : 'check');
}
