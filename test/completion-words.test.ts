import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isKnownType } from '../server/src/kube/controllers/facts/annotation-types';
import { meshKeys } from '../server/src/kube/controllers/facts/mesh-keys';
import { fieldValuesAt, kindsWithValues } from '../server/src/kube/field-values';
import { allKinds } from '../server/src/kube/kinds';
import { nodeLevel, safeSince } from '../server/src/kube/pods/sysctl';
import { sysctlWords } from '../server/src/kube/pods/sysctl-words';
import { type Asked, offered } from './offered';

const ingressClass = (name: string, controller: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: ${name}}\nspec: {controller: ${controller}}\n`;
const nginx = { 'class.yaml': ingressClass('nginx', 'k8s.io/ingress-nginx') };
const f5 = { 'class.yaml': ingressClass('nginx', 'nginx.org/ingress-controller') };

const ingress = (annotations: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n${annotations}\nspec:\n  ingressClassName: nginx\n`;
const service = (spec: string, annotations = '') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${annotations}spec:\n  selector: {app: web}\n${spec}`;
const deployment = (spec: string, metadata = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata:\n      labels: {app: web}\n${metadata}    spec:\n      containers: [{name: web, image: web:1}]\n${spec}`;
const sysctls = (entry: string) => deployment(`      securityContext:\n        sysctls:\n${entry}`);
const object = (apiVersion: string, kind: string, rest: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n${rest}`;
const route = (rule: string) => object('gateway.networking.k8s.io/v1', 'HTTPRoute', `spec:\n  rules:\n    - ${rule}`);
const settings = (data: string, name = 'ingress-nginx-controller') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ingress-nginx}\ndata:\n${data}`;
const places: readonly [string, readonly string[], Asked?][] = [
  [ingress('    nginx.ingress.kubernetes.io/load-b|'), ['nginx.ingress.kubernetes.io/load-balance'], { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/load-balance: |'), ['ewma', 'round_robin'], { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/load-balance: "|"'), ['ewma', 'round_robin'], { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/affinity-mode: b|'), ['balanced', 'persistent'], { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/ssl-redirect: |'), ['true', 'false'], { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/proxy-read-timeout: |'), ['60'], { beside: nginx }],
  [ingress('    |'), ['nginx.org/lb-method'], { beside: f5 }],
  [ingress('    nginx.org/lb-method: |'), ['least_conn', 'random two least_conn', 'ip_hash'], { beside: f5 }],
  [ingress('    traefik.ing|').replace(': nginx', ': traefik'), ['traefik.ingress.kubernetes.io/router.entrypoints']],
  [settings('  load-balance: |\n'), ['ewma', 'round_robin']],
  [settings('  use-gzip: "true"\n  |\n'), ['load-balance', 'access-log-params']],
  [settings('  lb-method: |\n', 'nginx-config'), ['least_conn']],
  [sysctls('          - name: |'), ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range']],
  [sysctls('          - name: net.ipv4.tcp_keepalive_time\n            value: |'), ['7200']],
  [sysctls('          - name: net.ipv4.tcp_rmem\n            value: "|"'), ['4096 131072 6291456']],
  [service('  trafficDistribution: |\n'), ['PreferSameZone', 'PreferSameNode', 'PreferClose']],
  [service('  trafficDistribution: P|\n'), ['PreferClose'], { kubernetes: '1.32' }],
  [service('', '  annotations:\n    service.kubernetes.io/topology-mode: |\n'), ['Auto', 'Disabled']],
  [service('  internalTrafficPolicy: |\n'), ['Cluster', 'Local']],
  [deployment('      dnsPolicy: |\n'), ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default']],
  [deployment('', '      annotations:\n        linkerd.io/inject: |\n'), ['enabled', 'ingress', 'disabled']],
  [deployment('', '      annotations:\n        sidecar.istio|\n'), ['inject.istio.io/templates']],
  [
    object('v1', 'Namespace', '').replace('{name: x}', '\n  name: x\n  labels:\n    istio-injection: |'),
    ['enabled', 'disabled'],
  ],
  [route('filters:\n        - type: |'), ['RequestRedirect', 'URLRewrite', 'RequestHeaderModifier']],
  [route('matches: [{path: {type: |}}]'), ['PathPrefix', 'Exact', 'RegularExpression']],
  [route('filters:\n        - requestRedirect:\n            statusCode: |'), ['301', '302', '303']],
  [
    object('gateway.networking.k8s.io/v1', 'Gateway', 'spec:\n  listeners:\n    - protocol: |'),
    ['HTTPS', 'HTTP', 'TLS'],
  ],
  [
    object('security.istio.io/v1', 'PeerAuthentication', 'spec:\n  mtls:\n    mode: |'),
    ['STRICT', 'PERMISSIVE', 'DISABLE'],
  ],
  [object('projectcalico.org/v3', 'NetworkPolicy', 'spec:\n  ingress:\n    - action: |'), ['Allow', 'Deny', 'Log']],
  [
    object('cilium.io/v2', 'CiliumNetworkPolicy', 'spec:\n  egress:\n    - toEntities: [|]'),
    ['kube-apiserver', 'cluster', 'world'],
  ],
  [
    object(
      'cilium.io/v2',
      'CiliumNetworkPolicy',
      'spec:\n  egress:\n    - toEntities:\n        - cluster\n        - |',
    ),
    ['kube-apiserver', 'world', 'host'],
  ],
  [object('networking.k8s.io/v1', 'NetworkPolicy', 'spec:\n  policyTypes: [Ingress, |]'), ['Egress']],
  [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: |',
    ['nftables', 'iptables', 'ipvs'],
  ],
  [
    'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nallowedUnsafeSysctls:\n  - |',
    ['fs.mqueue.msg_max'],
  ],
  [`# kub|\n${service('')}`, ['kube-netlint-ignore', 'kube-netlint-ignore-file']],
  [`${service('')}  # kube-netlint-ignore |\n  ports: []\n`, ['api', 'cni', 'config']],
  [service('', '  annotations:\n    kube-netlint.dev/ignore: |\n'), ['api', 'cni', 'config']],
  [service('', '  annotations:\n    kube-netlint.dev/ignore: "dns, |"\n'), ['api', 'cni', 'config']],
];

describe('what tables know', () => {
  test.each(places)('%j', (marked, first, asked) => {
    const { labels, items, accepted } = offered(marked, asked);
    expect(labels.slice(0, first.length)).toEqual(first);
    expect(new Set(labels).size).toBe(labels.length);
    for (const item of items) {
      const [document] = parseAllDocuments(accepted(item), { prettyErrors: false });
      expect(document?.errors ?? []).toEqual([]);
    }
  });
});

const silent: readonly [string, Asked?][] = [
  // Of a controller that doesn't serve this Ingress.
  [ingress('    nginx.org/lb-method: |'), { beside: nginx }],
  [ingress('    nginx.ingress.kubernetes.io/no-such-key: |'), { beside: nginx }],
  // A template, a comment, and a text.
  [ingress('    nginx.ingress.kubernetes.io/{{ x }}: |'), { beside: nginx }],
  [ingress('    # nginx.ingress|'), { beside: nginx }],
  [settings('  load-balance: |\n', 'somebody-elses')],
  [settings('  main.conf: "x"\n  load-balance: |\n')],
  // An editor with schemas offers what Kubernetes lists itself.
  [deployment('      dnsPolicy: |\n'), { given: { hasSchemas: true } }],
  [object('networking.k8s.io/v1', 'NetworkPolicy', 'spec:\n  policyTypes: [|]'), { given: { hasSchemas: true } }],
  [service('  trafficDistribution: |\n'), { kubernetes: '1.29' }],
  [sysctls('          - name: vm.swappiness\n            value: |')],
  [sysctls('          - name: |').replace('spec:\n      cont', 'spec:\n      os: {name: windows}\n      cont')],
  [deployment('', '      annotations:\n        linkerd.io/no-such: |\n')],
  [object('security.istio.io/v1', 'PeerAuthentication', 'spec:\n  mode: |')],
  // Kinds of others that have the same name.
  [object('example.com/v1', 'HTTPRoute', 'spec:\n  rules:\n    - filters:\n        - type: |')],
  [`# ku|\n${service('')}`],
  [`# kube-netlint-ignore dns: because |\n${service('')}`],
  [service('', '  annotations: {kube-netlint.dev/ignore: dns |}\n')],
];

describe('nothing is offered', () => {
  test.each(silent)('%j', (marked, asked) => expect(offered(marked, asked).labels).toEqual([]));
});

describe('annotations of a controller', () => {
  const at = (annotations: string, asked: Asked = { beside: nginx }) => offered(ingress(annotations), asked);

  test('leave out those that are there, old names, pieces of configuration, and other controllers', () => {
    const { labels } = at('    nginx.ingress.kubernetes.io/load-balance: ewma\n    |');
    expect(labels.every(label => /^nginx\.ingress\.kubernetes\.io\/|^kube-netlint/.test(label))).toBe(true);
    expect(labels).not.toContain('nginx.ingress.kubernetes.io/load-balance');
    expect(labels).not.toContain('nginx.ingress.kubernetes.io/whitelist-source-range');
    expect(labels).not.toContain('nginx.ingress.kubernetes.io/server-snippet');
    expect(labels).not.toContain('nginx.ingress.kubernetes.io/secure-backends');
    expect(labels).toContain('nginx.ingress.kubernetes.io/allowlist-source-range');
  });

  test('begin with those that others here write', () => {
    const beside = { ...nginx, 'b.yaml': ingress('    nginx.ingress.kubernetes.io/proxy-body-size: 8m') };
    expect(at('    |', { beside }).labels[0]).toBe('nginx.ingress.kubernetes.io/proxy-body-size');
  });

  test('tell the default, what is taken, and who reads it', () => {
    const [item] = at('    nginx.ingress.kubernetes.io/proxy-read-t|').items.filter(({ label }) =>
      label.endsWith('proxy-read-timeout'),
    );
    expect(item).toMatchObject({ detail: 'default 60', insert: 'nginx.ingress.kubernetes.io/proxy-read-timeout: ' });
    expect(item?.markdown).toContain('Default: `60`. Read by the retired ingress-nginx controller.');
  });

  test('are texts, whatever they look like', () => {
    const typed = at('    nginx.ingress.kubernetes.io/ssl-redirect: |');
    expect(typed.accepted(typed.items[0])).toContain('ssl-redirect: "true"');
  });

  test('that need the commercial edition are left out', () => {
    const { labels } = at('    nginx.org/lb-method: |', { beside: f5 });
    expect(labels.filter(label => label.includes('least_time'))).toEqual([]);
  });

  test('follow the version of the controller', () => {
    const run = (tag: string) => ({
      'class.yaml': ingressClass('nginx', 'haproxy.org/ingress-controller/haproxy'),
      'controller.yaml': deployment('').replace('web:1', `haproxytech/kubernetes-ingress:${tag}`),
    });
    const wanted = 'haproxy.org/rate-limit-whitelist';
    expect(at('    |', { beside: run('3.2.0') }).labels).toContain(wanted);
    expect(at('    |', { beside: run('3.0.0') }).labels).not.toContain(wanted);
  });
});

describe('sysctls', () => {
  test('are known by names that a pod can have', () => {
    expect(sysctlWords.filter(({ name }) => nodeLevel(name) !== undefined)).toEqual([]);
    expect(new Set(sysctlWords.map(({ name }) => name)).size).toBe(sysctlWords.length);
  });

  test('are safe by the version', () => {
    const detail = (kubernetes: string) =>
      offered(sysctls('          - name: net|'), { kubernetes }).items.find(
        ({ label }) => label === 'net.ipv4.tcp_rmem',
      )?.detail;
    expect(safeSince('net.ipv4.tcp_rmem')).toBe('1.32');
    expect(detail('1.32')).toBe('safe');
    expect(detail('1.31')).toBe("unsafe before Kubernetes 1.32: needs the kubelet's leave");
  });

  test('are allowed by a kubelet, and not offered twice, nor where the host has them', () => {
    const kubelet =
      'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nallowedUnsafeSysctls: [net.core.*]\n';
    const typed = offered(sysctls('          - {name: net.ipv4.tcp_rmem, value: "1 2 3"}\n          - name: |'), {
      beside: { 'k.yaml': kubelet },
    });
    expect(typed.items.find(({ label }) => label === 'net.core.somaxconn')?.detail).toBe('allowed by the kubelet');
    expect(typed.labels).not.toContain('net.ipv4.tcp_rmem');
    const onHost = offered(`${sysctls('          - name: |')}\n      hostNetwork: true\n`);
    expect(onHost.labels.filter(label => label.startsWith('net.'))).toEqual([]);
  });
});

test('an editor with schemas still gets what Kubernetes does not list', () => {
  const given = { hasSchemas: true };
  expect(offered(service('  trafficDistribution: |\n'), { given }).labels[0]).toBe('PreferSameZone');
  expect(offered(route('filters:\n        - type: |'), { given }).labels[0]).toBe('RequestRedirect');
});

test('the table of values names kinds that there are', () => {
  const kinds: readonly string[] = allKinds;
  expect(kindsWithValues.filter(kind => !kinds.includes(kind))).toEqual([]);
  expect(fieldValuesAt('HTTPRoute', ['spec', 'rules', 7, 'filters', 0, 'type'])?.values).toContain('URLRewrite');
});

test('the tables of meshes are understood', () => {
  const keys = meshKeys.flatMap(({ annotations, labels }) => [...annotations, ...labels]);
  expect(keys.length).toBeGreaterThan(45);
  const odd = keys.filter(
    ({ typeName, on, about }) => !isKnownType(typeName) || on.length === 0 || !about.endsWith('.'),
  );
  expect(odd).toEqual([]);
});
