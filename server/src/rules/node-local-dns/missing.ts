import { isNodeCache, nodeLocalKinds, usualLocalAddress } from '../../kube/dns/node-local-dns';
import { labelsOf } from '../../kube/labels';
import { ciliumReplacementKinds, ciliumReplacementsIn, replacesKubeProxy } from '../../kube/nodes/cni-cilium';
import type { Workload } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nodeLocalManifests, type Site } from './shared/manifest';
import {
  clusterDomain,
  dnsAddresses,
  dnsDeployment,
  ownsServiceAddresses,
  proxyModes,
  surroundingKinds,
} from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/missing',
  title: 'Nodes run NodeLocal DNSCache',
  severity: 'hint',
  per: 'scope',
  kinds: [...surroundingKinds, ...nodeLocalKinds, ...ciliumReplacementKinds],
  default: 'off',
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/',
    'https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns',
    'https://github.com/kubernetes/dns/issues/682',
  ],

  check(cluster, report) {
    const deployment = dnsDeployment(cluster);
    if (deployment === undefined) return;
    if (cluster.of('DaemonSet').some(daemonSet => isNodeCache(daemonSet))) return;
    const isCilium = cluster
      .of(...ciliumReplacementKinds)
      .flatMap(ciliumReplacementsIn)
      .some(replacesKubeProxy);
    report(
      deployment.name,
      {
        what: `CoreDNS '${nameOf(deployment)}' runs without NodeLocal DNSCache`,
        why: 'Every lookup crosses the network to a pod of CoreDNS, over UDP and through connection tracking, where a lost packet costs seconds.',
        how: isCilium
          ? 'Deploy NodeLocal DNSCache with a CiliumLocalRedirectPolicy, which it needs where Cilium replaces kube-proxy.'
          : 'Deploy NodeLocal DNSCache, which answers most lookups on the node and forwards the others over TCP.',
      },
      { fixes: isCilium ? [] : [written(siteOf(cluster, deployment))] },
    );
  },
});

/** Without the address of the DNS Service node-cache listens on its own one alone, which fits to every mode. */
function siteOf(cluster: Cluster<(typeof surroundingKinds)[number]>, deployment: Workload): Site {
  const [server] = dnsAddresses(cluster);
  const isOwn = server === undefined || ownsServiceAddresses(proxyModes(cluster));
  const selector = Object.fromEntries(labelsOf(deployment.at('spec', 'selector', 'matchLabels')));
  return {
    domain: clusterDomain(cluster),
    local: usualLocalAddress,
    server,
    listening: isOwn ? 'own' : 'shared',
    selector: Object.keys(selector).length > 0 ? selector : { 'k8s-app': 'kube-dns' },
  };
}

function written(site: Site): Fix {
  const then = site.listening === 'own' ? `; kubelets need it as clusterDNS` : ` (${site.local} and ${site.server})`;
  return fix(`Write NodeLocal DNSCache${then}`, edits =>
    edits.createFile('node-local-dns.yaml', nodeLocalManifests(site)),
  );
}
