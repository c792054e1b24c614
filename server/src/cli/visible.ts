import { visible } from '../text/visible';

/** Whole lines, with their line ends. GitHub obeys a line that begins with `::`, be it indented. */
export function visibleLines(text: string): string {
  const lines = text.split('\n').map(line => (line.endsWith('\r') ? `${visible(line.slice(0, -1))}\r` : visible(line)));
  return withoutCommands(lines.join('\n'));
}

export function withoutCommands(lines: string): string {
  return lines.replace(/(?<![^\n])([^\S\n]*):(?=:)/g, '$1\\u003a');
}
