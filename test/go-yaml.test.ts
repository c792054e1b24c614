import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Document, parse } from 'yaml';
import { applyEdits } from '../server/src/text/range';
import { YamlDocument } from '../server/src/yaml/document';
import { Edits } from '../server/src/yaml/edit';
import type { Node } from '../server/src/yaml/node';
import { cases, refused } from './go-yaml-cases';
import { expectLinear } from './growth';
import { hasKubectl, kustomize } from './kubectl';
import { isThorough } from './thorough';

const headOf = (name: string) => `apiVersion: v1\nkind: Odd\nmetadata: {name: ${name}}\n`;
const whole = (text: string, name = 'odd') =>
  text.includes('<head>') ? text.replace('<head>', headOf(name)) : headOf(name) + text;

/** Keys in the order of the alphabet, as kubectl prints them; `apiVersion` and the like left out. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .filter(([key]) => key !== 'apiVersion' && key !== 'kind' && key !== 'metadata')
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : inner,
    ),
  );
}

const readIn = (text: string) => {
  const { problems, root } = new YamlDocument(text);
  return problems.length > 0 ? refused : plain(root.value);
};

describe('YAML is read as kubectl reads it', () => {
  for (const [text, read = 'refused'] of cases) {
    test(`${JSON.stringify(text)} is ${read}`, () => {
      expect(readIn(whole(text))).toEqual(read === 'refused' ? refused : plain(JSON.parse(read)));
    });
  }

  test('a problem lies in the text, and says that it is kubectl who minds what the yaml package does not', () => {
    for (const [text, read] of cases) {
      const document = new YamlDocument(whole(text));
      expect(document.problems.length > 0).toBe(read === refused);
      for (const { range } of document.problems) expect(range.end).toBeLessThanOrEqual(document.text.length);
    }
    const [problem] = new YamlDocument('cidrs: [10.0.0.0/8, ::/0]\n').problems;
    expect(problem).toEqual({
      range: { start: 20, end: 21 },
      message: "Not readable for kubectl: text that begins with ':' needs quotes inside of [] and {}",
    });
  });

  test('JSON is read as JSON, whose escapes go-yaml does not know', () => {
    expect(readIn('{"a": "\\/\\ud83d\\ude00",\n"b": [\n1\n]\n}\n')).toEqual({ a: '/😀', b: [1] });
  });

  test('keys may be long, but not in one line', () => {
    const key = 'k'.repeat(1100);
    expect(readIn(`a: {${key}: b}\n`)).toBe(refused);
    expect(readIn(`a: {"${key}": b}\n`)).toBe(refused);
    expect(readIn(`? ${key}\n: b\n`)).toEqual({ [key]: 'b' });
    expect(readIn(`a: [{b: ${key}, c: d}]\n`)).toEqual({ a: [{ b: key, c: 'd' }] });
  });

  test('what is printed in any style is read as the yaml package reads it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab 1.:-#,\'"[]{}\\\n&*!|>%@~é😀'), maxLength: 12 });
    const key = text.filter(name => name !== '' && !name.includes('\n'));
    const { value } = fc.letrec(tie => ({
      value: fc.oneof({ maxDepth: 4 }, text, fc.boolean(), fc.integer(), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    const style = fc.record({
      indent: fc.integer({ min: 2, max: 5 }),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 25, 80),
      collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
      singleQuote: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.record({ a: value, b: value }), style, (printed, options) => {
        // YAML 1.1 quotes what go-yaml takes for numbers and booleans.
        const document = new Document(printed, { version: '1.1', aliasDuplicateObjects: false });
        const source = document.toString(options);
        const read = readIn(source);
        // Text in brackets may hold what only kubectl minds.
        if (read === refused && options.collectionStyle === 'flow') return;
        expect(read, source).toEqual(plain(parse(source, { version: '1.1' })));
      }),
      { numRuns: 500 },
    );
  });
});

describe.skipIf(!hasKubectl)('kubectl', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-go-yaml-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('reads what is stored', () => {
    const read = applied(
      folder,
      cases.map(([text], i) => whole(text, `odd-${i}`)),
    );
    for (const [i, [text, expected]] of cases.entries()) {
      expect(read.get(`odd-${i}`), text).toEqual(expected === undefined ? refused : plain(JSON.parse(expected)));
    }
  });

  test.skipIf(!isThorough)('takes in a kustomization what it takes of a file, but for what is noted', () => {
    for (const [text, read, note] of cases) {
      fs.writeFileSync(path.join(folder, 'kustomization.yaml'), 'resources: [odd.yaml]\n');
      fs.writeFileSync(path.join(folder, 'odd.yaml'), whole(text));
      expect(kustomize(folder) !== undefined, text).toBe(read !== refused && note === undefined);
    }
  });
});

/** What `kubectl apply` would send, by name; one call reads all files, and goes on behind those that it refuses. */
function applied(folder: string, texts: readonly string[]): ReadonlyMap<string, unknown> {
  const files = texts.map((text, i) => {
    const file = path.join(folder, `${i}.yaml`);
    fs.writeFileSync(file, text);
    return ['-f', file];
  });
  const args = ['annotate', '--local', '-o', 'json', ...files.flat(), 'asked=yes'];
  const { stdout } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const objects = stdout.split(/^(?=\{$)/m).filter(part => part !== '');
  return new Map(objects.map(text => [/"name": "(odd-\d+)"/.exec(text)?.[1] ?? '', plain(JSON.parse(text))]));
}

interface Change {
  readonly what: string;
  readonly edit: (edits: Edits, node: Node) => unknown;
  readonly apply: (value: unknown, at: readonly (string | number)[]) => void;
}

const changes: readonly Change[] = [
  { what: 'a scalar', edit: (edits, node) => edits.set(node, 'zz'), apply: (value, at) => put(value, at, 'zz') },
  {
    what: 'a block',
    edit: (edits, node) => edits.set(node, { zz: 1 }),
    apply: (value, at) => put(value, at, { zz: 1 }),
  },
  {
    what: 'another field',
    edit: (edits, node) => (node.isMapping ? edits.set(node.at('zz'), 'w w') : undefined),
    apply: (value, at) => put(value, [...at, 'zz'], 'w w'),
  },
  {
    what: 'another item',
    edit: (edits, node) => (node.isSequence ? edits.set(node.at(node.items().length), 'w w') : undefined),
    apply: (value, at) => put(value, [...at, listAt(value, at)], 'w w'),
  },
];

function put(value: unknown, at: readonly (string | number)[], put: unknown): void {
  const parent = at.slice(0, -1).reduce<unknown>((above, step) => Reflect.get(Object(above), step), value);
  Reflect.set(Object(parent), at.at(-1) ?? '', put);
}

const listAt = (value: unknown, at: readonly (string | number)[]) =>
  Number(Reflect.get(Object(at.reduce<unknown>((above, step) => Reflect.get(Object(above), step), value)), 'length'));

function placesIn(node: Node, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const below = [...node.entries(), ...node.items()].filter(
    ({ key }) => at.length > 0 || !/^(?:apiVersion|kind|metadata)$/.test(String(key)),
  );
  return below.flatMap(child => {
    const place = [...at, child.key ?? ''];
    return [place, ...placesIn(child, place)];
  });
}

test('an edit of odd YAML is exact, or not offered', () => {
  let made = 0;
  for (const [text, read] of cases) {
    if (read === undefined) continue;
    const document = new YamlDocument(whole(text));
    for (const at of placesIn(document.root)) {
      for (const { what, edit, apply } of changes) {
        const edits = new Edits();
        edit(edits, document.root.at(...at));
        const [done] = edits.result()?.documents ?? [];
        if (done === undefined) continue;
        made++;
        const expected = plain(document.root.value);
        apply(expected, at);
        const after = applyEdits(document.text, done.edits);
        expect(readIn(after), `${what} at ${at.join('.')} of\n${text}made it\n${after}`).toEqual(plain(expected));
      }
    }
  }
  expect(made).toBeGreaterThan(400);
});

test('a long text that only kubectl takes is read in linear time', () => {
  const item = 'a: [\n1,\n2\n]\nb: "c\nd"\n';
  expectLinear('collections that are not indented', 500, size => {
    const text = Array.from({ length: size }, (_, i) => item.replace(/[ab](?=:)/g, name => name + i)).join('');
    expect(new YamlDocument(text).problems).toEqual([]);
  });
  expectLinear('one that is never closed', 2000, size => new YamlDocument(`a: [\n${'b,\n'.repeat(size)}`).problems);
});
