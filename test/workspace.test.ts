import { describe, expect, test } from 'vitest';
import { Workspace } from '../server/src/workspace/workspace';

const object = (kind: string, name: string, namespace?: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}`;

const pod = (name: string) => `${object('Pod', name)}spec:\n  containers:\n    - name: c\n      image: i\n`;

const kustomization = (...lines: string[]) => `${lines.join('\n')}\n`;

/** Scopes as `name: kind/name@namespace …`, objects that are only seen in parentheses. */
function scopes(files: Record<string, string>, grouping = {}): string[] {
  return Workspace.empty.update(Object.entries(files), grouping).scopes.map(view => {
    const show = ({ resource, namespace }: (typeof view.scope.members)[number]) =>
      `${resource.kindName}/${resource.name.string}${namespace ? `@${namespace}` : ''}`;
    const context = view.scope.context.length > 0 ? ` (${view.scope.context.map(show).join(' ')})` : '';
    const members = view.scope.members.filter(({ resource }) => resource.kindName !== 'Kustomization');
    return `${view.name}: ${members.map(show).join(' ')}${context}`;
  });
}

describe('loose manifests', () => {
  test('are one scope where nothing conflicts', () => {
    expect(scopes({ 'a/x.yaml': object('Service', 'a'), 'b/y.yaml': pod('b') })).toEqual(['.: Service/a Pod/b']);
  });

  test('of two folders that write the same identity are alternatives; what lies beside them is seen by both', () => {
    const files = {
      'dev/a.yaml': object('Service', 'web'),
      'prod/a.yaml': object('Service', 'web'),
      'shared/b.yaml': pod('web'),
    };
    expect(scopes(files)).toEqual([
      '.: Pod/web (Service/web Service/web)',
      'dev: Service/web (Pod/web)',
      'prod: Service/web (Pod/web)',
    ]);
  });

  test('of an alternative are seen by a sibling that is no alternative of it', () => {
    const files = {
      'dev/a.yaml': object('Service', 'web'),
      'prod/a.yaml': object('Service', 'web'),
      'x/b.yaml': object('Service', 'x'),
      'y/b.yaml': object('Service', 'x'),
    };
    expect(scopes(files)).toContain('x: Service/x (Service/web Service/web)');
  });

  test('see the kustomizations near them', () => {
    const near = {
      'dev/a.yaml': object('Service', 'web'),
      'prod/a.yaml': object('Service', 'web'),
      'prod/k/kustomization.yaml': kustomization('resources: [b.yaml]'),
      'prod/k/b.yaml': object('Service', 'web'),
    };
    expect(scopes(near)).toContain('dev: Service/web (Service/web Kustomization/undefined)');
  });

  test('that are twins as files stay together', () => {
    expect(scopes({ 'a.yaml': object('Service', 'web'), 'b.yaml': object('Service', 'web') })).toEqual([
      '.: Service/web Service/web',
    ]);
  });

  test('do not conflict by Namespaces, nor across namespaces; no namespace equals default', () => {
    const ns = object('Namespace', 'shop');
    expect(scopes({ 'a/n.yaml': ns, 'b/n.yaml': ns })).toHaveLength(1);
    expect(scopes({ 'a/s.yaml': object('Service', 'w', 'x'), 'b/s.yaml': object('Service', 'w', 'y') })).toHaveLength(
      1,
    );
    expect(scopes({ 'a/s.yaml': object('Service', 'w'), 'b/s.yaml': object('Service', 'w', 'default') })).toHaveLength(
      2,
    );
  });

  test('named together on a command line are one cluster', () => {
    const files = { 'dev/a.yaml': object('Service', 'web'), 'prod/a.yaml': object('Service', 'web') };
    expect(scopes(files, { isOneCluster: true })).toHaveLength(1);
  });
});

describe('kustomizations', () => {
  test('that nothing includes are scopes; a base is in each overlay, in its namespace', () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [web.yaml]'),
      'base/web.yaml': object('Service', 'web', 'written'),
      'overlays/dev/kustomization.yaml': kustomization('namespace: dev', 'resources:', '  - ../../base'),
      'overlays/prod/kustomization.yaml': kustomization('bases: [../../base]'),
    };
    expect(scopes(files)).toEqual(['overlays/dev: Service/web@dev', 'overlays/prod: Service/web@written']);
  });

  test('side by side share a scope unless they conflict', () => {
    const files = {
      'bases/a/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'bases/a/a.yaml': object('Service', 'a'),
      'bases/b/kustomization.yaml': kustomization('resources: [b.yaml]'),
      'bases/b/b.yaml': pod('b'),
    };
    expect(scopes(files)).toEqual(['bases: Service/a Pod/b']);
    expect(scopes({ ...files, 'bases/b/b.yaml': object('Service', 'a') })).toHaveLength(2);
  });

  test('take in loose files beside or below them that do not conflict', () => {
    const files = {
      'k/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'k/a.yaml': object('Service', 'a'),
      'k/extra.yaml': pod('extra'),
    };
    expect(scopes(files)).toEqual(['k: Service/a Pod/extra']);
  });

  test('are seen themselves, with or without a kind: what they fetch may be gone', () => {
    const files = { 'k/kustomization.yaml': kustomization('resources: [https://example.com/x.yaml]') };
    const [view] = Workspace.empty.update(Object.entries(files)).scopes;
    expect(view?.of('Kustomization.kustomize.config.k8s.io')).toHaveLength(1);
  });

  test('leave patches out, survive cycles, and know what they cannot see', () => {
    const files = {
      'k/kustomization.yaml': kustomization(
        'resources: [a.yaml, ../l, https://example.com/x.yaml]',
        'patches:',
        '  - path: p.yaml',
      ),
      'k/a.yaml': object('Service', 'a'),
      'k/p.yaml': object('Service', 'patched'),
      'l/kustomization.yaml': kustomization('resources: [../k]'),
    };
    const workspace = Workspace.empty.update(Object.entries(files));
    expect(
      workspace.scopes.flatMap(view => view.scope.members.map(({ resource }) => resource.name.string)),
    ).not.toContain('patched');
    const top = Workspace.empty.update(Object.entries({ ...files, 'l/kustomization.yaml': '' })).scopes[0];
    expect(top?.of('Service').map(service => top.isSettled(service))).toEqual([false]);
    expect(top?.relabels).toBe(true);
  });
});

describe('files', () => {
  const skipped = (files: Record<string, string>) =>
    [...Workspace.empty.update(Object.entries(files)).files.values()].flatMap(file => (file.skipped ? file.path : []));
  const names = (files: Record<string, string>) =>
    Workspace.empty
      .update(Object.entries(files))
      .scopes.flatMap(view => view.scope.members.map(({ resource }) => resource.name.string));

  test('below the templates of a chart are none, elsewhere they are', () => {
    const files = {
      'c/Chart.yaml': 'name: c\n',
      'c/templates/a.yaml': object('Service', 'a'),
      'templates/b.yaml': object('Service', 'b'),
    };
    expect(names(files)).toEqual(['b']);
    expect(skipped(files)).toEqual(['c/templates/a.yaml']);
    const workspace = Workspace.empty.update(Object.entries(files)).update([['c/Chart.yaml', undefined]]);
    expect(workspace.scopes.flatMap(view => view.scope.members)).toHaveLength(2);
  });

  test('with templates outside of strings are read but for these documents', () => {
    const files = { 'a.yaml': `${object('Service', '{{ .Values.name }}')}---\n${object('Service', 'b')}` };
    expect(names(files)).toEqual(['b']);
    expect(skipped(files)).toEqual(['a.yaml']);
    expect(
      names({ 'c.yaml': `${object('ConfigMap', 'c')}data:\n  t: "{{ .x }}"\n  u: |\n    {{ .y }}\n# {{ .z }}\n` }),
    ).toEqual(['c']);
  });

  test('that hold a fragment of a workload make no object', () => {
    expect(
      names({ 'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: p\nspec:\n  replicas: 3\n' }),
    ).toEqual([]);
  });

  test('lists are unpacked, also in lists, and PodLists need no kind', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: s}\n';
    const pods =
      'apiVersion: v1\nkind: PodList\nitems:\n  - metadata: {name: p}\n    spec: {containers: [{name: c, image: i}]}\n';
    expect(names({ 'l.yaml': list, 'p.yaml': pods })).toEqual(['s', 'p']);
  });

  test('keep what did not change', () => {
    const one = Workspace.empty.update([['a.yaml', `${object('Service', 'a')}---\n${object('Service', 'b')}`]]);
    const two = one.update([['a.yaml', `# more\n${object('Service', 'a')}---\n${object('Service', 'b')}`]]);
    const before = one.scopes[0]?.of('Service') ?? [];
    const after = two.scopes[0]?.of('Service') ?? [];
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(two.update([['b.yaml', object('ConfigMap', 'c')]]).scopes[0]?.of('Service')).toBe(after);
  });
});
