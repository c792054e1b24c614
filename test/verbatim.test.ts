import { describe, expect, test } from 'vitest';
import { applyEdits } from '../server/src/text/range';
import { YamlDocument } from '../server/src/yaml/document';
import { Edits } from '../server/src/yaml/edit';

type Root = YamlDocument['root'];

function edited(text: string, edit: (edits: Edits, root: Root) => unknown): string | undefined {
  const document = new YamlDocument(text);
  const edits = new Edits();
  edit(edits, document.root);
  const result = edits.result();
  return result && applyEdits(text, result.documents[0]?.edits ?? []);
}

const asWritten = (lines: readonly string[]) => lines.join('\n');

describe('what moves stays as it was written', () => {
  const join = (edits: Edits, root: Root) =>
    edits.set(root.at('from', 0, 'pods'), edits.take(root.at('from', 1, 'pods')));
  const peers = asWritten([
    'from:',
    '  - namespaces:',
    '      labels: { env: dev }   # of dev',
    '  # only the backend',
    '  - pods: # pods',
    '      # keep in step',
    '      labels: { app: "backend",',
    "                'tier': api }  # quoted on purpose",
    '',
    '      text: |2-',
    '          a # b',
    '',
    '      # the end',
    'ports: []',
    '',
  ]);
  const joined = asWritten([
    'from:',
    '  - namespaces:',
    '      labels: { env: dev }   # of dev',
    '    # only the backend',
    '    # pods',
    '    # keep in step',
    '    pods:',
    '      labels: { app: "backend",',
    "                'tier': api }  # quoted on purpose",
    '',
    '      text: |2-',
    '          a # b',
    '',
    '      # the end',
    'ports: []',
    '',
  ]);

  test('a field, with its item that it leaves empty', () => expect(edited(peers, join)).toBe(joined));
  test('with other line ends', () => {
    expect(edited(peers.replaceAll('\n', '\r\n'), join)).toBe(joined.replaceAll('\n', '\r\n'));
  });
  test('at the end of a text without a line end', () => {
    const text = 'a:\n  - x: 1\n  - z: 2 # two';
    expect(edited(text, (e, r) => e.set(r.at('a', 0, 'z'), e.take(r.at('a', 1, 'z'))))).toBe(
      'a:\n  - x: 1\n    z: 2 # two',
    );
  });
  test('a list, and an item of a list', () => {
    const text = 'a:\n  - [1,  2] # c\n  - - 3\n    - 4 # d\nb:\n';
    expect(edited(text, (e, r) => e.set(r.at('b', 'one'), e.take(r.at('a', 0))))).toBe(
      'a:\n  - - 3\n    - 4 # d\nb:\n  one: [1,  2] # c\n',
    );
    expect(edited(text, (e, r) => e.set(r.at('b', 'two'), [e.take(r.at('a', 1))]))).toBe(
      'a:\n  - [1,  2] # c\nb:\n  two:\n    - - 3\n      - 4 # d\n',
    );
  });
  test('between flow styles, unless a comment would be lost', () => {
    const move = (e: Edits, r: Root) => e.set(r.at('b', 'x'), e.take(r.at('a', 0)));
    expect(edited("a: [{ x: 'y' }, 2]\nb: { c: 1 }\n", move)).toBe("a: [2]\nb: { c: 1, x: { x: 'y' } }\n");
    expect(edited('a:\n  - x: w\n  - 2\nb: { c: 1 }\n', move)).toBe('a:\n  - 2\nb: { c: 1, x: {x: w} }\n');
    expect(edited('a:\n  - x: w # z\n  - 2\nb: { c: 1 }\n', move)).toBeUndefined();
  });
  test('but not what an anchor shares', () => {
    expect(edited('a: &a\n  - 1\nb: {}\n', (e, r) => e.set(r.at('b', 'x'), e.take(r.at('a', 0))))).toBeUndefined();
  });
});

describe('what is wrapped moves to the right', () => {
  const wrap = (e: Edits, r: Root) => e.wrap(r.at('a', 0), 'term', { weight: 100 });
  test('with the comments in it and behind it', () => {
    expect(edited('a:\n# over\n- # c\n  x: "y" # d\n\n  # e\n  z: >\n    t\n  # f\n# under\n', wrap)).toBe(
      'a:\n# over\n- # c\n  weight: 100\n  term:\n    x: "y" # d\n\n    # e\n    z: >\n      t\n    # f\n# under\n',
    );
  });
  test('in flow style where it stands', () => {
    expect(edited('a: [{x:   1}] # c\n', wrap)).toBe('a: [{weight: 100, term: {x:   1}}] # c\n');
    expect(edited('a:\n  - { x:   1,\n      y: 2 } # c\n', wrap)).toBe(
      'a:\n  - { weight: 100, term: { x:   1,\n      y: 2 } } # c\n',
    );
  });
  test('but not what an anchor shares, and nothing but a mapping', () => {
    expect(edited('a: [&b { x: 1 }]\n', wrap)).toBeUndefined();
    expect(edited('a: [1]\n', wrap)).toBeUndefined();
  });
});
