/** Tables of results, as Markdown. */

export interface Table {
  readonly title: string;
  /** How it was measured. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What must be, and what would be better still. Several figures (p50, p95) are all to be met. */
export interface Goal {
  readonly must: readonly number[];
  readonly aim?: readonly number[];
  readonly unit: string;
}

export const goalColumns = ['what', 'now', 'must', 'aim', 'reached'];

/** A row of a table of goals; `detail` stands behind the figure. */
export function goalRow(what: string, now: readonly number[], goal: Goal, detail = ''): string[] {
  const limit = (values: readonly number[] | undefined) => (values ? `≤ ${figures(values, goal.unit)}` : '–');
  const behind = detail === '' ? '' : ` (${detail})`;
  return [what, `${figures(now, goal.unit)}${behind}`, limit(goal.must), limit(goal.aim), reached(now, goal)];
}

/** A row that only tells. */
export function factRow(what: string, now: string): string[] {
  return [what, now, '–', '–', ''];
}

export function reached(now: readonly number[], { must, aim }: Goal): 'aim' | 'must' | 'no' {
  const isWithin = (limits: readonly number[]) => limits.every((limit, i) => (now[i] ?? Number.NaN) <= limit);
  if (aim && isWithin(aim)) return 'aim';
  return isWithin(must) ? 'must' : 'no';
}

export function markdown({ title, note, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', note, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** `3.1 / 12 ms`, `1.8x`. */
export function figures(values: readonly number[], unit: string): string {
  return `${values.map(figure).join(' / ')}${unit === 'x' ? unit : ` ${unit}`}`;
}

export function figure(value: number): string {
  if (!Number.isFinite(value)) return '?';
  return value >= 10 || Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
