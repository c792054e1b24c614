/** What many measurements come to. */

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that this share of all does not exceed: the nearest rank, so always one that was measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The median of what each pair gives: both halves of a pair ran under the same load. */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, i) => value / (theirs[i] ?? Number.NaN)));
}

/** How much more each size costs than the one before it: 2 per doubling is linear, 4 quadratic. */
export function factors(costs: readonly number[]): number[] {
  return costs.slice(1).map((cost, i) => cost / (costs[i] ?? Number.NaN));
}
