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

/** Whole lines, with their line ends. GitHub obeys a line that begins with `::`, be it indented. */
export function visibleLines(text: string): string {
  const lines = text.split('\n').map(line => (line.endsWith('\r') ? `${visible(line.slice(0, -1))}\r` : visible(line)));
  return withoutCommands(lines.join('\n'));
}

export function withoutCommands(lines: string): string {
  return lines.replace(/(?<![^\n])([^\S\n]*):(?=:)/g, '$1\\u003a');
}
