import { visible } from '../text/visible';

/**
 * Text that somebody else wrote, as Markdown that shows it as it is: a name may hold an image, which an editor would
 * fetch, or what ends a link. Addresses become no links either.
 */
export function escaped(text: string): string {
  return visible(text).replace(/[\\`*_~[\](){}<>#!|&$@:]|(?<=www)\./gi, '\\$&');
}

/** The same as code; the marks are longer than any in it. */
export function code(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  const space = longest > 0 || shown.trim() !== shown ? ' ' : '';
  return `${mark}${space}${shown}${space}${mark}`;
}
