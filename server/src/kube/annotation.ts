/** Whether a value is filled in later: by a template, envsubst, or a person who reads the example. */
export function isPlaceholder(value: string): boolean {
  return value.includes('{{') || value.includes('${') || value.includes('$(') || /^<[^<>]*>$/.test(value.trim());
}

/** The candidate that a person most likely meant: at most a third of its characters differ; the first of equals. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normal(word);
  if (wanted.length > 100) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const other = normal(candidate);
    const limit = Math.min(least - 1, Math.floor(Math.max(wanted.length, other.length) / 3));
    const distance = distanceWithin(wanted, other, limit);
    if (distance === undefined) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** Case and the choice of `-`, `_` and blanks are the commonest slips, so they cost nothing. */
const normal = (word: string) => word.trim().toLowerCase().replace(/[-_ ]/g, '');

/** Levenshtein distance, swaps of neighbours counted as one; undefined when it is above the limit. */
function distanceWithin(a: string, b: string, limit: number): number | undefined {
  if (limit < 0 || Math.abs(a.length - b.length) > limit) return undefined;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return undefined;
    before = last;
    last = row;
  }
  const distance = last[b.length] ?? 0;
  return distance <= limit ? distance : undefined;
}
