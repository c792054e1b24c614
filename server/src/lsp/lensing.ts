import type { CodeLens, Position } from 'vscode-languageserver';
import { lensesIn, lensTitleAt } from '../assist/lenses';
import type { Reading } from './language';
import { linesOf } from './to-lsp';

/** What a lens is worked out from, once it is in sight. */
interface Data {
  readonly uri: string;
  readonly position: Position;
}

export function codeLensesIn(reading: Reading | undefined): CodeLens[] {
  if (reading === undefined || !reading.isWhole || !reading.settings.isLensing) return [];
  const { workspace, file, around } = reading;
  return lensesIn(workspace, file.path).map(({ offset }) => {
    const position = linesOf(file).positionAt(offset);
    const data: Data = { uri: around.uriOf(file.path), position };
    return { range: { start: position, end: position }, data };
  });
}

/** A lens with its words. The command is our extension's, else that of the server, which answers with text. */
export function resolvedLens(lens: CodeLens, readingOf: (uri: string) => Reading | undefined): CodeLens {
  const { uri, position }: Data = lens.data;
  const reading = readingOf(uri);
  if (reading === undefined) return { ...lens, command: { title: '', command: '' } };
  const { workspace, file, around } = reading;
  const title = lensTitleAt(workspace, file.path, linesOf(file).offsetAt(position));
  const command = around.client.opensPages ? 'kubeNetlint.showReach' : 'kube-netlint.reach';
  return { ...lens, command: { title, command, arguments: [uri, position] } };
}
