/** What `npm run bench` makes of its measurements; nothing here measures. */
import { describe, expect, test } from 'vitest';
import { written } from '../bench/inputs';
import { whenRight } from '../bench/keystroke';
import { kubernetesSchema } from '../bench/kubernetes-schema';
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

test('a schema is strict, and any of its kinds', () => {
  const types = written([
    ['meta/v1.d.ts', 'export type Time = string;\nexport interface Labels { [name: string]: string }\n'],
    ['runtime.d.ts', 'export interface Raw {}\n'],
    [
      'core/v1.d.ts',
      `import { Raw } from "../runtime";
import { Labels, Time } from "../meta/v1";
export interface Pod { apiVersion?: "v1"; kind?: "Pod"; labels: Labels; raw?: Raw; ports?: Array<Port> }
export interface Port { number: number | string; "x-since"?: Time }
`,
    ],
  ]);
  const { all, definitions } = kubernetesSchema(types);
  expect(JSON.parse(all)).toEqual({ oneOf: [{ $ref: '_definitions.json#/definitions/io.k8s.api.core.v1.Pod' }] });
  const to = (name: string) => ({ $ref: `#/definitions/io.k8s.api.${name}` });
  expect(JSON.parse(definitions).definitions).toEqual({
    'io.k8s.api.meta.v1.Time': { type: 'string' },
    'io.k8s.api.meta.v1.Labels': { type: 'object', additionalProperties: { type: 'string' } },
    'io.k8s.api.runtime.Raw': {},
    'io.k8s.api.core.v1.Pod': {
      type: 'object',
      properties: {
        apiVersion: { enum: ['v1'] },
        kind: { enum: ['Pod'] },
        labels: to('meta.v1.Labels'),
        raw: to('runtime.Raw'),
        ports: { type: 'array', items: to('core.v1.Port') },
      },
      required: ['labels'],
      additionalProperties: false,
    },
    'io.k8s.api.core.v1.Port': {
      type: 'object',
      properties: { number: { anyOf: [{ type: 'number' }, { type: 'string' }] }, 'x-since': to('meta.v1.Time') },
      required: ['number'],
      additionalProperties: false,
    },
  });
});
