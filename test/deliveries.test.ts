import { describe, expect, test } from 'vitest';
import { Workspace } from '../server/src/workspace/workspace';
import { type Files, many, service } from './objects';

describe('what GitOps controllers are told', () => {
  const flux = (name: string, spec: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: ${spec}\n`;
  const argo = (name: string, spec: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: ${spec}\n`;
  const objects = (files: Files) =>
    Workspace.empty.update(Object.entries(files)).builds.map(
      ({ name, members }) =>
        `${name}: ${members
          .filter(({ resource }) => !/^(?:Kustomization|Application|ApplicationSet)$/.test(resource.kindName))
          .map(({ resource, namespace }) => `${resource.kindName} ${namespace ?? '-'}/${resource.name.string}`)
          .join(', ')}`,
    );

  test('Flux sets the namespace, patches, and fills in variables', () => {
    const files = {
      'clusters/prod/apps.yaml': flux(
        'apps',
        '{path: ./apps, targetNamespace: shop, postBuild: {substitute: {APP: web}}, patches: [{target: {kind: Service}, patch: "[{op: replace, path: /spec/ports/0/port, value: 81}]"}]}',
      ),
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': service('"${APP}"'),
    };
    expect(objects(files)).toEqual(['apps (clusters/prod, apps): Service shop/web', 'clusters/prod: ']);
    const { builds } = Workspace.empty.update(Object.entries(files));
    expect(builds[0]?.members[0]?.resource.at('spec', 'ports', 0, 'port').number).toBe(81);
  });

  test('Flux fills in numbers as numbers, defaults, and nothing where an object refuses it', () => {
    const object = (name: string, annotations: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, annotations: {${annotations}}}\nspec:\n  externalName: "\${HOST:=h.example}"\n  healthCheckNodePort: \${PORT}\n`;
    const files = {
      'clusters/a.yaml': flux('apps', '{path: apps, postBuild: {substitute: {PORT: "30080"}}}'),
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': many(object('a', ''), object('b', 'kustomize.toolkit.fluxcd.io/substitute: disabled')),
    };
    const [build] = Workspace.empty.update(Object.entries(files)).builds;
    const specs = build?.members.map(({ resource }) => resource.at('spec').value);
    expect(specs?.slice(0, 2)).toEqual([
      { externalName: 'h.example', healthCheckNodePort: 30080 },
      { externalName: '${HOST:=h.example}', healthCheckNodePort: '${PORT}' },
    ]);
  });

  test('Flux takes all that is below a folder without a kustomization, but what another takes', () => {
    const files = {
      'cluster/all.yaml': many(flux('all', '{path: ./apps}'), flux('b', '{path: apps/b, targetNamespace: b}')),
      'apps/a.yaml': service('a'),
      'apps/b/b.yaml': service('b'),
      'apps/c/kustomization.yaml': 'namePrefix: x-\nresources: [c.yaml]\n',
      'apps/c/c.yaml': service('c'),
      'apps/c/unlisted.yaml': service('d'),
    };
    expect(objects(files).sort()).toEqual([
      'apps (cluster, all): Service -/a, Service -/x-c',
      'apps/b (cluster, b): Service b/b',
      'apps/c: Service -/d',
      'cluster: ',
    ]);
  });

  test('what Flux applies may tell it of more, changed on the way', () => {
    const files = {
      'cluster/ks.yaml': flux(
        'top',
        `{path: ./apps, patches: [{target: {kind: Kustomization}, patch: "[{op: add, path: /spec/targetNamespace, value: late}]"}]}`,
      ),
      'apps/one/ks.yaml': flux('one', '{path: ./apps/one/app}'),
      'apps/one/app/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/one/app/a.yaml': service('a'),
    };
    expect(objects(files)).toContain('apps/one/app (apps/one, one): Service late/a');
  });

  test('Argo CD gives a namespace to what has none, and takes sub-folders where it is told to', () => {
    const files = {
      'argo/apps.yaml': many(
        argo('flat', '{source: {path: manifests}, destination: {namespace: shop}}'),
        argo('deep', '{sources: [{path: deep, directory: {recurse: true}}], destination: {namespace: deep}}'),
      ),
      'manifests/a.yaml': many(service('a'), service('b', 'own')),
      'manifests/below/c.yaml': service('c'),
      'deep/below/d.yaml': service('d'),
    };
    expect(objects(files).sort()).toEqual([
      'argo: ',
      'deep (argo, deep): Service deep/d',
      'manifests (argo, flat): Service own/b, Service shop/a',
      'manifests/below: Service -/c',
    ]);
  });

  test('an ApplicationSet makes an application of each folder or element, and clusters are alternatives', () => {
    const set = (generators: string, source: string, destination: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: apps}\nspec:\n  generators: ${generators}\n  template: {spec: {source: ${source}, destination: ${destination}}}\n`;
    const files = {
      'set.yaml': set(
        '[{git: {directories: [{path: apps/*}, {path: apps/old, exclude: true}]}}]',
        "{path: '{{path}}'}",
        "{namespace: '{{path.basename}}'}",
      ),
      'apps/a/a.yaml': service('a'),
      'apps/b/b.yaml': service('b'),
      'apps/old/c.yaml': service('c'),
    };
    expect(objects(files).sort()).toEqual([
      '.: ',
      'apps/a (., apps): Service a/a',
      'apps/b (., apps): Service b/b',
      'apps/old: Service -/c',
    ]);
    const clusters = {
      'set.yaml': set(
        '[{list: {elements: [{env: one}, {env: two}]}}]',
        "{path: 'envs/{{.env}}'}",
        "{name: '{{.env}}', namespace: x}",
      ),
      'envs/one/a.yaml': service('a'),
      'envs/two/b.yaml': service('b'),
    };
    expect(Workspace.empty.update(Object.entries(clusters)).views).toHaveLength(3);
  });
});
