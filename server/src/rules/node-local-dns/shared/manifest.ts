/** What a NodeLocal DNSCache must fit to. */
export interface Site {
  readonly domain: string;
  /** Where node-cache listens on every node. */
  readonly local: string;
  /** The cluster IP of the DNS Service; undefined where pods are to ask `local` alone, and node-cache finds it itself. */
  readonly server: string | undefined;
  /** shared: node-cache takes over the address of the Service. own: kube-proxy holds that itself (ipvs, nftables). */
  readonly listening: 'shared' | 'own';
  /** Labels of the pods of CoreDNS. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * The objects of NodeLocal DNSCache with its variables filled in, as the documentation says for the mode of kube-proxy.
 * (kubernetes/kubernetes:cluster/addons/dns/nodelocaldns/nodelocaldns.yaml)
 */
export function nodeLocalManifests(site: Site): readonly unknown[] {
  return [serviceAccount, upstream(site), configMap(site), daemonSet(site), metrics];
}

const image = 'registry.k8s.io/dns/k8s-dns-node-cache:1.26.4';
const app = { 'k8s-app': 'node-local-dns' };

function metadata(name: string): { readonly name: string; readonly namespace: string } {
  return { name, namespace: 'kube-system' };
}

const serviceAccount = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('node-local-dns') };

/** CoreDNS under a second address, which node-cache does not take over. */
function upstream({ selector }: Site) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('kube-dns-upstream'),
    spec: {
      selector,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      ],
    },
  };
}

function configMap(site: Site) {
  const { domain, local, server, listening } = site;
  const bind = listening === 'shared' && server !== undefined ? `${local} ${server}` : local;
  // node-cache puts in the address of kube-dns-upstream, except where kube-proxy would answer for it on the node.
  const cluster = listening === 'own' && server !== undefined ? server : '__PILLAR__CLUSTER__DNS__';
  const block = (zone: string, cache: readonly string[], forward: readonly string[], health: readonly string[]) =>
    [
      `${zone}:53 {`,
      '    errors',
      ...cache.map(line => `    ${line}`),
      '    reload',
      '    loop',
      `    bind ${bind}`,
      ...forward.map(line => `    ${line}`),
      '    prometheus :9253',
      ...health.map(line => `    ${line}`),
      '}',
      '',
    ].join('\n');
  // Over TCP queries do not take a place in the connection tracking of the node.
  const toCluster = [`forward . ${cluster} {`, '    force_tcp', '}'];
  const Corefile = [
    block(domain, ['cache {', '    success 9984 30', '    denial 9984 5', '}'], toCluster, [`health ${local}:8080`]),
    block('in-addr.arpa', ['cache 30'], toCluster, []),
    block('ip6.arpa', ['cache 30'], toCluster, []),
    block('.', ['cache 30'], ['forward . __PILLAR__UPSTREAM__SERVERS__'], []),
  ].join('');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('node-local-dns'), data: { Corefile } };
}

function daemonSet({ local, server, listening }: Site) {
  const localip = listening === 'shared' && server !== undefined ? `${local},${server}` : local;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { ...metadata('node-local-dns'), labels: app },
    spec: {
      updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } },
      selector: { matchLabels: app },
      template: {
        metadata: {
          labels: app,
          annotations: { 'prometheus.io/port': '9253', 'prometheus.io/scrape': 'true' },
        },
        spec: {
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'node-local-dns',
          hostNetwork: true,
          // It must not ask itself.
          dnsPolicy: 'Default',
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { effect: 'NoExecute', operator: 'Exists' },
            { effect: 'NoSchedule', operator: 'Exists' },
          ],
          containers: [container(local, localip)],
          volumes: [
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
            { name: 'kube-dns-config', configMap: { name: 'kube-dns', optional: true } },
            {
              name: 'config-volume',
              configMap: { name: 'node-local-dns', items: [{ key: 'Corefile', path: 'Corefile.base' }] },
            },
          ],
        },
      },
    },
  };
}

function container(local: string, localip: string) {
  return {
    name: 'node-cache',
    image,
    resources: { requests: { cpu: '25m', memory: '5Mi' } },
    args: ['-localip', localip, '-conf', '/etc/Corefile', '-upstreamsvc', 'kube-dns-upstream'],
    securityContext: { capabilities: { add: ['NET_ADMIN'] } },
    ports: [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9253, protocol: 'TCP' },
    ],
    livenessProbe: {
      httpGet: { host: local, path: '/health', port: 8080 },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
    },
    volumeMounts: [
      { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
      { name: 'config-volume', mountPath: '/etc/coredns' },
      { name: 'kube-dns-config', mountPath: '/etc/kube-dns' },
    ],
  };
}

const metrics = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...metadata('node-local-dns'), labels: app },
  spec: { clusterIP: 'None', selector: app, ports: [{ name: 'metrics', port: 9253, targetPort: 9253 }] },
};
