import { describe, expect, test } from 'vitest';
import { Workspace } from '../server/src/workspace/workspace';

const object = (kind: string, name: string, namespace?: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace ? `  namespace: ${namespace}\n` : ''}`;

const pod = (name: string) => `${object('Pod', name)}spec:\n  containers:\n    - name: c\n      image: i\n`;

const kustomization = (...lines: string[]) => `${lines.join('\n')}\n`;

/** Views as `builds: kind/name@namespace … (what they only see)`, those of what is judged. */
function views(files: Record<string, string>, grouping = {}): string[] {
  return Workspace.empty.update(Object.entries(files), grouping).views.map(view => {
    const objects = view.of('Service', 'Pod', 'ConfigMap');
    const show = (resource: (typeof objects)[number]) => {
      const home = view.namespaceOf(resource);
      return `${resource.kindName}/${resource.name.string}${home.isAssumed ? '' : `@${home.name}`}`;
    };
    const seen = objects.filter(resource => !view.judges(resource));
    const names = view.builds.map(({ name }) => name).join(' + ');
    const own = objects.filter(resource => view.judges(resource));
    return `${names}: ${own.map(show).join(' ')}${seen.length > 0 ? ` (${seen.map(show).join(' ')})` : ''}`;
  });
}

describe('loose manifests', () => {
  test('are builds folder by folder, and one cluster where nothing conflicts', () => {
    expect(views({ 'a/x.yaml': object('Service', 'a'), 'b/y.yaml': pod('b') })).toEqual(['a + b: Service/a Pod/b']);
  });

  test('that differ in two folders are alternatives; what lies beside them sees both, and is seen by both', () => {
    const files = {
      'one/a.yaml': object('Service', 'web'),
      'two/a.yaml': `${object('Service', 'web')}spec: {type: NodePort}\n`,
      'shared/b.yaml': pod('web'),
    };
    expect(views(files)).toEqual([
      'one: Service/web (Pod/web)',
      'shared: Pod/web (Service/web Service/web)',
      'two: Service/web (Pod/web)',
    ]);
  });

  test('that are alike in two folders are no alternatives, and each is judged', () => {
    const files = { 'one/a.yaml': object('Service', 'web'), 'two/a.yaml': object('Service', 'web') };
    expect(views(files)).toEqual(['one + two: Service/web Service/web']);
  });

  test('that are twins as files stay together', () => {
    expect(views({ 'a.yaml': object('Service', 'web'), 'b.yaml': object('Service', 'web') })).toEqual([
      '.: Service/web Service/web',
    ]);
  });

  test('do not conflict by Namespaces, nor across namespaces; no namespace equals default', () => {
    const namespace = object('Namespace', 'shop');
    const labelled = `${namespace}  labels: {a: b}\n`;
    const service = (home: string) => `${object('Service', 'w', home)}spec: {type: NodePort}\n`;
    expect(views({ 'a/n.yaml': namespace, 'b/n.yaml': labelled })).toHaveLength(1);
    expect(views({ 'a/s.yaml': object('Service', 'w', 'x'), 'b/s.yaml': service('y') })).toHaveLength(1);
    expect(views({ 'a/s.yaml': object('Service', 'w'), 'b/s.yaml': service('default') })).toHaveLength(2);
  });

  test('named together on a command line are one cluster', () => {
    const files = { 'dev/a.yaml': object('Service', 'web'), 'prod/a.yaml': pod('web') };
    expect(views(files, { isOneCluster: true })).toHaveLength(1);
  });
});

describe('alternatives', () => {
  const variant = (name: string, type: string) => `${object('Service', name)}spec: {type: ${type}}\n`;
  const pair = (name: string, one: string, two: string) => ({
    [`${one}/a.yaml`]: variant(name, 'ClusterIP'),
    [`${two}/a.yaml`]: variant(name, 'NodePort'),
  });

  test('are all builds below two folders that differ more than once', () => {
    const once = { ...pair('web', 'x/one/web', 'x/two/web'), 'x/two/more/b.yaml': object('ConfigMap', 'c') };
    expect(views(once)).toContain('x/one/web: Service/web (ConfigMap/c)');
    expect(views({ ...once, ...pair('api', 'x/one/api', 'x/two/api') })).toContain(
      'x/one/api + x/one/web: Service/api Service/web',
    );
  });

  test('are all builds below two folders that are named for environments', () => {
    const files = { ...pair('web', 'dev/web', 'prod/web'), 'prod/more/b.yaml': object('ConfigMap', 'c') };
    expect(views(files)).toContain('dev/web: Service/web');
    expect(views(files)).toContain('prod/more + prod/web: ConfigMap/c Service/web');
  });

  test('are a folder and one below it, and nothing beside them', () => {
    const files = { ...pair('web', 'app', 'app/prod'), 'app/more/b.yaml': object('ConfigMap', 'c') };
    expect(views(files)).toEqual([
      'app: Service/web (ConfigMap/c)',
      'app/more: ConfigMap/c (Service/web Service/web)',
      'app/prod: Service/web (ConfigMap/c)',
    ]);
  });

  test('of which all would see too much are as many roots as there are folders', () => {
    const configMap = (name: string, n: number) => `${object('ConfigMap', name)}data: {n: '${n}'}\n`;
    const part = (folder: string) =>
      Array.from({ length: 300 }, (_, i): [string, string] => [
        `${folder}/${i}/a.yaml`,
        Array.from({ length: 5 }, (_, n) => configMap(`${folder}-${Math.floor(i / 2)}-${n}`, i)).join('---\n'),
      ]);
    const files = Object.fromEntries([...part('x'), ...part('y'), ['z/b.yaml', object('Service', 'z')]]);
    const seen = Workspace.empty.update(Object.entries(files)).views.map(view => view.of('ConfigMap').length);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1500);
    expect(Workspace.empty.update(part('x')).views[0]?.of('ConfigMap').length).toBe(seen[0]);
  });

  test('of which there are too many to compare are examples, and see nobody', () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`e/${i}/a.yaml`, `${object('ConfigMap', 'c')}data: {n: '${i}'}\n`]),
    );
    const all = views({ ...files, 'z/b.yaml': object('Service', 'z') });
    expect(all).toHaveLength(61);
    expect(all).toContain('e/0: ConfigMap/c');
  });
});

describe('kustomizations', () => {
  test('that nothing includes are builds; a base is in each overlay, in its namespace', () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [web.yaml]'),
      'base/web.yaml': object('Service', 'web', 'written'),
      'overlays/dev/kustomization.yaml': kustomization('namespace: dev', 'resources:', '  - ../../base'),
      'overlays/prod/kustomization.yaml': kustomization('bases: [../../base]'),
    };
    expect(views(files)).toEqual(['overlays/dev + overlays/prod: Service/web@dev Service/web@written']);
  });

  test('that make the same of a base make one object of it', () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'base/a.yaml': object('Service', 'a'),
      'one/kustomization.yaml': kustomization('namespace: n', 'resources: [../base]'),
      'two/kustomization.yaml': kustomization('namespace: n', 'resources: [../base]'),
    };
    expect(views(files)).toEqual(['one + two: Service/a@n']);
  });

  test('see each other, above, below and beside', () => {
    const files = {
      'app/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'app/a.yaml': object('Service', 'a'),
      'app/below/kustomization.yaml': kustomization('resources: [b.yaml]'),
      'app/below/b.yaml': pod('b'),
    };
    expect(views(files)).toEqual(['app + app/below: Service/a Pod/b']);
  });

  test('adopt no file that they do not name', () => {
    const files = {
      'k/kustomization.yaml': kustomization('resources: [a.yaml]'),
      'k/a.yaml': object('Service', 'a'),
      'k/extra.yaml': pod('extra'),
    };
    expect(Workspace.empty.update(Object.entries(files)).builds.map(({ kind }) => kind)).toEqual([
      'folder',
      'kustomization',
    ]);
    expect(views(files)).toEqual(['k + k: Service/a Pod/extra']);
  });

  test('are seen themselves, with or without a kind: what they fetch may be gone', () => {
    const files = { 'k/kustomization.yaml': kustomization('resources: [https://example.com/x.yaml]') };
    const [view] = Workspace.empty.update(Object.entries(files)).views;
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
    expect(views(files)).toEqual(['k: Service/a']);
    const [top] = Workspace.empty.update(Object.entries({ ...files, 'l/kustomization.yaml': '' })).views;
    expect(top?.of('Service').map(service => top.isSettled(service))).toEqual([false]);
  });

  test('are built again only where a file of theirs changed, and their objects are the same where they are equal', () => {
    const files = {
      'k/kustomization.yaml': kustomization('namespace: n', 'resources: [a.yaml, b.yaml]'),
      'k/a.yaml': object('Service', 'a'),
      'k/b.yaml': pod('b'),
      'l/c.yaml': pod('c'),
    };
    const one = Workspace.empty.update(Object.entries(files));
    const buildOf = ({ builds }: Workspace) => builds.find(({ name }) => name === 'k');
    expect(buildOf(one.update([['l/c.yaml', pod('d')]]))).toBe(buildOf(one));
    const services = one.views[0]?.of('Service');
    const two = one.update([['k/b.yaml', pod('bee')]]);
    expect(two.views[0]?.of('Service')).toBe(services);
    expect(two.views[0]?.of('Pod')[0]).not.toBe(one.views[0]?.of('Pod')[0]);
  });

  test('give a component that nothing takes to no cluster, but what it has counts as there', () => {
    const files = {
      'a.yaml': object('Service', 'a'),
      'c/kustomization.yaml': kustomization('kind: Component', 'resources: [b.yaml]'),
      'c/b.yaml': object('ConfigMap', 'c'),
    };
    expect(views(files)).toEqual(['.: Service/a']);
    const [whole] = Workspace.empty.update(Object.entries(files)).wholes;
    expect(whole?.of('ConfigMap')).toHaveLength(1);
  });
});

describe('files', () => {
  const skipped = (files: Record<string, string>) =>
    [...Workspace.empty.update(Object.entries(files)).files.values()].flatMap(file => (file.skipped ? file.path : []));
  const names = (files: Record<string, string>) =>
    Workspace.empty
      .update(Object.entries(files))
      .builds.flatMap(({ members }) => members.map(({ resource }) => resource.name.string));

  test('below the templates of a chart are none, elsewhere they are', () => {
    const files = {
      'c/Chart.yaml': 'name: c\n',
      'c/templates/a.yaml': object('Service', 'a'),
      'templates/b.yaml': object('Service', 'b'),
    };
    expect(names(files)).toEqual(['b']);
    expect(skipped(files)).toEqual(['c/templates/a.yaml']);
    const workspace = Workspace.empty.update(Object.entries(files)).update([['c/Chart.yaml', undefined]]);
    expect(workspace.builds.flatMap(({ members }) => members)).toHaveLength(2);
  });

  test('with templates outside of strings are read but for these documents', () => {
    const files = { 'a.yaml': `${object('Service', '{{ .Values.name }}')}---\n${object('Service', 'b')}` };
    expect(names(files)).toEqual(['b']);
    expect(skipped(files)).toEqual(['a.yaml']);
    expect(
      names({ 'c.yaml': `${object('ConfigMap', 'c')}data:\n  t: "{{ .x }}"\n  u: |\n    {{ .y }}\n# {{ .z }}\n` }),
    ).toEqual(['c']);
  });

  test('that something fills in are templates: by their name, where they hold what is filled in, or by braces', () => {
    const filled = object('Service', '${NAME}');
    expect(skipped({ 'a.template.yaml': filled, 'b_template.yml': filled, 'c.yaml.j2.yaml': filled })).toHaveLength(3);
    expect(skipped({ 'constraint_template.yaml': object('Service', 'a') })).toEqual([]);
    expect(
      skipped({ 'kustomization.yaml': 'resources: [a.yaml]\n{% if x %}\ncomponents: [b]\n{% endif %}\n' }),
    ).toHaveLength(1);
  });

  test('that what is filled in keeps from being YAML are templates, and others with a fault are not', () => {
    const broken = `${object('Service', 'a')}spec:\n  ports: [\${PORTS}]\n  x: [${'${Y}'} z: w\n`;
    expect(skipped({ 'a.yaml': broken })).toEqual(['a.yaml']);
    expect(skipped({ 'a.yaml': `${object('Service', 'a')}  b: [\n` })).toEqual([]);
  });

  test('below the files of a chart are raw material of its templates', () => {
    const files = {
      'c/Chart.yaml': 'name: c\n',
      'c/files/a.yaml': object('Service', 'a'),
      'files/b.yaml': object('Service', 'b'),
    };
    expect(names(files)).toEqual(['b']);
  });

  test('that are settings of a tool make no object', () => {
    const local = "  annotations: {config.kubernetes.io/local-config: 'true'}\n";
    expect(names({ 'a.yaml': `${object('ConfigMap', 'a')}${local}`, 'b.yaml': object('ConfigMap', 'b') })).toEqual([
      'b',
    ]);
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
    const text = `# more\n${object('Service', 'a')}---\n${object('Service', 'b')}`;
    const two = one.update([['a.yaml', text.replace('name: a', 'name: c')]]);
    const before = one.views[0]?.of('Service') ?? [];
    const after = two.views[0]?.of('Service') ?? [];
    expect(after[1]).toBe(before[1]);
    expect(after[0]).not.toBe(before[0]);
    expect(two.update([['b.yaml', object('ConfigMap', 'c')]]).views[0]?.of('Service')).toBe(after);
  });
});
