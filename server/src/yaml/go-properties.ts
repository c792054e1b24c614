import { type Cursor, isBlankOrEnd } from './go-cursor';

const name = /[0-9A-Za-z_-]*/y;
const uri = String.raw`(?:[0-9A-Za-z_;/?:@&=+$,.!~*'()[\]-]|%[0-9a-fA-F]{2})`;
const tag = new RegExp(`!(?:<${uri}+>|${uri}*)`, 'y');

/** The name behind the `&` or `*` at the cursor, which stays there. */
export function anchorName(cursor: Cursor): string {
  const found = matchAt(name, cursor.text, cursor.at + 1);
  const end = cursor.at + 1 + found.length;
  const mayFollow = isBlankOrEnd(cursor.text.charCodeAt(end)) || /[?:,\]}%@`]/.test(cursor.text.charAt(end));
  if (found === '' || !mayFollow) cursor.refuse('did not find expected alphabetic or numeric character');
  return found;
}

/** The tag at the cursor, as written. Without directives the only handles are `!` and `!!`. */
export function tagName(cursor: Cursor): string {
  const found = matchAt(tag, cursor.text, cursor.at);
  if (found === '!!') cursor.refuse('did not find expected tag URI');
  if (!isBlankOrEnd(cursor.text.charCodeAt(cursor.at + found.length))) {
    cursor.refuse('did not find expected whitespace or line break');
  }
  if (/^!\w[\w-]*!/.test(found)) cursor.refuse('found undefined tag handle');
  return found;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
