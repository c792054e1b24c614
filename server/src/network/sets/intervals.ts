/** A stretch of ports or addresses: half-open, so that neighbours meet without arithmetic. */
export interface Interval<T extends number | bigint> {
  readonly start: T;
  readonly end: T;
}

/** A set, as its maximal stretches in ascending order: two equal sets are equal lists. */
export type IntervalSet<T extends number | bigint> = readonly Interval<T>[];

/** The set that holds what any of the intervals holds; empty and reversed intervals hold nothing. */
export function intervalSet<T extends number | bigint>(intervals: Iterable<Interval<T>>): IntervalSet<T> {
  const sorted = [...intervals].filter(({ start, end }) => start < end).sort((a, b) => compare(a.start, b.start));
  const set: Interval<T>[] = [];
  for (const interval of sorted) append(set, interval);
  return set;
}

export function union<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const set: Interval<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && (right === undefined || left.start <= right.start)) {
      append(set, left);
      i++;
    } else if (right !== undefined) {
      append(set, right);
      j++;
    }
  }
  return set;
}

export function intersect<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  const set: Interval<T>[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    const start = compare(left.start, right.start) > 0 ? left.start : right.start;
    const end = compare(left.end, right.end) < 0 ? left.end : right.end;
    if (start < end) set.push({ start, end });
    if (left.end < right.end) i++;
    else j++;
  }
  return set;
}

export function subtract<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): IntervalSet<T> {
  if (a.length === 0 || b.length === 0) return a;
  const set: Interval<T>[] = [];
  let j = 0;
  for (const { start, end } of a) {
    let from = start;
    // A stretch of b may reach into several of a, so it is passed over only once it ends before the current one.
    for (let hole = b[j]; hole !== undefined && hole.start < end; hole = b[j]) {
      if (hole.start > from) set.push({ start: from, end: hole.start });
      if (hole.end > from) from = hole.end;
      if (hole.end > end) break;
      j++;
    }
    if (from < end) set.push({ start: from, end });
  }
  return set;
}

export function equals<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((interval, i) => {
      const other = b[i];
      return other !== undefined && interval.start === other.start && interval.end === other.end;
    })
  );
}

/** Whether the set holds a point, by bisection. */
export function holds<T extends number | bigint>(set: IntervalSet<T>, point: T): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const interval = set[middle];
    if (interval !== undefined && interval.start <= point) low = middle + 1;
    else high = middle;
  }
  const found = set[low - 1];
  return found !== undefined && point < found.end;
}

/** Whether everything in the second set is in the first. */
export function includes<T extends number | bigint>(a: IntervalSet<T>, b: IntervalSet<T>): boolean {
  return subtract(b, a).length === 0;
}

function append<T extends number | bigint>(set: Interval<T>[], interval: Interval<T>): void {
  const last = set[set.length - 1];
  if (last === undefined || last.end < interval.start) set.push(interval);
  else if (last.end < interval.end) set[set.length - 1] = { start: last.start, end: interval.end };
}

function compare<T extends number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
