import { describe, expect, test } from 'vitest';
import { renameableAt } from '../server/src/assist/rename';
import { cursorIn, workspaceOf } from './cursor';
import { changedLines, inOldWords, judgementOf, renamed, type Texts } from './renaming';
import { shop } from './shop';

/** The lines that a rename at `|` changes; or why it doesn't. */
function changed(files: Texts, path: string, piece: string, to: string): readonly string[] | string {
  const after = renamed(files, path, cursorIn(files[path] ?? '', piece), to);
  return typeof after === 'string' ? after : changedLines(files, after);
}

describe('of what is written', () => {
  test('a Service, with its backends and its hosts', () => {
    const expected = [
      'shop/cart.yaml:20 metadata: {name: basket, namespace: shop, labels: {monitored: "yes"}}',
      'shop/cart.yaml:33 CART_HOST: basket',
      'shop/cart.yaml:35 upstream x { server basket:80; }',
      'shop/cart.yaml:36 # see http://basket.shop.svc/',
      'shop/edge.yaml:9 - {path: /, pathType: Prefix, backend: {service: {name: basket, port: {name: http}}}}',
      'shop/edge.yaml:16 rules: [{backendRefs: [{name: basket, port: 80}]}]',
    ];
    expect(changed(shop, 'shop/cart.yaml', 'metadata: {name: ca|rt,', 'basket')).toEqual(expected);
    expect(changed(shop, 'shop/edge.yaml', 'service: {name: ca|rt', 'basket')).toEqual(expected);
    expect(changed(shop, 'shop/cart.yaml', 'server ca|rt:80', 'basket')).toEqual(expected);
  });

  test('the value of a label, with every selector that has it', () => {
    const expected = [
      'shop/cart.yaml:3 metadata: {name: cart-app, namespace: shop, labels: {app: basket}}',
      'shop/cart.yaml:5 selector: {matchLabels: {app: basket}}',
      'shop/cart.yaml:7 metadata: {labels: {app: basket, tier: api}}',
      'shop/cart.yaml:22 selector: {app: basket}',
      'shop/edge.yaml:35 spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [basket]}]}}',
      'infra/infra.yaml:34 podSelector: {matchLabels: {app: basket, tier: api}}',
    ];
    expect(changed(shop, 'shop/cart.yaml', 'labels: {app: ca|rt, tier', 'basket')).toEqual(expected);
    expect(changed(shop, 'infra/infra.yaml', 'app: ca|rt, tier', 'basket')).toEqual(expected);
  });

  test('the key of a label, whatever its values', () => {
    const lines = changed(shop, 'shop/cart.yaml', 'labels: {a|pp: cart, tier', 'app.kubernetes.io/name');
    expect(lines).toHaveLength(10);
    expect(lines).toContain(
      'shop/db.yaml:14 spec: {clusterIP: None, selector: {app.kubernetes.io/name: db}, ports: [{port: 5432}]}',
    );
  });

  test('a port of a container, and one of a Service', () => {
    expect(changed(shop, 'shop/cart.yaml', '[{name: w|eb, containerPort', 'main')).toEqual([
      'shop/cart.yaml:13 ports: [{name: main, containerPort: 8080}]',
      'shop/cart.yaml:14 readinessProbe: {httpGet: {path: /, port: main}}',
      'shop/cart.yaml:23 ports: [{name: http, port: 80, targetPort: main}]',
    ]);
    expect(changed(shop, 'shop/edge.yaml', '[{port: ht|tp}]', 'main')).toEqual([
      'shop/cart.yaml:23 ports: [{name: main, port: 80, targetPort: web}]',
      'shop/edge.yaml:9 - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {name: main}}}}',
      'shop/edge.yaml:23 endpoints: [{port: main}]',
    ]);
  });

  test('a namespace, a Gateway and a ConfigMap', () => {
    const lines = changed(shop, 'infra/infra.yaml', 'metadata: {name: sh|op', 'store');
    expect(lines).toContain('infra/infra.yaml:3 metadata: {name: store, labels: {team: sales}}');
    expect(lines).toContain(
      'infra/infra.yaml:33 - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: store}}',
    );
    expect(lines).toContain('shop/cart.yaml:36 # see http://cart.store.svc/');
    expect(lines).toHaveLength(16);
    expect(changed(shop, 'shop/edge.yaml', 'name: fr|ont', 'door')).toEqual([
      'shop/edge.yaml:15 parentRefs: [{name: door, namespace: infra, sectionName: plain}]',
      'infra/infra.yaml:16 metadata: {name: door, namespace: infra}',
    ]);
    expect(changed(shop, 'shop/cart.yaml', 'configMapRef: {name: sett|ings', 'options')).toEqual([
      'shop/cart.yaml:16 envFrom: [{configMapRef: {name: options}}]',
      'shop/cart.yaml:31 metadata: {name: options, namespace: shop}',
    ]);
  });

  test('leaves findings and reach as they were, but for the name', () => {
    const before = judgementOf(shop);
    for (const [path, piece, from] of [
      ['shop/cart.yaml', 'metadata: {name: ca|rt,', 'cart'],
      ['shop/cart.yaml', 'labels: {app: ca|rt, tier', 'cart'],
      ['shop/cart.yaml', 'labels: {a|pp: cart, tier', 'app'],
      ['shop/cart.yaml', '[{name: w|eb, containerPort', 'web'],
      ['infra/infra.yaml', 'metadata: {name: sh|op', 'shop'],
      ['infra/infra.yaml', 'name: fr|ont', 'front'],
    ] as const) {
      const after = renamed(shop, path, cursorIn(shop[path] ?? '', piece), 'qq7');
      expect(typeof after).toBe('object');
      if (typeof after === 'object') expect(inOldWords(judgementOf(after), 'qq7', from)).toEqual(before);
    }
  });
});

describe('names that can not be', () => {
  test.each([
    ['shop/cart.yaml', 'metadata: {name: ca|rt,', 'Cart', /'Cart' is no name for a Service/],
    ['shop/cart.yaml', 'metadata: {name: ca|rt,', 'db', /'db' is there already/],
    ['shop/cart.yaml', 'labels: {app: ca|rt, tier', '-x', /'-x' is no value of a label/],
    ['shop/cart.yaml', 'labels: {app: ca|rt, tier', 'db', /'db' is there already/],
    ['shop/cart.yaml', 'labels: {a|pp: cart, tier', 'a b', /'a b' is no key of a label/],
    ['shop/cart.yaml', '[{name: w|eb, containerPort', 'much-too-long-name', /at most 15/],
    ['infra/infra.yaml', 'metadata: {name: sh|op', 'infra', /'infra' is there already/],
  ])('%s %s %s', (path, piece, to, reason) => {
    expect(changed(shop, path, piece, to)).toMatch(reason);
  });
});

const base = {
  'base/kustomization.yaml': 'resources: [cart.yaml]\n',
  'base/cart.yaml': shop['shop/cart.yaml']?.replaceAll(', namespace: shop', '') ?? '',
};

describe('in kustomizations', () => {
  test('patches follow, in files, in place and by their targets', () => {
    const files = {
      ...base,
      'over/kustomization.yaml':
        'namespace: shop\nresources: [../base, edge.yaml]\npatches:\n  - path: patch.yaml\n  - target: {kind: Service, name: cart}\n    patch: |\n      - {op: add, path: /metadata/labels/x, value: y}\n  - patch: |\n      apiVersion: v1\n      kind: Service\n      metadata: {name: cart, annotations: {a: b}}\n',
      'over/patch.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: cart}\nspec: {type: ClusterIP}\n',
      'over/edge.yaml': shop['shop/edge.yaml']?.split('---\n')[0] ?? '',
    };
    const lines = changed(files, 'over/edge.yaml', 'service: {name: ca|rt', 'basket');
    expect(lines).toEqual([
      'base/cart.yaml:20 metadata: {name: basket, labels: {monitored: "yes"}}',
      'base/cart.yaml:33 CART_HOST: basket',
      'base/cart.yaml:35 upstream x { server basket:80; }',
      'base/cart.yaml:36 # see http://basket.shop.svc/',
      'over/kustomization.yaml:5 - target: {kind: Service, name: basket}',
      'over/kustomization.yaml:11 metadata: {name: basket, annotations: {a: b}}',
      'over/patch.yaml:3 metadata: {name: basket}',
      'over/edge.yaml:9 - {path: /, pathType: Prefix, backend: {service: {name: basket, port: {name: http}}}}',
    ]);
  });

  test('a name that is generated, and one with a prefix', () => {
    const generated = {
      'kustomization.yaml':
        'configMapGenerator:\n  - name: settings\n    literals: [CART_URL=http://cart:80]\nresources: [cart.yaml]\n',
      'cart.yaml':
        shop['shop/cart.yaml']?.split('---\n').slice(0, 2).join('---\n').replaceAll(', namespace: shop', '') ?? '',
    };
    expect(changed(generated, 'cart.yaml', 'configMapRef: {name: sett|ings', 'options')).toEqual([
      'kustomization.yaml:2 - name: options',
      'cart.yaml:16 envFrom: [{configMapRef: {name: options}}]',
    ]);
    expect(changed(generated, 'cart.yaml', 'metadata: {name: ca|rt,', 'basket')).toEqual([
      'kustomization.yaml:3 literals: [CART_URL=http://basket:80]',
      'cart.yaml:20 metadata: {name: basket, labels: {monitored: "yes"}}',
    ]);
    const prefixed = { ...base, 'over/kustomization.yaml': 'namePrefix: dev-\nresources: [../base]\n' };
    expect(changed(prefixed, 'base/cart.yaml', 'metadata: {name: ca|rt,', 'basket')).toMatch(
      "The Service 'dev-cart' can't be renamed: the build of 'over' makes it of 'cart' (base/cart.yaml:20).",
    );
  });

  test('a namespace that a kustomization sets, and that a patch and a monitor name', () => {
    const files = {
      'kustomization.yaml': 'namespace: shop\nresources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\n',
      'p.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {type: NodePort}\n',
      'm/m.yaml':
        'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: m, namespace: infra}\nspec: {namespaceSelector: {matchNames: [shop]}}\n',
    };
    const lines = changed(files, 'kustomization.yaml', 'namespace: sh|op', 'store');
    expect(lines).toEqual([
      'kustomization.yaml:1 namespace: store',
      'a.yaml:3 metadata: {name: a, namespace: store}',
      'p.yaml:3 metadata: {name: a, namespace: store}',
      'm/m.yaml:4 spec: {namespaceSelector: {matchNames: [store]}}',
    ]);
  });

  test('labels that a kustomization gives are changed where it says them', () => {
    const files = {
      'kustomization.yaml': 'commonLabels: {team: blue}\nresources: [cart.yaml]\n',
      'cart.yaml': base['base/cart.yaml'],
    };
    expect(changed(files, 'kustomization.yaml', 'team: bl|ue', 'red')).toEqual([
      'kustomization.yaml:1 commonLabels: {team: red}',
    ]);
  });
});

describe('refuses, saying why', () => {
  const cart = shop['shop/cart.yaml'] ?? '';
  test.each([
    [
      'a template may name it',
      {
        'shop/chart/Chart.yaml': 'name: x\n',
        'shop/chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: {a: {{ x }}, b: cart}\n',
      },
      /shop\/chart\/templates\/a.yaml:3 may name it, and templates are not read/,
    ],
    ['values of a chart may', { 'shop/values.yaml': 'upstream: cart\n' }, /shop\/values.yaml:1 may name it/],
    [
      'an object of others may',
      {
        'shop/x.yaml':
          'apiVersion: x.io/v1\nkind: Route\nmetadata: {name: r, namespace: shop}\nspec: {serviceName: cart}\n',
      },
      /Route 'r' \(shop\/x.yaml:4\) may name it/,
    ],
    [
      'it can not be read',
      { 'shop/x.yaml': 'apiVersion: v1\nkind: Ingress\nspec: [cart\n' },
      /shop\/x.yaml:3 may name it, and that file is not read/,
    ],
    [
      'an alias',
      {
        'shop/x.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\ndata: {A_HOST: &a cart, B_HOST: *a}\n',
      },
      /can't be changed exactly \(shop\/x.yaml:4\)/,
    ],
    [
      'folded text',
      {
        'shop/x.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: shop}\ndata:\n  a: >\n    see\n    http://cart.shop.svc/\n',
      },
      /can't be changed exactly \(shop\/x.yaml:/,
    ],
  ])('%s', (_, more, reason) => {
    const files = { 'shop/cart.yaml': cart, ...more };
    expect(changed(files, 'shop/cart.yaml', 'metadata: {name: ca|rt,', 'basket')).toMatch(reason);
    expect(renameableAt(workspaceOf(files), 'shop/cart.yaml', cursorIn(cart, 'metadata: {name: ca|rt,'))).toEqual({
      refusal: expect.stringMatching(reason),
    });
  });

  test('what programs know by its name, what is filled in later, what hides another', () => {
    const dns =
      'apiVersion: v1\nkind: Service\nmetadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: dns}}\nspec: {ports: [{port: 53}]}\n';
    expect(changed({ 'a.yaml': dns }, 'a.yaml', 'name: kube-|dns', 'x')).toMatch(/programs of the cluster know it/);
    const labelled = { 'a.yaml': dns.replace('kube-system', 'shop') };
    expect(changed(labelled, 'a.yaml', 'k8s-app: d|ns', 'x')).toMatch(/programs of the cluster know it/);
    const open = { 'a.yaml': dns.replace('kube-dns', '"${NAME}"') };
    expect(changed(open, 'a.yaml', '${NA|ME}', 'x')).toMatch(/is filled in later/);
    const hiding = {
      'kustomization.yaml': 'resources: [a.yaml]\nlabels: [{pairs: {team: blue}}]\n',
      'a.yaml': dns.replace('kube-system', 'shop').replace('k8s-app: dns', 'team: red'),
    };
    expect(changed(hiding, 'kustomization.yaml', 'te|am: blue', 'x')).toMatch(/writes it over one that is there/);
    const calico = {
      'a.yaml': dns.replace('kube-system', 'shop').replace('k8s-app: dns', 'app: dns'),
      'b.yaml':
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {selector: app == 'dns'}\n",
    };
    expect(changed(calico, 'a.yaml', 'app: d|ns', 'x')).toMatch(/NetworkPolicy 'p' \(b.yaml:4\) may name it/);
  });

  test('what a build could not follow, and what nobody can rename', () => {
    const remote = {
      'kustomization.yaml': 'resources: [cart.yaml, "https://example.com/x.yaml"]\n',
      'cart.yaml': cart,
    };
    expect(changed(remote, 'cart.yaml', 'metadata: {name: ca|rt,', 'basket')).toMatch(/could be followed/);
    expect(changed(shop, 'shop/cart.yaml', 'image: ca|rt:1', 'x')).toMatch(/^Only names of/);
    expect(changed(shop, 'shop/edge.yaml', 'ingressClassName: ou|ter', 'x')).toMatch(/^Only names of/);
    expect(
      changed(
        { 'a.yaml': cart.replaceAll('namespace: shop', 'namespace: default') },
        'a.yaml',
        'name: robot, namespace: def|ault',
        'x',
      ),
    ).toMatch(/^Every cluster has/);
  });
});
