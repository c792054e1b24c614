import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { deny, deployment, type Files, ingress, many, named, route, service } from './objects';

// What whole folders look like: layouts that people have, and what is said of them.

function findings(files: Files) {
  const workspace = Workspace.empty.update(Object.entries(files));
  return new Linter(rules).lint(workspace, defaultConfig).map(finding => ({ finding, workspace }));
}

/** The rules that speak, of those asked for. */
function said(files: Files, ...ids: readonly string[]): string[] {
  return [...new Set(findings(files).map(({ finding }) => finding.rule.id))].filter(id => ids.includes(id)).sort();
}

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
    expect(said(files, ...denies)).toEqual(['network-policy/missing-default-deny-ingress']);
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

  test('of one overlay alone, which is named, and what both have is not changed for it', () => {
    const patch = '[{op: replace, path: /spec/ports/0/targetPort, value: web}]';
    const files = {
      'base/kustomization.yaml': 'resources: [all.yaml]\n',
      'base/all.yaml': many(
        service('web').replace('targetPort: 8080', 'targetPort: http'),
        deployment('web').replace('{containerPort: 8080}', '{name: web, containerPort: 8080}'),
      ),
      'eu/kustomization.yaml': 'namespace: eu\nresources: [../base]\n',
      'us/kustomization.yaml': `namespace: us\nresources: [../base]\npatches: [{target: {kind: Service}, patch: '${patch}'}]\n`,
    };
    const found = findings(files).filter(({ finding }) => finding.rule.id === 'service/unknown-target-port');
    expect(found.map(({ finding }) => finding.scopes)).toEqual([['eu']]);
    const [only] = found;
    expect(only?.finding.fixes.length).toBeGreaterThan(0);
    expect(only?.finding.fixes.flatMap(fix => editsOf(only.workspace, only.finding, fix) ?? [])).toEqual([]);
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

  test('and an annotation silences them, be it in the base or brought by a patch', () => {
    const [rule] = denies;
    const silent = 'annotations: {kube-netlint.dev/ignore: ingress/missing-backend}';
    const bad = ingress('shup').replace('{name: web}', `{name: web, ${silent}}`);
    const built = (text: string, ...lines: readonly string[]) => ({
      'kustomization.yaml': ['namespace: shop', 'resources: [web.yaml, more.yaml]', ...lines, ''].join('\n'),
      'web.yaml': text,
      'more.yaml': many(service('web'), service('shop'), deployment('web')),
    });
    expect(said(built(ingress('shup')), 'ingress/missing-backend')).toHaveLength(1);
    expect(said(built(bad), 'ingress/missing-backend', 'ignore/without-effect')).toEqual([]);
    const brought = built(ingress('shup'), `commonAnnotations: {kube-netlint.dev/ignore: ingress}`);
    expect(said(brought, 'ingress/missing-backend', rule ?? '')).toEqual([rule]);
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

test('a ConfigMap that makes neighbours call what they may not is told of it, though it calls nobody', () => {
  const shop = (image: string) =>
    many(
      service('web'),
      deployment('web').replace('web:1', image),
      deployment('caller')
        .replace('ports:', 'envFrom: [{configMapRef: {name: settings}}], ports:')
        .replace('caller:1', image),
      `apiVersion: networking.k8s.io/v1\n${named('NetworkPolicy', 'deny')}spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}\n`,
    );
  const files = {
    'shared/settings.yaml': `apiVersion: v1\n${named('ConfigMap', 'settings')}data: {WEB_URL: "http://web"}\n`,
    'env/dev/app.yaml': shop('web:dev'),
    'env/prod/app.yaml': shop('web:prod'),
  };
  const blocked = findings(files).filter(({ finding }) => finding.rule.id === 'network-policy/blocks-known-call');
  expect(blocked.map(({ finding }) => finding.resource?.kind)).toEqual(['ConfigMap']);
});
