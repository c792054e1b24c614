/** One of the eleven strategies of the article "11 Ways to Optimize Kubernetes Networking", and what here serves it. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
  /** Areas, which stand for every rule of theirs, those to come included; and ids of single rules. */
  readonly rules: readonly string[];
  /** Prefixes of snippets. One stands also for those that go on behind a dash: `istio` for `istio-namespace`. */
  readonly snippets: readonly string[];
}

/** The chapters in the article's order. A rule or a snippet may serve several. */
export const chapters: readonly Chapter[] = [
  {
    number: 1,
    title: 'The CNI plugin',
    rules: ['cni', 'network-policy/unenforced-by-cni'],
    snippets: ['calico-installation', 'kind-cluster-no-cni'],
  },
  {
    number: 2,
    title: 'Network policies',
    rules: ['network-policy'],
    snippets: ['netpol', 'cilium', 'calico-default-deny', 'clusternetworkpolicy'],
  },
  {
    number: 3,
    title: 'DNS',
    rules: ['coredns', 'corefile', 'dns', 'node-local-dns', 'network-policy/egress-without-dns'],
    snippets: ['coredns', 'nodelocal-dns', 'pod-dns', 'netpol-allow-dns'],
  },
  {
    number: 4,
    title: 'Service mesh',
    rules: ['mesh'],
    snippets: ['istio', 'linkerd'],
  },
  {
    number: 5,
    title: 'TCP/IP tuning',
    rules: ['sysctl'],
    snippets: ['pod-sysctls', 'kubelet-allowed-sysctls'],
  },
  {
    number: 6,
    title: 'Compression',
    rules: ['ingress/missing-compression', 'ingress/gzip-without-json'],
    snippets: ['nginx-gzip', 'ingress-nginx-gzip', 'traefik-compress', 'traefik-ingressroute'],
  },
  {
    number: 7,
    title: 'Segmentation',
    rules: [
      'network-policy/missing-default-deny-ingress',
      'network-policy/missing-default-deny-egress',
      'network-policy/allows-whole-cluster',
      'network-policy/in-cluster-ip-block',
      'network-policy/superseded-admin-policy',
      'cni/ippool-annotation-format',
      'cni/ippool-both-encapsulations',
      'cni/unknown-ippool',
      'sysctl/pod-security-conflict',
    ],
    snippets: [
      'netpol-default-deny',
      'netpol-allow-from-namespace',
      'clusternetworkpolicy',
      'cilium-clusterwide-default-deny',
      'calico-default-deny',
      'calico-ippool',
    ],
  },
  {
    number: 8,
    title: 'Monitoring',
    rules: ['monitoring', 'coredns/prometheus-localhost', 'network-policy/allows-whole-cluster'],
    snippets: ['servicemonitor', 'netpol-allow-prometheus'],
  },
  {
    number: 9,
    title: 'Load balancing',
    rules: ['ingress', 'gateway', 'service'],
    snippets: [
      'ingress-nginx-ewma',
      'ingress-f5',
      'traefik-ingressroute',
      'gateway',
      'grpcroute',
      'httproute',
      'referencegrant',
      'backendtlspolicy',
      'service-dual-stack',
      'istio-destinationrule',
    ],
  },
  {
    number: 10,
    title: 'Connection pooling',
    rules: ['pooling', 'ingress/no-upstream-keepalive'],
    snippets: ['pgbouncer', 'cnpg-pooler', 'proxysql', 'istio-destinationrule'],
  },
  {
    number: 11,
    title: 'Traffic between nodes',
    rules: ['placement', 'kube-proxy'],
    snippets: ['pod-affinity', 'topology-spread', 'service-traffic-distribution', 'kube-proxy', 'pdb'],
  },
];

/** Areas whose rules keep the files themselves in order, whatever they are about. */
export const generalAreas: readonly string[] = ['api', 'config', 'ignore', 'yaml'];
