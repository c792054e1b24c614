import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheOf } from '../server/src/corefile/cache';
import { looksLikeCorefile } from '../server/src/corefile/detect';
import { expanded } from '../server/src/corefile/imports';
import { isSpace } from '../server/src/corefile/lexer';
import { parseCorefile, parseOverride } from '../server/src/corefile/parse';
import type { Corefile, Directive } from '../server/src/corefile/syntax';
import type { Range } from '../server/src/text/range';
import { expectLinear } from './growth';

/** Texts that meet the grammar more often than chance would. */
const pieces = fc.constantFrom(
  ...[
    '{',
    '}',
    '\n',
    '\r\n',
    ' ',
    '\t',
    '"',
    '\\',
    '#',
    ',',
    '(a)',
    'import',
    'a',
    '.',
    ':53',
    'tls://b.test',
    'cache',
  ],
  ...[
    '30',
    '{$X}',
    '{{ .V }}',
    '{{',
    '}}',
    '{% if %}',
    'forward',
    '. {\n',
    '\n}\n',
    '10.0.0.0/22',
    '\uFEFF',
    '\r',
    '\u2028',
  ],
);
const corefiles = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function isInside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
}

function checkOrder(ranges: readonly Range[], outer: Range): void {
  let end = outer.start;
  for (const range of ranges) {
    expect(isInside(range, outer)).toBe(true);
    expect(range.start).toBeGreaterThanOrEqual(end);
    end = range.end;
  }
}

function checkLine(line: Directive): void {
  checkOrder([line.name.range, ...line.args.map(token => token.range)], line.range);
  if (line.block === undefined) return;
  expect(isInside(line.block, line.range)).toBe(true);
  checkOrder(
    line.options.map(option => option.range),
    line.block,
  );
  line.options.forEach(checkLine);
}

function check(corefile: Corefile): void {
  const whole = { start: 0, end: corefile.text.length };
  checkOrder(
    corefile.tokens.map(token => token.range),
    whole,
  );
  checkOrder(
    corefile.blocks.map(block => block.range),
    whole,
  );
  checkOrder(
    corefile.snippets.map(snippet => snippet.range),
    whole,
  );
  for (const block of [...corefile.blocks, ...corefile.snippets]) {
    expect(isInside(block.body, block.range)).toBe(true);
    checkOrder(
      block.directives.map(line => line.range),
      block.body,
    );
    block.directives.forEach(checkLine);
  }
  for (const key of corefile.blocks.flatMap(block => block.keys)) {
    for (const part of [key.schemeRange, key.zoneRange, key.portRange]) {
      if (part !== undefined) expect(isInside(part, key.token.range)).toBe(true);
    }
  }
  for (const problem of corefile.problems) expect(isInside(problem.range, whole)).toBe(true);
}

describe('any text', () => {
  test('is read without a throw, into ranges that lie in the text, in order', () => {
    fc.assert(
      fc.property(corefiles, text => {
        check(parseCorefile(text));
        check(parseOverride(text));
        looksLikeCorefile(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('is its tokens, its comments, and white space', () => {
    fc.assert(
      fc.property(corefiles, text => {
        const { tokens, comments, isTemplate } = parseCorefile(text);
        fc.pre(!isTemplate);
        const parts = [...tokens.map(token => token.range), ...comments].sort((a, b) => a.start - b.start);
        let end = text.charCodeAt(0) === 0xfeff ? 1 : 0;
        for (const { start, end: next } of parts) {
          expect(start).toBeGreaterThanOrEqual(end);
          for (let at = end; at < start; at++) expect(isSpace(text.charCodeAt(at))).toBe(true);
          end = next;
        }
        for (let at = end; at < text.length; at++) expect(isSpace(text.charCodeAt(at))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('has forms of its lines', () => {
    fc.assert(
      fc.property(corefiles, text => {
        const corefile = parseCorefile(text);
        for (const block of corefile.blocks) {
          for (const line of expanded(block.directives, corefile).directives) {
            for (const problem of cacheOf(line, corefile).problems) {
              expect(isInside(problem.range, { start: 0, end: text.length })).toBe(true);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile text takes no more than its length', () => {
  test.each<[string, (n: number) => string]>([
    ['open braces', n => '. {\n'.concat('a {\n'.repeat(n))],
    ['closed braces', n => '}\n'.repeat(n)],
    ['blocks on one line', n => 'a.test:53 { errors } '.repeat(n)],
    ['blanks', n => `. {\n${' '.repeat(n * 5)}\n}`],
    ['words', n => `. {\n${'cache '.repeat(n * 3)}\n}`],
    ['hashes', n => `. {\n${'#'.repeat(n * 5)}\n}`],
    ['quotes', n => '"a" '.repeat(n)],
    ['an open quote on each line', n => '"\\\n'.repeat(n)],
    ['actions that never end', n => '{{ '.repeat(n)],
    ['braces', n => '{'.repeat(n * 5)],
    ['references that never end', n => `${'{$'.repeat(n)} ${'{%'.repeat(n)}`],
    ['actions side by side', n => '{{ a }}'.repeat(n)],
    ['commas', n => 'a.test,\n'.repeat(n)],
    ['carriage returns', n => 'a\r'.repeat(n)],
    ['a chain of snippets', n => chain(n / 10, 1)],
    ['snippets that double', n => `${chain(n / 50, 2)}. {\nimport s0\n}`],
  ])('%s', (name, text) => {
    expectLinear(name, 5_000, n => {
      const corefile = parseCorefile(text(n));
      for (const block of corefile.blocks.slice(0, 1)) expanded(block.directives, corefile);
      looksLikeCorefile(corefile.text);
    });
  });
});

/** Snippets that each import the next one, once or several times. */
function chain(length: number, times: number): string {
  const one = (i: number) => `(s${i}) {\n${`import s${i + 1}\n`.repeat(times)}}\n`;
  return Array.from({ length }, (_, i) => one(i)).join('');
}
