/** What `npm run bench` makes of its measurements; nothing here measures. */
import { describe, expect, test } from 'vitest';
import { whenRight } from '../bench/keystroke';
import { factors, median, pairedRatio, quantile } from '../bench/statistics';
import { goalRow } from '../bench/table';

describe('statistics', () => {
  test('a quantile is a value that was measured', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([0, 0.5, 0.95, 1].map(share => quantile(values, share))).toEqual([1, 50, 95, 100]);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });

  test('a ratio is taken pair by pair', () => expect(pairedRatio([2, 30, 4], [1, 10, 2])).toBe(2));

  test('factors tell linear from quadratic', () => {
    expect(factors([1, 2, 4])).toEqual([2, 2]);
    expect(factors([1, 4, 16])).toEqual([4, 4]);
  });
});

describe('a goal', () => {
  const goal = { must: [5, 15], aim: [2, 5], unit: 'ms' };

  test.each([
    [[2, 5], 'aim'],
    [[2, 6], 'must'],
    [[6, 6], 'no'],
    [[Number.NaN, Number.NaN], 'no'],
  ])('%j is %s', (now, reached) => expect(goalRow('a key', now, goal).at(-1)).toBe(reached));

  test('shows its limits', () =>
    expect(goalRow('a key', [1.234, 12.34], goal, '8 edits')).toEqual([
      'a key',
      '1.2 / 12 ms (8 edits)',
      '≤ 5 / 15 ms',
      '≤ 2 / 5 ms',
      'must',
    ]));
});

test('findings are right from when they stay', () => {
  const diagnostic = (message: string) => ({
    message,
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  });
  const [right, wrong] = [[diagnostic('right')], [diagnostic('wrong')]];
  const told = (...all: (typeof right)[]) => all.map((diagnostics, at) => ({ at, diagnostics }));
  expect(whenRight(told(right, wrong, right, right))).toBe(2);
  expect(whenRight(told(right))).toBe(0);
  expect(whenRight([])).toBeNaN();
});
