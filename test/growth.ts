import { expect } from 'vitest';

const factor = 8;
/** Linear work grows by 8, n log n by some 10, quadratic work by 64. */
const limit = 30;
/** Below this, in milliseconds, a clock sees mostly noise. */
const floor = 2;

/**
 * Holds that `run` takes no more than in proportion to its size. It compares CPU time with CPU time of the same
 * process, never with a clock, and a machine that stuttered gets further tries.
 */
export function expectLinear(name: string, size: number, run: (size: number) => void): void {
  let growth = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && growth > limit; attempt++) {
    const small = spent(() => run(size));
    growth = Math.min(growth, spent(() => run(size * factor)) / Math.max(small, floor));
  }
  expect(growth, `${name}: the time for ${factor} times the text, over that for the text`).toBeLessThanOrEqual(limit);
}

/** CPU milliseconds of this process. */
function spent(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
