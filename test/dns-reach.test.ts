import { expect, test } from 'vitest';
import { DnsView, wholeDns } from '../server/src/network/answers/dns-reach';
import { Workspace } from '../server/src/workspace/workspace';
import { many, named } from './objects';

const both = 'ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]';
const other = 'ports: [{protocol: UDP, port: 5353}, {protocol: TCP, port: 5353}]';
const home = (...names: string[]) =>
  names.length === 1
    ? `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${names[0]}}}`
    : `namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [${names.join()}]}]}`;
const dnsPods = 'podSelector: {matchLabels: {k8s-app: kube-dns}}';

type Reach = 'all' | 'UDP' | 'TCP' | 'none' | 'misported';

/** Egress rules as people write them, and what of the cluster's DNS they reach. */
const forms: readonly (readonly [form: string, rule: string, reach: Reach])[] = [
  ['kube-system', `{to: [{${home('kube-system')}}], ${both}}`, 'all'],
  ['kube-system, its DNS pods', `{to: [{${home('kube-system')}, ${dnsPods}}], ${both}}`, 'all'],
  [
    'kube-system by a label of its own',
    `{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}], ${both}}`,
    'all',
  ],
  ['any namespace', `{to: [{namespaceSelector: {}}], ${both}}`, 'all'],
  ['any namespace, with empty matchLabels', `{to: [{namespaceSelector: {matchLabels: {}}}], ${both}}`, 'all'],
  ['any namespace, the DNS pods', `{to: [{namespaceSelector: {}, ${dnsPods}}], ${both}}`, 'all'],
  [
    'any namespace, DNS pods by several names',
    `{to: [{namespaceSelector: {}, podSelector: {matchExpressions: [{key: k8s-app, operator: In, values: [kube-dns, coredns]}]}}], ${both}}`,
    'all',
  ],
  [
    'any namespace but one',
    `{to: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [prod]}]}}], ${both}}`,
    'all',
  ],
  [
    'any namespace but kube-system',
    `{to: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}]}}], ports: [{port: 9153}]}`,
    'none',
  ],
  ['kube-system or openshift-dns', `{to: [{${home('kube-system', 'openshift-dns')}}], ${both}}`, 'all'],
  [
    'kube-system, and openshift-dns beside it',
    `{to: [{${home('kube-system')}}, {${home('openshift-dns')}}], ${both}}`,
    'all',
  ],
  [
    'a namespace of labels that nobody knows',
    `{to: [{namespaceSelector: {matchLabels: {team: platform}}}], ${both}}`,
    'all',
  ],
  ['no peers', `{${both}}`, 'all'],
  ['empty peers', `{to: [], ${both}}`, 'all'],
  ['nothing but the ports of everything', '{}', 'all'],
  ['all ports of any namespace', '{to: [{namespaceSelector: {}}]}', 'all'],
  ['an address of the cluster', `{to: [{ipBlock: {cidr: 10.96.0.10/32}}], ${both}}`, 'all'],
  ['every address', `{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ${both}}`, 'all'],
  [
    'a range of ports',
    `{to: [{${home('kube-system')}}], ports: [{protocol: UDP, port: 1, endPort: 100}, {port: 53}]}`,
    'all',
  ],
  [
    'ports by name',
    `{to: [{${home('kube-system')}}], ports: [{protocol: UDP, port: dns}, {protocol: TCP, port: dns-tcp}]}`,
    'all',
  ],
  ['UDP alone', `{to: [{${home('kube-system')}}], ports: [{protocol: UDP, port: 53}]}`, 'UDP'],
  ['a port without protocol', `{to: [{${home('kube-system')}}], ports: [{port: 53}]}`, 'TCP'],
  ['pods of the own namespace', `{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}`, 'none'],
  ['the DNS pods, looked for in the own namespace', `{to: [{${dnsPods}}], ${both}}`, 'none'],
  [
    'pods of kube-system that are no DNS',
    `{to: [{${home('kube-system')}, podSelector: {matchLabels: {app: metrics}}}], ${both}}`,
    'none',
  ],
  ['another port', `{to: [{${home('kube-system')}}], ports: [{port: 443}]}`, 'none'],
  ['an address outside, without ports', '{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}', 'none'],
  ['openshift-dns on the port of its pods', `{to: [{${home('openshift-dns')}}], ${other}}`, 'all'],
  [
    'openshift-dns, its DNS pods',
    `{to: [{${home('openshift-dns')}, podSelector: {matchLabels: {dns.operator.openshift.io/daemonset-dns: default}}}], ${other}}`,
    'all',
  ],
  ['openshift-dns on all ports', `{to: [{${home('openshift-dns')}}]}`, 'all'],
  ['openshift-dns on the port of its Service', `{to: [{${home('openshift-dns')}}], ${both}}`, 'misported'],
  [
    'openshift-dns on both',
    `{to: [{${home('openshift-dns')}}], ports: [{protocol: UDP, port: 53}, {protocol: UDP, port: 5353}, {port: 5353}]}`,
    'all',
  ],
  ['any namespace, on the port of OpenShift', `{to: [{namespaceSelector: {}}], ${other}}`, 'all'],
  [
    'openshift-dns and an address, on the port of the Service',
    `{to: [{${home('openshift-dns')}}, {ipBlock: {cidr: 172.30.0.10/32}}], ${both}}`,
    'misported',
  ],
];

const policy = (rule: string) =>
  `apiVersion: networking.k8s.io/v1\n${named('NetworkPolicy', 'p', 'shop')}spec: {podSelector: {}, policyTypes: [Egress], egress: [${rule}]}\n`;
const route = `apiVersion: route.openshift.io/v1\n${named('Route', 'web', 'shop')}spec: {to: {kind: Service, name: web}}\n`;

function reachOf(text: string): Reach {
  const [cluster] = Workspace.empty.update([['a.yaml', text]]).views;
  const namespace = [...(cluster?.namespaces ?? [])].find(({ name }) => name === 'shop');
  if (namespace === undefined) throw new Error('The namespace is not there.');
  const view = new DnsView(namespace);
  const policies = namespace.of('NetworkPolicy');
  if (view.misportedIn(policies).length > 0) return 'misported';
  const { pods } = view.reachOf(policies);
  if (pods.isEmpty) return 'none';
  return pods.contains(wholeDns) ? 'all' : pods.ports('UDP').length > 0 ? 'UDP' : 'TCP';
}

test.each(forms)('%s', (_, rule, reach) => {
  expect(reachOf(policy(rule))).toBe(reach);
});

test.each(forms)('%s, where the manifests show OpenShift', (_, rule, reach) => {
  expect(reachOf(many(policy(rule), route))).toBe(reach);
});

test('the port of the Service is as good as none only where nothing else lets DNS through', () => {
  const misported = `{to: [{${home('openshift-dns')}}], ${both}}`;
  expect(reachOf(policy(`${misported}, {to: [{${home('kube-system')}}], ${both}}`))).toBe('all');
  expect(reachOf(policy(`${misported}, {to: [{podSelector: {}}]}`))).toBe('misported');
});
