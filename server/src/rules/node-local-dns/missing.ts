import { isNodeCache, nodeLocalKinds, usualLocalAddress } from '../../kube/dns/node-local-dns';
import { labelsOf } from '../../kube/labels';
import { ciliumReplacementKinds, ciliumReplacementsIn, replacesKubeProxy } from '../../kube/nodes/cni-cilium';
import type { Workload } from '../../kube/pods/workload';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nodeLocalManifests, type Site } from './shared/manifest';
import {
  clusterDomain,
  dnsAddress,
  dnsDeployment,
  ownsServiceAddresses,
  proxyModes,
  surroundingKinds,
} from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/missing',
  title: 'Nodes have a DNS cache of their own',
  severity: 'hint',
  per: 'scope',
  kinds: [...surroundingKinds, ...nodeLocalKinds, ...ciliumReplacementKinds],
  default: 'off',
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/',
    'https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns',
  ],

  check(cluster, report) {
    const deployment = dnsDeployment(cluster);
    if (deployment === undefined) return;
    if (cluster.of('DaemonSet').some(daemonSet => isNodeCache(daemonSet))) return;
    const isCilium = cluster
      .of(...ciliumReplacementKinds)
      .flatMap(ciliumReplacementsIn)
      .some(replacesKubeProxy);
    const how = isCilium ? ' Where Cilium replaces kube-proxy, it also needs a CiliumLocalRedirectPolicy.' : '';
    report(
      deployment.name,
      `CoreDNS is deployed here without NodeLocal DNSCache: every lookup of every pod crosses the network to one of its pods, over UDP and through connection tracking. A cache on each node answers most of them where they are asked, and forwards the others over TCP.${how}`,
      { fixes: isCilium ? [] : [written(siteOf(cluster, deployment))] },
    );
  },
});

/** Without the address of the DNS Service node-cache listens on its own one alone, which fits to every mode. */
function siteOf(cluster: Cluster<(typeof surroundingKinds)[number]>, deployment: Workload): Site {
  const server = dnsAddress(cluster);
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
  const then =
    site.listening === 'own'
      ? ` on ${site.local} (kubelets must then be told: clusterDNS)`
      : ` on ${site.local} and ${site.server}, the address that pods ask already`;
  return fix(`Write NodeLocal DNSCache to a new file, listening${then}`, edits =>
    edits.createFile('node-local-dns.yaml', nodeLocalManifests(site)),
  );
}
