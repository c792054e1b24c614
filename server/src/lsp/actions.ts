import {
  type ChangeAnnotation,
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Range as LspRange,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { editsOf, type FileEdits } from '../lint/fix';
import { ignoreEdits } from '../lint/ignore-comment';
import { type Finding, type Fix, preferredFix } from '../lint/rule';
import type { Workspace } from '../workspace/workspace';
import type { Client } from './client';
import { diagnosticsOf, placeIn, toLspRange } from './to-lsp';

/** What the actions of one root need to know of the editor. */
export interface Surroundings {
  readonly client: Client;
  uriOf(path: string): string;
  /** The version of an open document; null for a closed one. */
  versionOf(path: string): number | null;
}

/** Fixes for the findings that a range touches, best first, each followed by a way to silence its rule. */
export function actionsAt(
  workspace: Workspace,
  findings: readonly Finding[],
  path: string,
  range: LspRange,
  around: Surroundings,
): CodeAction[] {
  const here = findings.filter(finding => {
    const place = placeIn(workspace, finding.at);
    return place?.file.path === path && touches(toLspRange(place.file, place.range), range);
  });
  const order = ['error', 'warning', 'info', 'hint'];
  here.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const fixes = here.flatMap(finding =>
    finding.fixes.flatMap((fix): CodeAction[] => {
      const edits = editsOf(workspace, finding, fix);
      if (edits === undefined) return [];
      return [action(fix, workspace, finding, edits, around)];
    }),
  );
  const ignores = here.flatMap((finding): CodeAction[] => {
    const edits = ignoreEdits(workspace, finding);
    return edits ? [action({ title: `Ignore ${finding.rule.id} here` }, workspace, finding, edits, around)] : [];
  });
  // Two findings about one fault may have the same way out: it is offered once.
  const titles = new Set<string>();
  return [...fixes, ...ignores].filter(({ title }) => !titles.has(title) && titles.add(title));
}

function action(
  fix: Pick<Fix, 'title' | 'preview'>,
  workspace: Workspace,
  finding: Finding,
  edits: FileEdits,
  around: Surroundings,
): CodeAction {
  const [diagnostic] = [...diagnosticsOf(workspace, [finding], path => around.uriOf(path), false).values()].flat();
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...(fix === preferredFix(finding) ? { isPreferred: true } : {}),
    edit: workspaceEdit({ label: fix.title, needsConfirmation: fix.preview === true }, workspace, edits, around),
  };
}

/** Files are created first: with them an edit is not transactional. */
export function workspaceEdit(
  annotation: ChangeAnnotation,
  workspace: Workspace,
  { changed, created }: FileEdits,
  around: Surroundings,
): WorkspaceEdit {
  const textEdits = [...changed].map(([path, edits]): [string, TextEdit[]] => {
    const file = workspace.files.get(path);
    return [path, file ? edits.map(({ range, text }) => ({ range: toLspRange(file, range), newText: text })) : []];
  });
  if (!around.client.documentChanges) {
    return { changes: Object.fromEntries(textEdits.map(([path, edits]) => [around.uriOf(path), edits])) };
  }
  const isWide = created.size + changed.size > 1 || created.size > 0;
  const annotated = isWide && around.client.changeAnnotations ? { annotationId: 'fix' } : {};
  const creations = [...created].flatMap(([path, text]): (CreateFile | TextDocumentEdit)[] => [
    { kind: 'create', uri: around.uriOf(path), options: { ignoreIfExists: false, overwrite: false }, ...annotated },
    {
      textDocument: { uri: around.uriOf(path), version: null },
      edits: [{ range: start, newText: text, ...annotated }],
    },
  ]);
  const documents = textEdits.map(
    ([path, edits]): TextDocumentEdit => ({
      textDocument: { uri: around.uriOf(path), version: around.versionOf(path) },
      edits: edits.map(edit => ({ ...edit, ...annotated })),
    }),
  );
  const annotations = 'annotationId' in annotated ? { changeAnnotations: { fix: annotation } } : {};
  return { documentChanges: [...creations, ...documents], ...annotations };
}

const start: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function touches(a: LspRange, b: LspRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: LspRange['start'], b: LspRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
