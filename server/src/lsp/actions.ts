import {
  type CodeAction,
  CodeActionKind,
  type Range as LspRange,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../lint/rule';
import { fixAllKind, type Surroundings } from './client';
import { type Found, type Offer, offersOf, safeEdits } from './offers';
import { diagnosticsOf, type FindingKey, isKeyOf, keyOfFinding, placeIn, toLspRange } from './to-lsp';
import { canCarry, workspaceEdit } from './workspace-edit';

/** The findings of one root as they are now, and what is around them. */
export interface Judged extends Found {
  readonly around: Surroundings;
}

/** What an action is found again by when somebody chooses it. */
export interface ActionKey {
  readonly uri: string;
  readonly version: number | null;
  readonly finding: FindingKey;
  readonly title: string;
}

/** What an editor asks for: without a kind fixes for the place, and of the whole file only what it names. */
export function askedActions(
  judged: Judged,
  path: string,
  range: LspRange,
  only: readonly CodeActionKind[] | undefined,
): CodeAction[] {
  const isAsked = (own: string) => only?.some(kind => kind === '' || `${own}.`.startsWith(`${kind}.`)) ?? false;
  const all = isAsked(fixAllKind) ? fixAllAction(judged, path) : undefined;
  const quick = !only || isAsked(CodeActionKind.QuickFix) ? actionsAt(judged, path, range) : [];
  return [...quick, ...(all ? [all] : [])];
}

/** Fixes for the findings that a range touches, best first, then ways to silence their rules. */
function actionsAt(judged: Judged, path: string, range: LspRange): CodeAction[] {
  const { workspace, findings, around } = judged;
  const here = findings.flatMap(finding => {
    const place = placeIn(workspace, finding.at);
    if (place?.file.path !== path || !touches(toLspRange(place.file, place.range), range)) return [];
    return [{ finding, key: keyOfFinding(finding, place.range) }];
  });
  const order = ['error', 'warning', 'info', 'hint'];
  here.sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
  const all = here.flatMap(({ finding, key }) =>
    offersOf(judged, finding, path).map(offer => ({ offer, finding, key })),
  );
  const sorted = [...all.filter(({ offer }) => offer.isFix), ...all.filter(({ offer }) => !offer.isFix)];
  // Two findings about one fault may have the same way out: it is offered once.
  const titles = new Set<string>();
  const distinct = sorted.filter(({ offer: { title } }) => !titles.has(title) && titles.add(title));
  const actions = distinct.flatMap(({ offer, finding, key }) => actionFor(judged, path, finding, key, offer) ?? []);
  return [...actions, ...(around.client.opensPages ? here.map(({ finding }) => pageAction(finding)) : [])];
}

/** All that may be applied unseen in a file, for editors that do so when it is saved. */
function fixAllAction(judged: Judged, path: string): CodeAction | undefined {
  const edits = safeEdits(judged, file => file === path);
  if (edits === undefined || !canCarry(judged.around.client, edits)) return undefined;
  const title = 'Fix all that changes nothing that runs';
  return { title, kind: fixAllKind, edit: workspaceEdit(title, judged.workspace, edits, judged.around) };
}

/** The action with its edit; undefined when its finding is no longer what it was. */
export function resolved(judged: Judged, path: string, action: CodeAction, key: ActionKey): CodeAction | undefined {
  if (judged.around.versionOf(path) !== key.version) return undefined;
  const finding = judged.findings.find(candidate => {
    const place = placeIn(judged.workspace, candidate.at);
    return place?.file.path === path && isKeyOf(key.finding, candidate, place.range);
  });
  const offer = finding && offersOf(judged, finding, path).find(({ title }) => title === key.title);
  const edit = offer && editOf(judged, offer);
  return edit && { ...action, edit };
}

function actionFor(
  judged: Judged,
  path: string,
  finding: Finding,
  key: FindingKey,
  offer: Offer,
): CodeAction | undefined {
  const { workspace, around } = judged;
  const isLater = around.client.resolvesEdits;
  if (offer.isDear && !isLater) return undefined;
  const edits = offer.isDear ? undefined : offer.edits();
  if (!offer.isDear && (edits === undefined || !canCarry(around.client, edits))) return undefined;
  const edit = isLater ? undefined : editOf(judged, offer);
  const [diagnostic] = [...diagnosticsOf(workspace, [finding], around).values()].flat();
  const data: ActionKey = {
    uri: around.uriOf(path),
    version: around.versionOf(path),
    finding: key,
    title: offer.title,
  };
  const [created] = edits?.created.keys() ?? [];
  return {
    title: offer.title,
    kind: CodeActionKind.QuickFix,
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...(offer.isPreferred ? { isPreferred: true } : {}),
    ...(edit ? { edit } : { data }),
    // What was written is shown: nobody has seen the file before.
    ...(created !== undefined && around.client.opensPages
      ? { command: command('Show it', 'showFile', around.uriOf(created)) }
      : {}),
  };
}

function pageAction({ rule }: Finding): CodeAction {
  const title = `Open the page of ${rule.id}`;
  return { title, kind: CodeActionKind.QuickFix, command: command(title, 'openRulePage', rule.id) };
}

const command = (title: string, name: string, argument: string) => ({
  title,
  command: `kubeNetlint.${name}`,
  arguments: [argument],
});

function editOf({ workspace, around }: Judged, { title, edits, takesReason }: Offer) {
  const own = edits();
  if (own === undefined || !canCarry(around.client, own)) return undefined;
  const whole = workspaceEdit(title, workspace, own, around);
  return takesReason && around.client.snippetEdits ? withRoom(whole) : whole;
}

/** The cursor stands behind the comment, where a reason is for the next reader. */
function withRoom(edit: WorkspaceEdit): WorkspaceEdit {
  const documentChanges = edit.documentChanges?.map(change =>
    'edits' in change
      ? { ...change, edits: change.edits.map(each => ('newText' in each ? roomy(each) : each)) }
      : change,
  );
  return { ...edit, ...(documentChanges && { documentChanges }) };
}

function roomy({ range, newText }: TextEdit): SnippetTextEdit {
  return {
    range,
    snippet: { kind: 'snippet', value: newText.replace(/(kube-netlint-ignore(?:-file)? \S+)/, '$1: ${1:why}') },
  };
}

function touches(a: LspRange, b: LspRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: LspRange['start'], b: LspRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
