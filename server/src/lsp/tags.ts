import { DiagnosticTag } from 'vscode-languageserver';

/** Rules about what is going away, or gone: editors strike it through. */
const deprecated = [
  'cni/old-release-url',
  'cni/weave-net-archived',
  'coredns/removed-plugin',
  'gateway/old-version',
  'ingress/class-deprecated',
  'ingress/retired-controller',
  'kube-proxy/cilium-legacy-replacement',
  'kube-proxy/ipvs-deprecated',
  'mesh/old-least-conn',
  'network-policy/superseded-admin-policy',
  'placement/external-ips-deprecated',
  'placement/prefer-close-deprecated',
  'placement/topology-hints-gate',
  'placement/topology-mode-deprecated',
  'pooling/bitnami-image',
  'pooling/old-pgbouncer',
];

/** Rules about what could as well not stand there: editors fade it. */
const unnecessary = [
  'coredns/ineffective-ttl',
  'ignore/without-effect',
  'ingress/foreign-annotation',
  'ingress/misplaced-annotation',
  'kube-proxy/flag-shadowed',
  'kube-proxy/orphan-section',
  'mesh/misplaced-annotation',
  'network-policy/cilium-rule-without-effect',
  'placement/traffic-distribution-overridden',
  'service/headless-ignored-field',
  'service/ignored-session-affinity',
];

/** By the id of a rule: the one table of it. */
export const tagsByRule: ReadonlyMap<string, DiagnosticTag> = new Map([
  ...deprecated.map(id => [id, DiagnosticTag.Deprecated] as const),
  ...unnecessary.map(id => [id, DiagnosticTag.Unnecessary] as const),
]);
