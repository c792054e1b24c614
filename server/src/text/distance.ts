/**
 * The candidate that was probably meant by a misspelt name: 'did you mean'. Undefined when none is close, or when the
 * name is one of them. Letter case doesn't count, names that differ in their numbers only are siblings, and of equally close ones the one with the longest common beginning
 * wins, then the first. Very long names, and what comes after a thousand candidates, are not looked at.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length < 2 || wanted.length > longest) return undefined;
  let best: { readonly name: string; readonly distance: number; readonly shared: number } | undefined;
  let seen = 0;
  for (const candidate of candidates) {
    if (candidate === name) return undefined;
    if (++seen > most) break;
    const distance = distanceOf(wanted, candidate.toLowerCase(), best?.distance ?? slipsIn(wanted));
    if (distance === undefined || areNumbered(name, candidate)) continue;
    const shared = commonStart(wanted, candidate.toLowerCase());
    if (best && (distance > best.distance || (distance === best.distance && shared <= best.shared))) continue;
    best = { name: candidate, distance, shared };
  }
  return best?.name;
}

/**
 * The object that was meant by a slip in its name: two letters at most, and no word put in, left out, or exchanged for
 * another. `db-us` is no slip for `db-eu`, nor `web-lb` for `web`: they are other objects.
 */
export function slipOf(name: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(name, candidates);
  return near !== undefined && isSlip(name.toLowerCase(), near.toLowerCase()) ? near : undefined;
}

function isSlip(a: string, b: string): boolean {
  if (distanceOf(a, b, 2) === undefined) return false;
  const [words, others] = [a, b].map(name => name.split(/[-._/]/));
  if (words === undefined || others === undefined) return false;
  if (words.length !== others.length) return words.join('') === others.join('');
  return words.every((word, i) => {
    const other = others[i] ?? '';
    return word === other || distanceOf(word, other, Math.floor(Math.max(word.length, other.length) / 2)) !== undefined;
  });
}

const longest = 128;
const most = 1000;

/** How many slips make a typo of a name: one in a short word, a quarter of a long one, and never more than four. */
function slipsIn(name: string): number {
  return Math.min(4, Math.max(1, Math.floor(name.length / 4)));
}

/**
 * Damerau-Levenshtein distance (optimal string alignment): letters put in, left out, exchanged, or swapped with their
 * neighbour. Undefined when it is more than `limit`, or when the words have nothing in common.
 */
export function distanceOf(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit || b.length > longest) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    // A swap reaches two rows back, so that one row above the limit does not end it; two do.
    if (least > limit && Math.min(...last) > limit) return undefined;
    beforeLast = last;
    last = row;
  }
  const distance = last[b.length] ?? 0;
  return distance <= limit && distance < Math.max(a.length, b.length) ? distance : undefined;
}

/** `redis-1` is no slip for `redis-2`: numbers tell siblings apart. */
function areNumbered(a: string, b: string): boolean {
  const digits = /[0-9]+/g;
  return a.search(digits) >= 0 && b.search(digits) >= 0 && a.replace(digits, '') === b.replace(digits, '');
}

function commonStart(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}
