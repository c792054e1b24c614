import { LineIndex } from '../server/src/text/lines';
import type { Range } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';

/** Files by their paths, as a workspace. */
export const workspaceOf = (files: Readonly<Record<string, string>>) => Workspace.empty.update(Object.entries(files));

/** The offset in a text where `|` stands in a piece of it, which may be only once in it. */
export function cursorIn(text: string, piece: string): number {
  const plain = piece.replace('|', '');
  const start = text.indexOf(plain);
  if (start < 0 || text.indexOf(plain, start + 1) >= 0) throw new Error(`'${plain}' has to stand in the text once`);
  return start + piece.indexOf('|');
}

/** `file.yaml:3 cart`: where a range is, and what it holds. */
export function shownPlace(
  files: Readonly<Record<string, string>>,
  { path, range }: { readonly path: string; readonly range: Range },
): string {
  const text = files[path] ?? '';
  return `${path}:${new LineIndex(text).positionAt(range.start).line + 1} ${text.slice(range.start, range.end)}`;
}
