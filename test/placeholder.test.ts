import { describe, expect, test } from 'vitest';
import { isPlaceholder } from '../server/src/kube/placeholder';
import { rules } from '../server/src/rules';
import { expectLinear } from './growth';
import { lint } from './situations';

const spellings = [
  '${X}', '$(X)', '$X', '{{ X }}', '<X>', '<your host>', '__X__', '@X@', '@@X@@', '%X%', '((x))', '#{X}#',
  'MY_X', 'CHANGEME', 'change-me', 'REPLACE_ME', 'https://${X}/a',
  'AUTOMATIC_REPLACE', 'AUTOREPLACE', 'REPLACED-BY-CI', 'PLACEHOLDER', 'YOUR-DOMAIN.com', 'TODO', 'TBD', 'XXX', 'shop-__ENV__', 'MY_X.example.com',
]; // biome-ignore format: a table

test.each(spellings)('%s is filled in later', text => expect(isPlaceholder(text)).toBe(true));

test.each([
  '',
  'web',
  'a_b',
  'Shop',
  'LEAST',
  'GRPC',
  'ROUND-ROBIN',
  'X-REQUEST-ID',
  'TODOS',
  '/api(/|$)(.*)',
  '/$1',
  '$request_uri',
  'a@b.c',
  '50%',
  'x__y',
  'a < b > c',
  '10.0.0.0/8',
])('%s is what it says', text => expect(isPlaceholder(text)).toBe(false));

/** One value in every place where a rule has something against values that do not exist. */
const manifests = (value: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: '${value}'
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: '${value}', namespace: shop}
spec: {trafficDistribution: '${value}', selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations: {prometheus.io/port: '${value}', cni.projectcalico.org/ipv4pools: '${value}'}
    spec:
      securityContext:
        sysctls: [{name: net.ipv4.ip_local_port_range, value: '${value}'}, {name: net.ipv4.tcp_rmem, value: '${value}'}]
      containers: [{name: web, image: web:1, ports: [{containerPort: 80}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, namespace: kube-system}
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    mode: '${value}'
    detectLocalMode: '${value}'
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {matchLabels: {app: '${value}'}}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: '${value}'}}], ports: [{port: '${value}'}]}]
`;

describe('a placeholder', () => {
  const about = /bad-|unknown-|invalid-|format|range|wrong-|selects-/;
  const faultsOf = (value: string) =>
    lint(new Map([['all.yaml', manifests(value)]]), rules).findings.flatMap(({ rule }) =>
      about.test(rule.id) ? rule.id : [],
    );

  test('in the place of a value is no fault, whatever its spelling', () => {
    for (const spelling of spellings.filter(text => !text.includes('/')))
      expect(faultsOf(spelling), spelling).toEqual([]);
  });

  test('stands where a value that does not exist is one', () => {
    expect(new Set(faultsOf('no such!')).size).toBeGreaterThan(9);
  });
});

test('is looked for in proportion to the length of a text', () => {
  for (const part of [
    '$',
    '{',
    '<',
    '<a',
    '__',
    '__a',
    '@a',
    '%a',
    '((',
    '((a',
    'A_',
    'A',
    'change',
    '#',
    'REPLACE',
    'REPLAC',
    'X',
    'YOUR',
  ])
    expectLinear(part, 5_000, n => isPlaceholder(part.repeat(n)));
});
