import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, Scalar } from 'yaml';
import { applyEdits } from '../server/src/text/range';
import { YamlDocument } from '../server/src/yaml/document';
import { Edits } from '../server/src/yaml/edit';
import { embeddedDocument, embeddedText } from '../server/src/yaml/embedded';
import { plainValue } from '../server/src/yaml/scalar';

describe('plain scalars are what the API server reads', () => {
  test.each([
    ['on', true], ['yes', true], ['y', true], ['Off', false], ['n', false], ['oN', 'oN'], ['', null], ['~', null], ['Null', null],
    ['8080', 8080], ['0644', 420], ['0o17', 15], ['0x1F', 31], ['0b11', 3], ['1_000', 1000], ['-3', -3], ['+4', 4], ['0', 0],
    ['1.5', 1.5], ['.5', 0.5], ['1e3', 1000], ['1.', 1], ['22:22', '22:22'], ['1.2.3', '1.2.3'], ['0.0.0.0/0', '0.0.0.0/0'],
    ['2026-11-23', '2026-11-23'], ['089', 89], ['-', '-'], ['+', '+'], ['.', '.'], ['100m', '100m'], ['.inf', Infinity],
  ])('%s', (source, value) => expect(plainValue(source)).toBe(value)); // biome-ignore format: a table
});

const root = (text: string) => new YamlDocument(text).root;

describe('a node', () => {
  test('may not be written yet', () => {
    const node = root('spec:\n  a: 1\n').at('spec', 'b', 0, 'c');
    expect([node.exists, node.isEmpty, node.string, node.items()]).toEqual([false, true, undefined, []]);
    expect(node.range).toEqual({ start: 0, end: 4 });
  });

  test('of a place is always the same node, however many there are', () => {
    const names = Array.from({ length: 30 }, (_, i) => `k${i}`);
    const map = root(names.map(name => `${name}: 1\n`).join(''));
    const nodes = names.map(name => map.at(name));
    expect(names.map(name => map.at(name)).every((node, i) => node === nodes[i])).toBe(true);
    expect(map.entries()).toEqual(nodes);
    expect(map.at('absent')).toBe(map.at('absent'));
  });
  test('of duplicate keys is the last', () => expect(root('a: 1\na: 2\n').at('a').number).toBe(2));

  test('follows aliases and merges maps, own keys first', () => {
    const text = 'base: &b {x: 1, w: 2}\nuse:\n  <<: *b\n  w: 3\nlist:\n  <<: [*b, {z: 9}]\nsame: *b\n';
    expect(root(text).at('use').value).toEqual({ w: 3, x: 1 });
    expect(root(text).at('list').value).toEqual({ x: 1, w: 2, z: 9 });
    expect(root(text).at('same', 'x').number).toBe(1);
    expect([root(text).at('same', 'x').isShared, root(text).at('use', 'w').isShared]).toEqual([true, false]);
  });

  test('of an alias that holds itself, or of a bomb, is not there', () => {
    expect(root('a: &a [*a]\n').at('a', 0, 0).exists).toBe(false);
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, i) => {
        const below = `*${'abcdefg'[i] ?? ''}`;
        return `${name}: &${name} [${Array(9).fill(below).join(', ')}]`;
      }),
    ];
    expect(root(`${bomb.join('\n')}\n`).at('h', 0).isEmpty).toBe(true);
  });

  test('has the range of a scalar, else of its key, else of what is written nearest', () => {
    const text = 'a:\n  - name: "x" # c\n    empty:\n    text: |\n      1\n';
    const item = root(text).at('a', 0);
    const at = ({ range }: { range: { start: number; end: number } }) => text.slice(range.start, range.end);
    expect([at(item), at(item.at('name')), at(item.at('empty')), at(item.at('text')), at(item.at('no', 'where'))]).toEqual([
      'name', '"x"', 'empty', 'text', 'name',
    ]); // biome-ignore format: short
  });

  test('does not take keys of prototypes for keys', () => {
    const node = root('a: 1\n');
    expect([node.at('constructor').exists, node.at('__proto__').exists]).toEqual([false, false]);
    expect(Object.keys(root('__proto__: 1\n').value ?? {})).toEqual(['__proto__']);
  });
});

function edited(text: string, edit: (edits: Edits, root: YamlDocument['root']) => unknown): string | undefined {
  const document = new YamlDocument(text);
  const edits = new Edits();
  edit(edits, document.root);
  const result = edits.result();
  return result && applyEdits(text, result.documents[0]?.edits ?? []);
}

describe('setting', () => {
  test.each<[string, string, (edits: Edits, root: YamlDocument['root']) => unknown, string | undefined]>([
    ['a plain value', 'a: 1 # c\n', (e, r) => e.set(r.at('a'), 2), 'a: 2 # c\n'],
    [
      'in the quotes that are there',
      'a: \'x\'\nb: "w"\n',
      (e, r) => e.set(r.at('a'), "it's").set(r.at('b'), 'z'),
      "a: 'it''s'\nb: \"z\"\n",
    ],
    ['what needs quotes', 'a: x\n', (e, r) => e.set(r.at('a'), 'on'), 'a: "on"\n'],
    ['behind an empty key', 'a: # c\nb: 1\n', (e, r) => e.set(r.at('a'), 2), 'a: 2 # c\nb: 1\n'],
    ['a missing key', 'a:\n  b: 1\n\nc: 1\n', (e, r) => e.set(r.at('a', 'x'), 2), 'a:\n  b: 1\n  x: 2\n\nc: 1\n'],
    [
      'two fields of a missing parent',
      'a: 1\n',
      (e, r) => e.set(r.at('p', 'x'), 1).set(r.at('p', 'w'), 2),
      'a: 1\np:\n  x: 1\n  w: 2\n',
    ],
    ['behind a comment of the last line', 'a: 1 # c\n# d\n', (e, r) => e.set(r.at('b'), 2), 'a: 1 # c\nb: 2\n# d\n'],
    ['at the end without a line end', 'a: 1', (e, r) => e.set(r.at('b'), 2), 'a: 1\nb: 2'],
    ['with CRLF', 'a: 1\r\n', (e, r) => e.set(r.at('b', 'c'), 2), 'a: 1\r\nb:\r\n  c: 2\r\n'],
    ['into {}', 'a: {} # c\n', (e, r) => e.set(r.at('a', 'b'), 'x'), 'a: # c\n  b: x\n'],
    ['into a flow map', 'a: {x: 1}\n', (e, r) => e.set(r.at('a', 'b'), 'w,z'), 'a: {x: 1, b: "w,z"}\n'],
    ['into null', 'a: null\nb: 1\n', (e, r) => e.set(r.at('a', 'x'), 1), 'a:\n  x: 1\nb: 1\n'],
    ['a list item', 'a:\n- x\n', (e, r) => e.set(r.at('a', 1), 'w'), 'a:\n- x\n- w\n'],
    [
      'a list item that is a map',
      'a:\n    - k: x\n',
      (e, r) => e.set(r.at('a', 1), { k: 'w', l: 'z' }),
      'a:\n    - k: x\n    - k: w\n      l: z\n',
    ],
    ['a list where none is', 'a: 1\n', (e, r) => e.set(r.at('b'), ['x']), 'a: 1\nb:\n  - x\n'],
    ['below a block scalar', 'a: |\n  x\n\nb: 1\n', (e, r) => e.set(r.at('c'), 1), 'a: |\n  x\n\nb: 1\nc: 1\n'],
    [
      'a key behind a block scalar',
      'm:\n  a: |\n    x\n\nb: 1\n',
      (e, r) => e.set(r.at('m', 'c'), 1),
      'm:\n  a: |\n    x\n  c: 1\n\nb: 1\n',
    ],
    ['under an anchor: not at all', 'a: &x {b: 1}\nc: *x\n', (e, r) => e.set(r.at('a', 'b'), 2), undefined],
    ['through an alias: not at all', 'a: &x {b: 1}\nc: *x\n', (e, r) => e.set(r.at('c', 'b'), 2), undefined],
    ['in a broken document: not at all', 'a: 1\nb: "x\n', (e, r) => e.set(r.at('a'), 2), undefined],
    ['below a scalar: not at all', 'a: 1\n', (e, r) => e.set(r.at('a', 'b'), 2), undefined],
  ])('%s', (_, text, edit, expected) => expect(edited(text, edit)).toBe(expected));
});

describe('setting a list or a map', () => {
  const list = 'a: # why\n  # above\n  - one # first\n  - two # last\nb: 1\n';
  test.each<[string, string, (edits: Edits, root: YamlDocument['root']) => unknown, string]>([
    [
      'keeps what is said behind its key and above it',
      list,
      (e, r) => e.set(r.at('a'), ['x', 'z']),
      'a: # why\n  # above\n  - x\n  - z\nb: 1\n',
    ],
    [
      'to nothing leaves it on the line of the key',
      list,
      (e, r) => e.set(r.at('a'), []),
      'a: [] # why\n  # above\nb: 1\n',
    ],
    ['to a word too', list, (e, r) => e.set(r.at('a'), 'x'), 'a: x # why\n  # above\nb: 1\n'],
    [
      'whose old value is on one line keeps the comment there',
      'a: [1] # why\nb: 1\n',
      (e, r) => e.set(r.at('a'), { x: 1 }),
      'a: # why\n  x: 1\nb: 1\n',
    ],
    ['of Windows', 'a:\r\n  - one\r\nb: 1\r\n', (e, r) => e.set(r.at('a'), []), 'a: []\r\nb: 1\r\n'],
    ['without a last line end', 'a:\n  - one # c', (e, r) => e.set(r.at('a'), ['x']), 'a:\n  - x'],
    [
      'adds an item as the others are, on one line',
      'a:\n  - { x: 1 }\n',
      (e, r) => e.set(r.at('a', 1), { x: 2 }),
      'a:\n  - { x: 1 }\n  - { x: 2 }\n',
    ],
    [
      '... and without blanks',
      'a:\n  - {x: 1}\n',
      (e, r) => e.set(r.at('a', 1), { x: [2] }),
      'a:\n  - {x: 1}\n  - {x: [2]}\n',
    ],
    [
      'adds an item with lists that stand as those of the file',
      'a:\n  - b:\n      - 1\n',
      (e, r) => e.set(r.at('a', 1), { b: [2] }),
      'a:\n  - b:\n      - 1\n  - b:\n      - 2\n',
    ],
    [
      '... at the key where the file has them there',
      'a:\n- b:\n  - 1\n',
      (e, r) => e.set(r.at('a', 1), { b: [2] }),
      'a:\n- b:\n  - 1\n- b:\n  - 2\n',
    ],
  ])('%s', (_, text, edit, expected) => expect(edited(text, edit)).toBe(expected));
});

describe('removing', () => {
  test.each<[string, string, (string | number)[], string | undefined]>([
    ['a key with its line', 'a: 1\nb: 2 # c\nd: 3\n', ['b'], 'a: 1\nd: 3\n'],
    ['a key with its block', 'a:\n  b: 1\n  c:\n    - x\n  d: 2\n', ['a', 'c'], 'a:\n  b: 1\n  d: 2\n'],
    ['the last key, and the parent', 'a: 1\nb:\n  c:\n    d: 1\n', ['b', 'c', 'd'], 'a: 1\n'],
    ['a list item', 'a:\n  - x: 1\n    w: 2\n  - z: 3\n', ['a', 0], 'a:\n  - z: 3\n'],
    ['the first key of an item', 'a:\n  - x: 1\n    w: 2\n', ['a', 0, 'x'], 'a:\n  - w: 2\n'],
    ['from a flow map', 'a: {x: 1, w: 2}\n', ['a', 'x'], 'a: {w: 2}\n'],
    ['the last of a flow map', 'a: {x: 1, w: 2}\n', ['a', 'w'], 'a: {x: 1}\n'],
    ['comments above stay', 'a: 1\n# about b\nb: 2\nc: 3\n', ['b'], 'a: 1\n# about b\nc: 3\n'],
    ['everything: not at all', 'a: 1\n', ['a'], undefined],
  ])('%s', (_, text, path, expected) => expect(edited(text, (e, r) => e.remove(r.at(...path)))).toBe(expected));
});

describe('text in text', () => {
  const config = 'data:\n  conf: |\n    mode: x # m\n    other:\n      a: 1\n  z: 1\n';

  test('nodes of an embedded document are edited in their place', () => {
    const change = (edit: (edits: Edits, inner: YamlDocument['root']) => unknown) =>
      edited(config, (e, r) => {
        const inner = embeddedDocument(r.at('data', 'conf'));
        if (inner) edit(e, inner.root);
      });
    expect(change((e, inner) => e.set(inner.at('mode'), 'w'))).toBe(config.replace('mode: x', 'mode: w'));
    expect(change((e, inner) => e.set(inner.at('b', 'c'), 2))).toBe(
      config.replace('      a: 1\n', '      a: 1\n    b:\n      c: 2\n'),
    );
    expect(change((e, inner) => e.remove(inner.at('mode')))).toBe(config.replace('    mode: x # m\n', ''));
  });

  test('lines are put in with the indentation of the block', () => {
    const text = 'a: |\n  one\n  two\nb: 1\n';
    const at = (start: number, end: number, inserted: string) =>
      edited(text, (e, r) => e.replace({ in: r.at('a'), range: { start, end } }, inserted));
    expect(at(4, 4, 'half\n')).toBe('a: |\n  one\n  half\n  two\nb: 1\n');
    expect(at(8, 8, 'end\n')).toBe('a: |\n  one\n  two\n  end\nb: 1\n');
    expect(at(0, 4, '')).toBe('a: |\n  two\nb: 1\n');
    expect(at(4, 7, '2')).toBe('a: |\n  one\n  2\nb: 1\n');
  });

  test('each character of a value is found where it is typed, in every style', () => {
    const words = fc.array(
      fc.constantFrom('a', 'bc', ' ', '  ', '\n', '\n\n', '"', "'", '\\', '#', ': ', 'é', '😀', '\t'),
      { maxLength: 12 },
    );
    const styles = fc.constantFrom(
      Scalar.PLAIN,
      Scalar.QUOTE_DOUBLE,
      Scalar.QUOTE_SINGLE,
      Scalar.BLOCK_LITERAL,
      Scalar.BLOCK_FOLDED,
    );
    fc.assert(
      fc.property(words, styles, fc.boolean(), (parts, style, crlf) => {
        const value = parts.join('');
        const scalar = new Scalar(value);
        scalar.type = style;
        const printed = new Document({ k: { v: scalar } }).toString({ lineWidth: 30 });
        const text = crlf ? printed.replaceAll('\n', '\r\n') : printed;
        const embedded = embeddedText(root(text).at('k', 'v'));
        if (embedded === undefined) return;
        let last = 0;
        for (let i = 0; i < embedded.text.length; i++) {
          const { start, end } = embedded.toHost({ start: i, end: i + 1 });
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          const typed = text[start];
          const character = embedded.text[i];
          const isEscape = typed === '\\' || /\s/.test(typed ?? '');
          if (!isEscape && !/\s/.test(character ?? '')) expect(typed).toBe(character);
          last = start;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile text', () => {
  test('never throws, and stays quick', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: fc.constantFrom(...'ab:-[]{}#&*!|>\'"%@`,? \n\t\r\u0000\ufeff'.split('')) }),
        text => {
          const document = new YamlDocument(text);
          for (const entry of document.root.entries()) expect(entry.range.end).toBeLessThanOrEqual(text.length);
          for (const { range } of document.problems) expect(range.end).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 1000 },
    );
    for (const text of ['['.repeat(20_000), '- '.repeat(5_000), '{a: '.repeat(5_000), `${'a: b\n'.repeat(20_000)}`]) {
      expect(() => new YamlDocument(text).root.value).not.toThrow();
    }
  });
});
