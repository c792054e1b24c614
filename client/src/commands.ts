import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { documentAround } from './yaml-lines';

/** The commands of the palette; `kubeNetlint.openRulePage` also takes the id of a rule. */
export function registerCommands(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const pages = vscode.Uri.joinPath(extension, 'server', 'src', 'rules');
  return vscode.Disposable.from(
    registerCommand('kubeNetlint.restart', () => restart(client)),
    registerCommand('kubeNetlint.showOutput', () => client.outputChannel.show()),
    registerCommand('kubeNetlint.openRulePage', (rule?: string) => openRulePage(pages, rule)),
    registerCommand('kubeNetlint.whyHere', whyHere),
    // For fixes that write a file.
    registerCommand('kubeNetlint.showFile', (uri: string) => vscode.window.showTextDocument(vscode.Uri.parse(uri))),
  );
}

async function restart(client: BaseLanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

/** Shows the hover of the object that the cursor is in, which stands on its kind. */
async function whyHere(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const at = editor && kindAround(editor.document, editor.selection.active.line);
  if (editor === undefined || at === undefined) {
    void vscode.window.showInformationMessage('Put the cursor into a Kubernetes object to see why it is here.');
    return;
  }
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection);
  await vscode.commands.executeCommand('editor.action.showHover');
}

/** Where the kind of the object around a line stands. */
function kindAround(document: vscode.TextDocument, line: number): vscode.Position | undefined {
  const { from, to } = documentAround(document, line);
  for (let at = from; at < to; at++) {
    const key = /^(kind:\s*["']?)\w/.exec(document.lineAt(at).text)?.[1];
    if (key !== undefined) return new vscode.Position(at, key.length);
  }
  return undefined;
}

// The pages come with the extension, so they fit its version and need no network.
async function openRulePage(pages: vscode.Uri, asked: string | undefined): Promise<void> {
  const rules = await rulesIn(pages);
  const rule = asked ?? (await choiceOf(rules))?.label;
  if (rule === undefined) return;
  const link = rules.find(({ label }) => label === rule)?.link;
  if (link === undefined) {
    void vscode.window.showErrorMessage(`There is no rule '${rule}' in this version of Kubernetes Network Lint.`);
    return;
  }
  const page = vscode.Uri.joinPath(pages, link);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The extension that shows Markdown can be switched off.
    await vscode.window.showTextDocument(page, { preview: true });
  }
}

/** A rule as it is searched: by its id, or by any word of what should hold. */
interface RuleItem extends vscode.QuickPickItem {
  readonly link: string;
}

const choiceOf = (rules: readonly RuleItem[]) =>
  vscode.window.showQuickPick(rules, {
    title: 'Explain Rule',
    placeHolder: 'A rule, or a word of what it is about',
    matchOnDescription: true,
    matchOnDetail: true,
  });

/** The rows of the table that links all pages: in a browser folders can't be listed. */
async function rulesIn(pages: vscode.Uri): Promise<readonly RuleItem[]> {
  const table = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pages, 'README.md'));
  const rows = new TextDecoder().decode(table).matchAll(/^\| \[`([\w/-]+)`\]\(([\w./-]+\.md)\) \| (\w+) \| (.*) \|$/gm);
  const rules = Array.from(rows, ([, label = '', link = '', description = '', detail = '']) => {
    return { label, link, description, detail };
  });
  return [...new Map(rules.map(rule => [rule.label, rule])).values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}
