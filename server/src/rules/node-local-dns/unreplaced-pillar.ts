import { editCorefile } from '../../kube/dns/corefile-edit';
import { nodeLocalKinds, usualLocalAddress } from '../../kube/dns/node-local-dns';
import { type Pillar, type PillarWord, pillarsIn } from '../../kube/dns/pillar';
import type { Cluster } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { add } from '../../text/maps';
import type { TextEdit } from '../../text/range';
import type { Edits } from '../../yaml/edit';
import type { Node } from '../../yaml/node';
import { clusterDomain, dnsAddress, ownsServiceAddresses, proxyModes, surroundingKinds } from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/unreplaced-pillar',
  title: 'The variables of the NodeLocal DNSCache manifest are filled in',
  severity: 'error',
  per: 'scope',
  kinds: [...surroundingKinds, ...nodeLocalKinds],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/'],

  check(cluster, report) {
    const resources = cluster.of(...nodeLocalKinds);
    const all = resources.flatMap(pillarsIn);
    for (const words of resources.map(pillarsIn)) {
      for (const pillar of new Set(words.map(word => word.pillar))) {
        const [first, ...others] = words.filter(word => word.pillar === pillar);
        if (first === undefined) continue;
        report({ in: first.node, range: first.range }, `'${first.text}' was not filled in: ${meanings[pillar]}`, {
          related: others.map(({ node, range }) => ({ at: { in: node, range }, message: 'Here too.' })),
          fixes: fixesFor(
            pillar,
            all.filter(word => word.pillar === pillar),
            cluster,
          ),
        });
      }
    }
  },
});

const meanings: Record<Pillar, string> = {
  LOCAL__DNS:
    'it is the address on which node-cache listens on every node, link-local and 169.254.20.10 by custom. Without it the pods do not start.',
  DNS__DOMAIN:
    "it is the cluster's domain, cluster.local unless kubelets say otherwise. Without it the names of Services are not found.",
  DNS__SERVER:
    "it is the cluster IP of the Service 'kube-dns', on which node-cache listens too in iptables mode. Without it the pods do not start.",
};

function fixesFor(pillar: Pillar, words: readonly PillarWord[], cluster: SurroundingCluster): readonly Fix[] {
  if (pillar === 'LOCAL__DNS') return [filled(words, usualLocalAddress)];
  if (pillar === 'DNS__DOMAIN') return [filled(words, clusterDomain(cluster))];
  if (ownsServiceAddresses(proxyModes(cluster))) return [removed(words)];
  const address = dnsAddress(cluster);
  if (address !== undefined) return [filled(words, address)];
  return [
    filled(words, '10.96.0.10', " (kube-dns as kubeadm has it: compare 'kubectl -n kube-system get service kube-dns')"),
    filled(words, '10.43.0.10', ' (kube-dns as k3s and RKE2 have it)'),
  ];
}

type SurroundingCluster = Cluster<(typeof surroundingKinds)[number]>;

function filled(words: readonly PillarWord[], value: string, note = ''): Fix {
  return fix(`Fill in ${value}${note}`, edits => editAll(edits, words, ({ range }) => ({ range, text: value })));
}

/** kube-proxy holds the address itself in these modes, so that node-cache listens on the other one alone. */
function removed(words: readonly PillarWord[]): Fix {
  return fix('Take it away, as kube-proxy holds that address itself in this mode', edits =>
    editAll(edits, words, ({ node, range }) => {
      const before = /(?<![,\s])[,\s]*$/.exec((node.string ?? '').slice(0, range.start))?.[0].length ?? 0;
      return { range: { start: range.start - before, end: range.end }, text: '' };
    }),
  );
}

function editAll(edits: Edits, words: readonly PillarWord[], change: (word: PillarWord) => TextEdit): void {
  const byNode = new Map<Node, TextEdit[]>();
  for (const word of words) add(byNode, word.node, change(word));
  for (const [node, changes] of byNode) editCorefile(edits, node, changes);
}
