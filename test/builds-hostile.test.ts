import { describe, expect, test } from 'vitest';
import { type Built, buildOf } from '../server/src/deploy/build';
import { Sources } from '../server/src/deploy/sources';
import { at, plain } from '../server/src/deploy/value';
import { YamlDocument } from '../server/src/yaml/document';
import { expectLinear } from './growth';

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { type: NodePort }\n';

function built(files: Readonly<Record<string, string>>, folder = ''): Built {
  const found = buildOf(
    folder,
    Sources.ofTexts(path => (Object.hasOwn(files, path) ? files[path] : undefined)),
  );
  if (found === undefined) throw new Error('There is no kustomization');
  return found;
}

describe('what can not be followed is said, and the rest is built', () => {
  const withPatch = (patch: string) => ({
    'kustomization.yaml': `resources: [a.yaml]\npatches:\n  - ${patch}\n`,
    'a.yaml': service,
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a cycle', { 'kustomization.yaml': 'resources: [a.yaml, .]', 'a.yaml': service }, 'a cycle: it includes this kustomization'],
    ['a missing file', { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]', 'a.yaml': service }, 'nothing of this name was read, no file and no folder with a kustomization'],
    ['a remote base', { 'kustomization.yaml': 'resources: [a.yaml, "https://example.test/x?ref=v1"]', 'a.yaml': service }, 'it is somewhere else, and nothing is fetched'],
    ['a component of others', { 'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [github.com/a/b]', 'a.yaml': service }, 'there is no such component here'],
    ['a file that is no YAML', { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]', 'a.yaml': service, 'b.yaml': 'a: [' }, 'it can not be read'],
    ['a chart', { 'kustomization.yaml': 'resources: [a.yaml]\nhelmCharts: [{ name: x }]', 'a.yaml': service }, 'what a chart holds is not known here'],
    ['a plugin', { 'kustomization.yaml': 'resources: [a.yaml]\ntransformers: [t.yaml]', 'a.yaml': service, 't.yaml': 'apiVersion: x/v1\nkind: Odd\nmetadata: { name: t }' }, "what a transformer 'Odd' does is not known here"],
    ['a generator without its file', { 'kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator: [{ name: c, files: [gone] }]', 'a.yaml': service }, 'a file that it is made of is missing'],
    ['a patch without its file', withPatch('path: gone.yaml'), "there is no file 'gone.yaml'"],
    ['a patch for nobody', withPatch('patch: "apiVersion: v1\\nkind: Service\\nmetadata: { name: x }\\n"'), "there is no Service 'x' to patch"],
    ['a path that leads nowhere', withPatch('{ target: { kind: Service }, patch: "[{op: replace, path: /spec/a/b, value: 1}]" }'), 'replace /spec/a/b: there is nothing at this path'],
    ['operations without a target', withPatch('patch: "[{op: remove, path: /spec}]"'), 'a patch of operations has no target'],
    ['a file that is something else', { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]', 'a.yaml': service, 'b.yaml': 'just: text' }, 'not all in it is an object'],
    ['an object twice', { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]', 'a.yaml': service, 'b.yaml': service }, "Service 'shop' is there twice, and kustomize builds nothing then"],
    ['a var of nothing', { 'kustomization.yaml': 'resources: [a.yaml]\nvars: [{ name: X, objref: { kind: Secret, name: s, apiVersion: v1 } }]', 'a.yaml': service }, 'the value of this var is not there'],
    ['a replacement from nowhere', { 'kustomization.yaml': "resources: [a.yaml]\nreplacements: [{ source: { kind: Service, name: 's.*' }, targets: [] }]", 'a.yaml': service }, 'the value that it copies is not there'],
    ['a replacement to nowhere', { 'kustomization.yaml': 'resources: [a.yaml]\nreplacements: [{ source: { kind: Service }, targets: [{ select: { kind: Service }, fieldPaths: [spec.no] }] }]', 'a.yaml': service }, "Service 'shop' has no field 'spec.no'"],
    ['a patch that can not be read', withPatch('patch: "[a"'), 'the patch can not be read'],
  ])('%s', (_, files, message) => {
    const { objects, unknown } = built(files);
    expect(unknown.map(one => one.message)).toEqual([message]);
    expect(objects.map(({ id }) => id.name)).toContain('shop');
  }); // biome-ignore format: a table

  test('kustomizations that double at each level', () => {
    const level = (i: number): [string, string] => [`${i}/kustomization.yaml`, `resources: [../${i + 1}, ../${i + 1}]`];
    const { unknown } = built(Object.fromEntries(Array.from({ length: 40 }, (_, i) => level(i))), '0');
    expect(unknown.map(one => one.message)).toContain('the build has more than 10000 kustomizations');
  });

  test.each([
    '',
    '[]',
    'x',
    'resources: 7',
    'resources: [[a], {b: c}, null]',
    'patches: [7, {}]',
    'labels: [{pairs: 1}]',
  ])('the kustomization %j is no reason to throw', text =>
    expect(() => built({ 'kustomization.yaml': text })).not.toThrow(),
  );
});

test('every value keeps the place where it is written', () => {
  const { objects } = built({
    'kustomization.yaml': 'resources: [a.yaml]\nnamespace: prod\npatches: [{ path: p.yaml }]',
    'a.yaml': service,
    'p.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { sessionAffinity: ClientIP }\n',
  });
  const placeOf = (...path: string[]) => {
    const { document, range } = at(objects[0]?.value, ...path)?.at ?? new YamlDocument('').root;
    return document.text.slice(range.start, range.end);
  };
  expect(placeOf('spec', 'type')).toBe('NodePort');
  expect(placeOf('spec', 'sessionAffinity')).toBe('ClientIP');
  expect(placeOf('metadata', 'namespace')).toBe('prod');
  expect(plain(objects[0]?.value)).toMatchObject({ spec: { type: 'NodePort', sessionAffinity: 'ClientIP' } });
});

test('a build grows with its files', () => {
  expectLinear('builds', 300, size => {
    const files: Record<string, string> = { 'kustomization.yaml': 'resources:\n' };
    for (let i = 0; i < size; i++) {
      files['kustomization.yaml'] += `  - ${i}\n`;
      files[`${i}/kustomization.yaml`] =
        'resources: [a.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{ name: c, literals: [a=b] }]\n';
      files[`${i}/a.yaml`] = service.replace('shop', `shop-${i}`);
    }
    built(files);
  });
});
