import type { TextDocument } from 'vscode';

/** The lines of a text, counted from 0, that belong to the YAML document around one of them; `to` is behind the last. */
export function documentAround(text: TextDocument, line: number): { readonly from: number; readonly to: number } {
  const isEnd = (at: number) => /^---(?:\s|$)/.test(text.lineAt(at).text);
  let from = line;
  while (from > 0 && !isEnd(from)) from--;
  let to = line + 1;
  while (to < text.lineCount && !isEnd(to)) to++;
  return { from, to };
}
