import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

// What whole folders look like: layouts that people have, and what is said of them.

type Files = Record<string, string>;

function findings(files: Files) {
  const workspace = Workspace.empty.update(Object.entries(files));
  return new Linter(rules).lint(workspace, defaultConfig).map(finding => ({ finding, workspace }));
}

/** The rules that speak, of those asked for. */
function said(files: Files, ...ids: readonly string[]): string[] {
  return [...new Set(findings(files).map(({ finding }) => finding.rule.id))].filter(id => ids.includes(id)).sort();
}

const named = (kind: string, name: string, namespace?: string) =>
  `kind: ${kind}\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}\n`;
const service = (name: string, namespace?: string, selector = `{app: ${name}}`) =>
  `apiVersion: v1\n${named('Service', name, namespace)}spec: {selector: ${selector}, ports: [{name: http, port: 80, targetPort: 8080}]}\n`;
const deployment = (name: string, namespace?: string) =>
  `apiVersion: apps/v1\n${named('Deployment', name, namespace)}spec:\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers: [{name: ${name}, image: "${name}:1", ports: [{containerPort: 8080}]}]\n`;
const ingress = (backend: string, namespace?: string) =>
  `apiVersion: networking.k8s.io/v1\n${named('Ingress', 'web', namespace)}spec:\n  ingressClassName: contour\n  rules: [{host: web.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]\n`;
const route = (backend: string, namespace?: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\n${named('HTTPRoute', 'web', namespace)}spec: {rules: [{backendRefs: [{name: ${backend}, port: 80}]}]}\n`;
const deny = (namespace: string, selector = '{}') =>
  `apiVersion: networking.k8s.io/v1\n${named('NetworkPolicy', 'deny', namespace)}spec: {podSelector: ${selector}, policyTypes: [Ingress, Egress]}\n`;
const many = (...objects: readonly string[]) => objects.join('---\n');

const backends = ['ingress/missing-backend', 'gateway/missing-backend'];
const denies = ['network-policy/missing-default-deny-ingress', 'network-policy/missing-default-deny-egress'];

describe('an object is there, wherever a root has it', () => {
  test('beside a folder with a small kustomization, which adopts nothing', () => {
    const files = {
      'tools/kustomization.yaml': 'resources: [c.yaml]\n',
      'tools/c.yaml': `apiVersion: v1\n${named('ConfigMap', 'c')}data: {}\n`,
      'one/app.yaml': service('web'),
      'two/app.yaml': many(service('web', undefined, '{app: x}'), service('shop')),
      'two/ingress.yaml': ingress('shop'),
    };
    expect(said(files, ...backends)).toEqual([]);
    expect(said({ ...files, 'two/ingress.yaml': ingress('shup') }, ...backends)).toEqual(['ingress/missing-backend']);
  });

  test('in a kustomization above, and one below', () => {
    const files = {
      'app/kustomization.yaml': 'namespace: shop\nresources: [service.yaml]\n',
      'app/service.yaml': service('web'),
      'app/route/kustomization.yaml': 'namespace: shop\nresources: [route.yaml, other.yaml]\n',
      'app/route/route.yaml': route('web'),
      'app/route/other.yaml': service('web-lb'),
    };
    expect(said(files, ...backends)).toEqual([]);
    expect(
      said({ ...files, 'app/kustomization.yaml': 'namespace: else\nresources: [service.yaml]\n' }, ...backends),
    ).toEqual(['gateway/missing-backend']);
  });

  test('in a central folder of policies', () => {
    const files = {
      'apps/cam/kustomization.yaml': 'namespace: cam\nresources: [cam.yaml]\n',
      'apps/cam/cam.yaml': deployment('cam'),
    };
    expect(said(files, ...denies)).toEqual([...denies].sort());
    const central = {
      'infra/policies/kustomization.yaml': 'resources: [cam.yaml]\n',
      'infra/policies/cam.yaml': deny('cam'),
    };
    expect(said({ ...files, ...central }, ...denies)).toEqual([]);
  });

  test('in the base that a component is for', () => {
    const files = {
      'app/base/kustomization.yaml': 'resources: [all.yaml]\n',
      'app/base/all.yaml': deny('home'),
      'app/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
      'app/components/extra/kustomization.yaml': 'kind: Component\nresources: [player.yaml]\n',
      'app/components/extra/player.yaml': deployment('player', 'home'),
    };
    expect(said(files, ...denies)).toEqual([]);
  });

  test('in a folder that another one overrides in part', () => {
    const files = {
      'k8s/api.yaml': many(service('api'), deployment('api')),
      'k8s-node-port/api.yaml': service('api').replace('spec: {', 'spec: {type: NodePort, '),
      'other.yaml': deployment('worker'),
    };
    expect(said(files, 'service/selects-nothing')).toEqual([]);
  });

  test('as kustomize writes it', () => {
    const gateway = (host: string) =>
      `apiVersion: gateway.networking.k8s.io/v1\n${named('Gateway', 'main')}spec:\n  gatewayClassName: eg\n  listeners: [{name: tls, protocol: TLS, port: 443, hostname: '${host}', tls: {mode: Passthrough}}]\n`;
    const files = {
      'kustomization.yaml': `namespace: gateways\nresources: [gateway.yaml, route.yaml]\nconfigMapGenerator: [{name: domain, literals: [suffix=p.example.com]}]\nreplacements:\n  - source: {kind: ConfigMap, name: domain, fieldPath: data.suffix}\n    targets: [{select: {kind: Gateway}, options: {delimiter: ., index: 1}, fieldPaths: [spec.listeners.0.hostname]}]\n`,
      'gateway.yaml': gateway('*.later'),
      'route.yaml': `apiVersion: gateway.networking.k8s.io/v1\n${named('TLSRoute', 'r')}spec: {parentRefs: [{name: main, sectionName: tls}], hostnames: ['*.p.example.com'], rules: [{backendRefs: [{name: other, namespace: elsewhere, port: 443}]}]}\n`,
    };
    expect(said(files, 'gateway/unreachable-route')).toEqual([]);
    const without = { ...files, 'kustomization.yaml': 'resources: [gateway.yaml, route.yaml]\n' };
    expect(said(without, 'gateway/unreachable-route')).toEqual(['gateway/unreachable-route']);
  });
});

describe('findings and fixes stand where a value is written', () => {
  const overlays = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment('web'),
    'overlays/a/kustomization.yaml': 'namespace: prod\nresources: [../../base]\n',
    'overlays/b/kustomization.yaml': 'namespace: staging\nresources: [../../base]\n',
  };

  test('in each overlay for itself, and no fix changes the base for one of them', () => {
    const found = findings(overlays).filter(({ finding }) => finding.rule.id === denies[0]);
    const changed = found.flatMap(({ finding, workspace }) =>
      finding.fixes.map(fix => {
        const edits = editsOf(workspace, finding, fix);
        return (
          edits && [...edits.changed.keys(), ...edits.created.keys()].map(path => path.split('/').slice(0, 2).join('/'))
        );
      }),
    );
    expect(found).toHaveLength(2);
    expect(new Set(changed.flat())).toEqual(new Set(['overlays/a', 'overlays/b']));
  });

  test('in the patch that writes it', () => {
    const files = {
      'kustomization.yaml': 'resources: [web.yaml]\npatches: [{path: patch.yaml}]\n',
      'web.yaml': ingress('web'),
      'patch.yaml': `apiVersion: networking.k8s.io/v1\n${named('Ingress', 'web')}spec: {defaultBackend: {service: {name: shup, port: {number: 80}}}}\n`,
      'more.yaml': many(service('web'), service('shop')),
    };
    const listed = {
      ...files,
      'kustomization.yaml': 'resources: [web.yaml, more.yaml]\npatches: [{path: patch.yaml}]\n',
    };
    const [only, ...others] = findings(listed).filter(({ finding }) => finding.rule.id === 'ingress/missing-backend');
    expect(others).toEqual([]);
    const [first] = only?.finding.fixes ?? [];
    const edits = only && first && editsOf(only.workspace, only.finding, first);
    expect([...(edits?.changed.keys() ?? [])]).toEqual(['patch.yaml']);
  });

  test('in a patch that a kustomization holds as text', () => {
    const files = {
      'kustomization.yaml': `resources: [web.yaml, more.yaml]\npatches:\n  - patch: |\n      apiVersion: networking.k8s.io/v1\n      kind: Ingress\n      metadata: {name: web}\n      spec: {defaultBackend: {service: {name: shup, port: {number: 80}}}}\n`,
      'web.yaml': ingress('web'),
      'more.yaml': many(service('web'), service('shop')),
    };
    const [only] = findings(files).filter(({ finding }) => finding.rule.id === 'ingress/missing-backend');
    const [first] = only?.finding.fixes ?? [];
    const edits = only && first && editsOf(only.workspace, only.finding, first);
    expect([...(edits?.changed.keys() ?? [])]).toEqual(['kustomization.yaml']);
  });

  test('in a Corefile that a ConfigMap is generated from', () => {
    const files = {
      'kustomization.yaml': 'namespace: kube-system\nconfigMapGenerator: [{name: coredns, files: [Corefile]}]\n',
      Corefile: '.:53 {\n    errors\n    kubernetes cluster.local\n    forward . 8.8.8.8\n}\n',
    };
    const found = findings(files).filter(({ finding }) => finding.rule.id === 'coredns/missing-cache');
    expect(found).toHaveLength(1);
  });
});

describe('a manifest beside a kustomization that does not list it', () => {
  const files = {
    'app/kustomization.yaml': 'resources:\n  - web.yaml\n  - more.yaml\n',
    'app/web.yaml': deployment('web', 'shop'),
    'app/more.yaml': service('web', 'shop'),
    'app/policy.yaml': deny('shop'),
  };
  const rule = 'kustomize/unlisted';

  test('is said, with a fix that lists it', () => {
    const [only, ...others] = findings(files).filter(({ finding }) => finding.rule.id === rule);
    expect(others).toEqual([]);
    expect(only?.finding.message).toContain("NetworkPolicy 'deny' is not applied");
    const [fix] = only?.finding.fixes ?? [];
    const edits = only && fix && editsOf(only.workspace, only.finding, fix);
    expect([...(edits?.changed ?? [])]).toEqual([
      ['app/kustomization.yaml', [{ range: { start: 37, end: 37 }, text: '\n  - policy.yaml' }]],
    ]);
  });

  test('is left out on purpose where a comment names it, another file has its objects, or no neighbour is listed', () => {
    expect(
      said(
        { ...files, 'app/kustomization.yaml': 'resources:\n  - web.yaml\n  - more.yaml\n  # - policy.yaml\n' },
        rule,
      ),
    ).toEqual([]);
    expect(said({ ...files, 'app/policy.yaml': deployment('web', 'shop') }, rule)).toEqual([]);
    expect(said({ ...files, 'app/kustomization.yaml': 'resources: [../other]\n' }, rule)).toEqual([]);
  });
});

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
