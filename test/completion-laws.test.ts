import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manifestCompletionsAt } from '../server/src/assist/completion/completions';
import { Workspace } from '../server/src/workspace/workspace';
import { places, world } from './completion-places';
import { deployment, many, service } from './objects';

const around = Workspace.empty.update(Object.entries(world));

function offered(text: string, offset: number, workspace = around) {
  return manifestCompletionsAt(workspace.update([['new.yaml', text]]), 'new.yaml', offset, '1.35');
}

/** What an editor needs: an edit in one line that touches the cursor. */
function expectSound(text: string, offset: number): void {
  const found = offered(text, offset);
  for (const item of found?.items ?? []) {
    const { start, end } = item.range ?? found?.range ?? { start: 0, end: 0 };
    expect(start <= offset && offset <= end && end <= text.length).toBe(true);
    expect(text.slice(start, end)).not.toContain('\n');
    // Parts of an object have lines of their own making.
    if (item.kind !== 'snippet') expect(`${item.label}${item.insert}`).not.toMatch(/[\r\n]/);
  }
}

test('a document that is typed from its first letter to its last', () => {
  for (const { text: marked } of places.filter((_, i) => i % 12 === 0)) {
    const text = marked.replace('‸', '');
    for (let length = 0; length <= text.length; length += 5) expectSound(text.slice(0, length), length);
  }
});

const noise = fc.constantFrom(
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '\n',
  '\r\n',
  '\t',
  '|',
  '>',
  '&a',
  '*a',
  ',',
  '---\n',
  '{{',
  '\uFEFF',
  '\u2028',
  '  ',
);
test('documents in which anything is missing, or too much', () => {
  const index = fc.integer({ min: 0, max: places.length - 1 });
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(index, fc.array(fc.tuple(part, part, noise), { maxLength: 4 }), part, (at, cuts, cursor) => {
      let text = places[at]?.text.replace('‸', '') ?? '';
      for (const [from, length, added] of cuts) {
        const start = Math.floor(from * text.length);
        text = text.slice(0, start) + added + text.slice(start + Math.floor(length * 12));
      }
      expectSound(text, Math.floor(cursor * text.length));
    }),
    { numRuns: 200, seed: 15, endOnFailure: true },
  );
});

describe('names that somebody else made up', () => {
  const policy =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n  podSelector:\n    matchLabels:\n      ';
  const labelled = (labels: string) => deployment('cart', 'shop').replaceAll('{app: cart}', labels);
  const asked = (labels: string, typed: string) => {
    const text = policy + typed;
    return offered(text, text.length, Workspace.empty.update([['a.yaml', labelled(labels)]]))?.items ?? [];
  };

  test.each([
    ['a value that is no string without quotes', '{app: "true"}', 'app: ', ['"true"']],
    ['a number in quotes', '{app: "8080"}', 'app: ', ['"8080"']],
    ['a number where quotes are', '{app: "8080"}', 'app: "', ['8080"']],
    ['an empty value', '{app: ""}', 'app: ', ['""']],
    ['a placeholder', '{app: "${APP}"}', 'app: ', []],
    ['a template', '{app: "{{ app }}"}', 'app: ', []],
    ['two lines', '{app: "a\\nb"}', 'app: ', []],
    ['Markdown', '{app: "[x](command:y)"}', 'app: ', []],
    ['a key of two lines', '{"a\\nb": x, app: z}', '', ['app: z', 'app: ']],
    ['a key that is a word of YAML', '{"on": x}', '', ['"on": x', '"on": ']],
  ])('%s', (_, labels, typed, want) => {
    expect(asked(labels, typed).map(({ insert }) => insert)).toEqual(want);
  });

  test('of Services, namespaces and ranges', () => {
    const nasty = many(
      service('"a\\nb"', '"c\\nd"'),
      service('"![x](https://p.test)"', 'shop'),
      service('"$(X)"', 'shop'),
    );
    const workspace = Workspace.empty.update([['a.yaml', nasty]]);
    for (const { text: marked } of places) {
      const found = offered(marked.replace('‸', ''), marked.indexOf('‸'), workspace);
      expect(JSON.stringify(found?.items.map(({ label, insert }) => [label, insert]) ?? [])).not.toMatch(
        /p\.test|\\n|\$\(X|"c/,
      );
    }
  });
});

test('before anything else is there, nothing', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  selector:\n    app: ';
  expect(offered(text, text.length, Workspace.empty)).toBeUndefined();
  for (const { text: marked } of places) {
    const found = offered(marked.replace('‸', ''), marked.indexOf('‸'), Workspace.empty);
    // What a workload itself shows, and what every node has.
    const own =
      /^(?:app|part|app: new|part: x|new|8000|web|shop|kubernetes\.io\/hostname|topology\.kubernetes\.io\/\w+|kubernetes\.io\/metadata\.name(?:: shop)?|10\.20\.0\.0\/16)$/;
    expect(found?.items.map(({ label }) => label).filter(label => !own.test(label)) ?? []).toEqual([]);
  }
});
