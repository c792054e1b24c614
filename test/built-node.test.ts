import { describe, expect, test } from 'vitest';
import { buildOf } from '../server/src/deploy/build';
import { Sources } from '../server/src/deploy/sources';
import { builtNode } from '../server/src/yaml/built-node';
import { Edits } from '../server/src/yaml/edit';
import { embeddedText } from '../server/src/yaml/embedded';
import type { Node } from '../server/src/yaml/node';

const files: Record<string, string> = {
  'kustomization.yaml': [
    'namePrefix: pre-',
    'commonLabels: {team: shop}',
    'resources: [a.yaml]',
    'images: [{name: web, newTag: "2"}]',
    'patches:',
    '  - path: p.yaml',
    '  - target: {kind: Pod}',
    '    patch: |',
    '      - {op: add, path: /spec/nodeName, value: here}',
    '      - {op: remove, path: /spec/hostNetwork}',
    '',
  ].join('\n'),
  'a.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  dnsPolicy: Default\n  containers:\n    - {name: web, image: "web:1", args: [x]}\n',
  'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  dnsPolicy: None\n  priority: 3\n',
};

function pod(): Node {
  const [object] =
    buildOf(
      '',
      Sources.ofTexts(path => files[path]),
    )?.objects ?? [];
  if (object === undefined) throw new Error('there is no Pod');
  return builtNode(object.value);
}

/** The texts that an edit changes, after it; undefined where it is refused. */
function edited(edit: (edits: Edits) => unknown): string[] | undefined {
  const edits = new Edits();
  edit(edits);
  return edits.result()?.documents.map(({ document, edits: [first] }) => {
    const { start, end } = first?.range ?? { start: 0, end: 0 };
    return document.text.slice(0, start) + (first?.text ?? '') + document.text.slice(end);
  });
}

describe('a place of a built object', () => {
  test('reads what the build makes, and stands where that is written', () => {
    expect(pod().at('metadata', 'name').string).toBe('pre-a');
    expect(pod().at('metadata', 'labels', 'team').string).toBe('shop');
    expect(pod().at('spec', 'containers', 0, 'image').string).toBe('web:2');
    const policy = pod().at('spec', 'dnsPolicy');
    expect(policy.string).toBe('None');
    expect(policy.document.text).toBe(files['p.yaml']);
    expect(pod().at('spec', 'containers', 0, 'args', 0).document.text).toBe(files['a.yaml']);
    expect(pod().at('spec').parent?.at('kind').string).toBe('Pod');
    expect(pod().at('spec', 'hostNetwork').exists).toBe(false);
  });

  test('is edited where it is written, base or patch', () => {
    expect(edited(edits => edits.set(pod().at('spec', 'dnsPolicy'), 'Default'))).toEqual([
      files['p.yaml']?.replace('None', 'Default'),
    ]);
    expect(edited(edits => edits.remove(pod().at('spec', 'priority')))).toEqual([
      files['p.yaml']?.replace('  priority: 3\n', ''),
    ]);
    expect(edited(edits => edits.set(pod().at('spec', 'hostname'), 'h'))?.[0]).toContain('args: [x]}\n  hostname: h\n');
  });

  test('is not edited where what is written is something else', () => {
    const spec = () => pod().at('spec');
    // Put together: a name with a prefix, an image with another tag.
    expect(edited(edits => edits.set(pod().at('metadata', 'name'), 'b'))).toBeUndefined();
    expect(edited(edits => edits.set(spec().at('containers', 0, 'image'), 'b'))).toBeUndefined();
    // Written nowhere: labels that the kustomization brings.
    expect(edited(edits => edits.set(pod().at('metadata', 'labels', 'x'), 'y'))).toBeUndefined();
    // The value of an operation is no field; and what an operation took away would come back in the base.
    expect(edited(edits => edits.remove(spec().at('nodeName')))).toBeUndefined();
    expect(edited(edits => edits.rename(spec().at('nodeName'), 'x'))).toBeUndefined();
    expect(edited(edits => edits.set(spec().at('hostNetwork'), false))).toBeUndefined();
  });

  test('has a text inside, but no places in it where a build puts it together', () => {
    const name = pod().at('metadata', 'name');
    const text = embeddedText(name);
    expect(text?.text).toBe('pre-a');
    expect(text?.indent).toBeUndefined();
    expect(text?.toHost({ start: 4, end: 5 })).toEqual(name.range);
  });
});
