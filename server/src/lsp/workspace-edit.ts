import type {
  ChangeAnnotation,
  CreateFile,
  Range as LspRange,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileEdits } from '../lint/fix';
import { add } from '../text/maps';
import type { TextEdit as OffsetEdit } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import type { Client, Surroundings } from './client';
import { toLspRange } from './to-lsp';

/** Whether an editor can make all of an edit: a part of it, such as naming a file that is never written, does harm. */
export function canCarry(client: Client, { created }: FileEdits): boolean {
  return created.size === 0 || client.creates;
}

/** Files are created first: with them an edit is not transactional. */
export function workspaceEdit(
  label: string,
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
  // Nobody is asked: what VS Code shows before is unticked, and applying it as it stands does nothing.
  const annotation: ChangeAnnotation = { label, needsConfirmation: false };
  const annotations = 'annotationId' in annotated ? { changeAnnotations: { fix: annotation } } : {};
  return { documentChanges: [...creations, ...documents], ...annotations };
}

/** What is changed for one reason, of several. */
export interface EditGroup {
  readonly sort: string;
  readonly label: string;
  readonly changed: ReadonlyMap<string, readonly OffsetEdit[]>;
}

/** Edits of several groups as one, in which an editor that can shows each group by itself. */
export function groupedEdit(groups: readonly EditGroup[], workspace: Workspace, around: Surroundings): WorkspaceEdit {
  const isAnnotated = around.client.changeAnnotations && around.client.documentChanges;
  const byPath = new Map<string, TextEdit[]>();
  for (const { sort, changed } of groups) {
    for (const [path, edits] of changed) {
      const file = workspace.files.get(path);
      const annotated = isAnnotated ? { annotationId: sort } : {};
      if (file)
        add(
          byPath,
          path,
          ...edits.map(({ range, text }) => ({ range: toLspRange(file, range), newText: text, ...annotated })),
        );
    }
  }
  if (!around.client.documentChanges) {
    return { changes: Object.fromEntries(Array.from(byPath, ([path, edits]) => [around.uriOf(path), edits])) };
  }
  const documentChanges = Array.from(byPath, ([path, edits]): TextDocumentEdit => {
    return { textDocument: { uri: around.uriOf(path), version: around.versionOf(path) }, edits };
  });
  if (!isAnnotated) return { documentChanges };
  const annotations = groups.map(({ sort, label }): [string, ChangeAnnotation] => [
    sort,
    { label, needsConfirmation: false },
  ]);
  return { documentChanges, changeAnnotations: Object.fromEntries(annotations) };
}

const start: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
