import type { WorkspaceEdit } from 'vscode-languageserver';
import { counted } from '../text/words';
import type { Answer } from './answer';
import type { Client } from './client';
import { safeEdits } from './offers';
import type { Root } from './root';
import type { Roots } from './roots';
import { readRoots } from './scenes';
import { canCarry, workspaceEdit } from './workspace-edit';

/** The fixes that change nothing that runs: of a document, or of all files where none is named. */
export function safeEditsOf(roots: Roots, client: Client, uri: string): Answer {
  const found = uri === '' ? undefined : roots.find(uri);
  if (uri !== '' && !found?.root.isRead) return { sentence: 'This file is not one that is checked.' };
  const made = (found ? [found.root] : readRoots(roots)).flatMap(
    root => editOf(root, roots, client, found?.file) ?? [],
  );
  const edits = made.flatMap(({ documentChanges = [] }) => documentChanges);
  const texts = Object.assign({}, ...made.map(({ changes = {} }) => changes));
  const files = client.documentChanges ? edits.length : Object.keys(texts).length;
  if (files === 0) return { sentence: 'There is nothing to fix that may be fixed unseen.' };
  const annotations = Object.assign({}, ...made.map(({ changeAnnotations }) => changeAnnotations));
  const edit = client.documentChanges ? { documentChanges: edits, changeAnnotations: annotations } : { changes: texts };
  return { sentence: `Fixes in ${counted(files, 'file')} that change nothing that runs.`, edit };
}

function editOf(root: Root, roots: Roots, client: Client, file: string | undefined): WorkspaceEdit | undefined {
  const around = roots.around(root, client);
  const configOf = (path: string) => root.configOf(path);
  // What was found in documents that changed since is in none of these.
  const workspace = root.refresh();
  const findings = file === undefined ? root.findings : root.findingsIn(file);
  const edits = safeEdits(
    { workspace, findings, configOf },
    path => path === (file ?? path) && roots.isOwn(root, path),
  );
  if (edits === undefined || !canCarry(client, edits)) return undefined;
  return workspaceEdit('Fix all that changes nothing that runs', workspace, edits, around);
}
