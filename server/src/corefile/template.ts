import type { Range } from '../text/range';

/**
 * Whether the text is written for a template engine. Actions of CoreDNS' own `template` plugin (`answer "{{ .Name }} 60
 * IN A …"`) are no sign of one.
 */
export function isTemplateText(text: string): boolean {
  if (OTHER_BLOCK.test(text)) return true;
  let at = text.indexOf('{{');
  while (at >= 0) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = text.slice(text.lastIndexOf('\n', at) + 1, lineEnd);
    if (!/^\s*#/.test(line) && !isOfTemplatePlugin(line)) return true;
    at = text.indexOf('{{', lineEnd);
  }
  return false;
}

export interface Actions {
  /** Start → end of each `{{ … }}` and `{% … %}`. */
  readonly ends: ReadonlyMap<number, number>;
  /** Start → end of each run of actions that has its lines for itself: it may make any number of lines, or none. */
  readonly lines: ReadonlyMap<number, number>;
}

export const noActions: Actions = { ends: new Map(), lines: new Map() };

/** Every action of a template, in one pass. An opening without an end before the next opening is plain text. */
export function actionsIn(text: string): Actions {
  const all: Range[] = [];
  const openings = [...text.matchAll(/\{(?:\{|%[-+\s])/g)].map(match => match.index);
  const nextCurly = finder(text, '}}');
  const nextPercent = finder(text, '%}');
  for (const [n, start] of openings.entries()) {
    const close = text.charAt(start + 1) === '%' ? nextPercent(start + 2) : nextCurly(start + 2);
    if (close === undefined) continue;
    const limit = openings[n + 1] ?? text.length;
    if (close + 2 <= limit) all.push({ start, end: close + 2 });
  }
  return { ends: new Map(all.map(({ start, end }) => [start, end])), lines: wholeLines(text, all) };
}

/** Blocks of Jinja (`{% if … %}`) and Terraform (`%{ if … }`). */
const OTHER_BLOCK = /\{%[-+]?\s|%\{[~\s]/;

/** What the `template` plugin offers to its actions: plugin/template/README.md of CoreDNS. */
const OWN_DATA = /\.(?:Name|Zone|Class|Type|Match|Group|Message|Question|Remote|Meta)\b/;

function isOfTemplatePlugin(line: string): boolean {
  return (
    /^\s*(?:answer|additional|authority)\s/.test(line) && OWN_DATA.test(line) && !/\.(?:Values|Release)\b/.test(line)
  );
}

/** Where the mark comes next, for questions in rising order: each character is searched once. */
function finder(text: string, mark: string): (from: number) => number | undefined {
  let found = -1;
  let isOver = false;
  return from => {
    if (found < from && !isOver) {
      found = text.indexOf(mark, from);
      isOver = found < 0;
    }
    return found >= from ? found : undefined;
  };
}

function wholeLines(text: string, actions: readonly Range[]): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  let run: Range | undefined;
  for (const action of actions) {
    if (run !== undefined && isBlank(text, run.end, action.start)) run = { start: run.start, end: action.end };
    else run = startsLine(text, action.start) ? action : undefined;
    if (run !== undefined && endsLine(text, run.end)) lines.set(run.start, run.end);
  }
  return lines;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charAt(at) !== ' ' && text.charAt(at) !== '\t') return false;
  return true;
}

function startsLine(text: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at--;
  return at < 0 || text.charAt(at) === '\n';
}

function endsLine(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\r'.includes(text.charAt(at))) at++;
  return at >= text.length || text.charAt(at) === '\n';
}
