import type { Resource } from '../kube/resource';

/** Other linters whose exemptions can count here. */
export const peers = ['kube-linter', 'kube-score', 'checkov', 'polaris'] as const;

export type Peer = (typeof peers)[number];

/** These speak for a namespace, and the checks of others for a pod: all of its pods have to be exempt. */
const isolation = ['network-policy/missing-default-deny-ingress', 'network-policy/missing-default-deny-egress'];
const backends = ['ingress/missing-backend', 'ingress/missing-backend-port'];
const spread = ['coredns/unspread-replicas', 'pooling/unspread-replicas'];

/** Which rules ask what a check of another linter asks; `docs/coming-from.md` says where the answers differ. */
export const rulesOfChecks: Readonly<Record<Peer, Readonly<Record<string, readonly string[]>>>> = {
  'kube-linter': {
    'dangling-service': ['service/selects-nothing'],
    'dangling-ingress': backends,
    'dangling-networkpolicy': ['network-policy/selects-nothing'],
    'dangling-networkpolicypeer-podselector': ['network-policy/peer-selects-nothing'],
    'non-isolated-pod': isolation,
    'dangling-servicemonitor': ['monitoring/selects-nothing', 'monitoring/unknown-port'],
    'invalid-target-ports': ['service/unknown-target-port'],
    'unsafe-sysctls': ['sysctl/unsafe', 'sysctl/not-namespaced'],
    'dnsconfig-options': ['dns/search-list-detour'],
    'no-anti-affinity': spread,
  },
  'kube-score': {
    'pod-networkpolicy': isolation,
    'networkpolicy-targets-pod': ['network-policy/selects-nothing'],
    'ingress-targets-service': backends,
    'service-targets-pod': ['service/selects-nothing'],
    'statefulset-has-servicename': ['service/wrong-governing-service'],
    'pod-topology-spread-constraints': ['placement/unknown-topology-key'],
    'deployment-has-host-podantiaffinity': spread,
    'statefulset-has-host-podantiaffinity': spread,
  },
  checkov: {
    CKV2_K8S_6: isolation,
  },
  polaris: {
    missingNetworkPolicy: isolation,
    readinessProbeMissing: ['service/missing-readiness-probe'],
  },
};

/** How each of them writes on an object that a check does not count for it. */
const isExemptBy: Readonly<Record<Peer, (resource: Resource, check: string) => boolean>> = {
  'kube-linter': (resource, check) => resource.annotation(`ignore-check.kube-linter.io/${check}`).exists,
  'kube-score': (resource, check) =>
    (resource.annotation('kube-score/ignore').string ?? '').split(',').some(name => name.trim() === check),
  checkov: (resource, check) =>
    resource
      .at('metadata', 'annotations')
      .entries()
      .some(({ key, text = '' }) => /^checkov\.io\/skip\d+$/.test(String(key)) && text.split('=')[0]?.trim() === check),
  polaris: (resource, check) => resource.annotation(`polaris.fairwinds.com/${check}-exempt`).text === 'true',
};

/** Whether annotations for other linters silence what a rule says of an object, and of others that it rests on. */
export function isHonored(
  honors: readonly Peer[],
  rule: string,
  owner: Resource | undefined,
  on: readonly Resource[],
): boolean {
  const objects = isolation.includes(rule) ? on : owner ? [owner] : [];
  return honors.some(peer => {
    const checks = Object.entries(rulesOfChecks[peer]).filter(([, rules]) => rules.includes(rule));
    const isExempt = (object: Resource) => checks.some(([check]) => isExemptBy[peer](object, check));
    return checks.length > 0 && objects.length > 0 && objects.every(isExempt);
  });
}
