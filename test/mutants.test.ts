import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { engineMutants } from './mutants/engine-list';
import { mutantsIn } from './mutants/find';

test.each(engineMutants)('$name: its text stands in $file, once', ({ file, find, tests }) => {
  const source = fs.readFileSync(path.resolve(__dirname, '..', 'server', 'src', file), 'utf8');
  expect(source.split(find)).toHaveLength(2);
  for (const name of tests) expect(fs.existsSync(path.join(__dirname, `${name}.test.ts`)), name).toBe(true);
});

test('conditions and flags of a rule are found, and sleep until they are called', () => {
  const source = `export function check(list: readonly number[]): number[] {
  const found: number[] = [];
  for (const n of list) {
    if (n === 1 || n === 2) continue;
    if (n > 3 && n < 9) found.push(n);
  }
  return found;
}
`;
  const { mutants, code } = mutantsIn('rule.ts', source, 7);
  expect(mutants.map(({ number, kind, line, text }) => `${number} ${kind} ${line} ${text}`)).toEqual([
    '7 guard 4 n === 1 || n === 2',
    '8 operand 4 n === 1',
    '9 operand 4 n === 2',
    '10 term 5 n > 3',
    '11 term 5 n < 9',
  ]);
  expect(code).toContain('(globalThis.mutant === 8 ? false : (n === 1))');
});
