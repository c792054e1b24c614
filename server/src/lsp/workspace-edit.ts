import type {
  ChangeAnnotation,
  CreateFile,
  Range as LspRange,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { FileEdits } from '../lint/fix';
import type { Workspace } from '../workspace/workspace';
import type { Client, Surroundings } from './client';
import { toLspRange } from './to-lsp';

/** Whether an editor can make all of an edit: a part of it, such as naming a file that is never written, does harm. */
export function canCarry(client: Client, { created }: FileEdits): boolean {
  return created.size === 0 || client.creates;
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
