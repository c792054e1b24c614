/** Tab is the one control character that a line of text may have. The others move cursors, and some turn text around. */
const controls = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|##(?=\w{0,20}\[)/gu;

/**
 * Text that somebody else wrote, as a part of a line that we write: what a terminal would obey is shown as an escape, and
 * so is `##[…]` and `##vso[…]`, which CI systems obey anywhere in a line.
 */
export function visible(text: string): string {
  return text.replace(controls, found => {
    if (found === '##') return '#\\u0023';
    if (found === '\n') return '\\n';
    return found === '\r' ? '\\r' : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
