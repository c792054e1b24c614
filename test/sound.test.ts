import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editsOf } from '../server/src/lint/fix';
import { applyEdits } from '../server/src/text/range';
import { YamlDocument } from '../server/src/yaml/document';
import { staysSound } from '../server/src/yaml/sound';
import { expectLinear } from './growth';
import { lint } from './situations';
import { isThorough } from './thorough';

const service = (name: string) => `- apiVersion: v1
  kind: Service
  metadata:
    name: ${name}
    labels: {app: ${name}, "tier": 'back'}
    annotations:
      note: |
        some text
          of lines

      other: >-
        folded
        text
  spec:
    selector:
      app: ${name} # the pods
    ports:
    - port: 80
      name: http
    -
      port: 81
`;

const list = (count: number) =>
  `apiVersion: v1\nkind: List\nitems:\n${Array.from({ length: count }, (_, i) => service(`s${i}`)).join('')}`;

describe('an edit of a long document', () => {
  test('is called sound only where the whole is read as well as before', () => {
    const text = list(12);
    const document = new YamlDocument(text);
    const written = fc.array(
      fc.constantFrom(
        '\n',
        '\n  ',
        '\n    ',
        '\n---\n',
        '- ',
        ': ',
        'a',
        'b: c',
        '"',
        "'",
        '|',
        '[',
        '}',
        '#',
        ' #',
        '&a ',
        '\t',
        '...\n',
      ),
      {
        maxLength: 4,
      },
    );
    const edit = fc.tuple(fc.nat(text.length), fc.nat(30), written).map(([start, length, parts]) => ({
      range: { start, end: Math.min(text.length, start + length) },
      text: parts.join(''),
    }));
    let sound = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 2 }), edits => {
        if (!staysSound(document, edits)) return;
        sound++;
        const parts = applyEdits(text, edits).split(/(?<![^\n])(?=---\s)/);
        for (const part of parts) expect(new YamlDocument(part).problems).toEqual([]);
      }),
      { numRuns: isThorough ? 6000 : 1500 },
    );
    expect(sound).toBeGreaterThan(50);
  });

  test('is not sound where it draws the next item into its last line', () => {
    const text = list(12);
    const start = text.indexOf('\n- apiVersion: v1', text.indexOf('name: s4'));
    expect(staysSound(new YamlDocument(text), [{ range: { start, end: start + 1 }, text: '' }])).toBe(false);
    expect(staysSound(new YamlDocument(text), [{ range: { start, end: start }, text: ' # here' }])).toBe(true);
  });

  test('takes no time for the rest of it: the fixes of a dumped list are worked out in linear time', () => {
    expectLinear('fixes of a List', 40, count => {
      const { workspace, findings } = lint(new Map([['all.yaml', list(count)]]));
      for (const finding of findings) for (const fix of finding.fixes) editsOf(workspace, finding, fix);
    });
  });
});
