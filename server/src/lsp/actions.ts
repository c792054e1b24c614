import { type CodeAction, CodeActionKind, type Range as LspRange } from 'vscode-languageserver';
import { editsOf, type FileEdits } from '../lint/fix';
import { ignoreEdits } from '../lint/ignore-comment';
import { type Finding, preferredFix } from '../lint/rule';
import { memo } from '../text/maps';
import type { Workspace } from '../workspace/workspace';
import type { Surroundings } from './client';
import { diagnosticsOf, type FindingKey, isKeyOf, keyOfFinding, placeIn, toLspRange } from './to-lsp';
import { canCarry, workspaceEdit } from './workspace-edit';

/** The findings of one root as they are now, and what is around them. */
export interface Judged {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly around: Surroundings;
}

/** What an action is found again by when somebody chooses it. */
export interface ActionKey {
  readonly uri: string;
  readonly version: number | null;
  readonly finding: FindingKey;
  readonly title: string;
}

/** One thing that can be done about a finding. */
interface Offer {
  readonly title: string;
  readonly needsConfirmation: boolean;
  readonly isPreferred: boolean;
  readonly isFix: boolean;
  readonly edits: FileEdits;
}

/** Fixes for the findings that a range touches, best first, each followed by a way to silence its rule. */
export function actionsAt(judged: Judged, path: string, range: LspRange): CodeAction[] {
  const { workspace, findings, around } = judged;
  const here = findings.flatMap(finding => {
    const place = placeIn(workspace, finding.at);
    if (place?.file.path !== path || !touches(toLspRange(place.file, place.range), range)) return [];
    return [{ finding, key: keyOfFinding(finding, place.range) }];
  });
  const order = ['error', 'warning', 'info', 'hint'];
  here.sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
  const all = here.flatMap(({ finding, key }) =>
    offersOf(judged, finding).map(offer => ({ offer, action: action(judged, path, finding, key, offer) })),
  );
  const sorted = [...all.filter(({ offer }) => offer.isFix), ...all.filter(({ offer }) => !offer.isFix)];
  // Two findings about one fault may have the same way out: it is offered once.
  const titles = new Set<string>();
  const distinct = sorted.filter(({ offer: { title } }) => !titles.has(title) && titles.add(title));
  return distinct.map(({ offer, action }) =>
    around.client.resolvesEdits ? action : { ...action, edit: editOf(judged, offer) },
  );
}

/** The action with its edit; undefined when its finding is no longer what it was. */
export function resolved(judged: Judged, path: string, action: CodeAction, key: ActionKey): CodeAction | undefined {
  if (judged.around.versionOf(path) !== key.version) return undefined;
  const finding = judged.findings.find(candidate => {
    const place = placeIn(judged.workspace, candidate.at);
    return place?.file.path === path && isKeyOf(key.finding, candidate, place.range);
  });
  const offer = finding && offersOf(judged, finding).find(({ title }) => title === key.title);
  return offer && { ...action, edit: editOf(judged, offer) };
}

function action(judged: Judged, path: string, finding: Finding, key: FindingKey, offer: Offer): CodeAction {
  const { workspace, around } = judged;
  const [diagnostic] = [...diagnosticsOf(workspace, [finding], around).values()].flat();
  const data: ActionKey = {
    uri: around.uriOf(path),
    version: around.versionOf(path),
    finding: key,
    title: offer.title,
  };
  return {
    title: offer.title,
    kind: CodeActionKind.QuickFix,
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...(offer.isPreferred ? { isPreferred: true } : {}),
    ...(around.client.resolvesEdits ? { data } : {}),
  };
}

function editOf({ workspace, around }: Judged, { title, needsConfirmation, edits }: Offer) {
  return workspaceEdit({ label: title, needsConfirmation }, workspace, edits, around);
}

function offersOf({ workspace, around }: Judged, finding: Finding): Offer[] {
  return offersIn(workspace)(finding).filter(({ edits }) => canCarry(around.client, edits));
}

/** Making edits and proving them is the dear part: while the cursor moves over a text that stays, it is done once. */
const offersIn = memo((workspace: Workspace) =>
  memo((finding: Finding): Offer[] => {
    const fixes = finding.fixes.flatMap((fix): Offer[] => {
      const edits = editsOf(workspace, finding, fix);
      if (edits === undefined) return [];
      const isPreferred = fix === preferredFix(finding);
      return [{ title: fix.title, needsConfirmation: fix.preview === true, isPreferred, isFix: true, edits }];
    });
    const silence = ignoreEdits(workspace, finding);
    if (silence === undefined) return fixes;
    const title = `Ignore ${finding.rule.id} here`;
    return [...fixes, { title, needsConfirmation: false, isPreferred: false, isFix: false, edits: silence }];
  }),
);

function touches(a: LspRange, b: LspRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: LspRange['start'], b: LspRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
