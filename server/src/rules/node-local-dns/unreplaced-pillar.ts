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
import { clusterDomain, dnsAddresses, ownsServiceAddresses, proxyModes, surroundingKinds } from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/unreplaced-pillar',
  title: 'The variables of the NodeLocal DNSCache manifest are replaced',
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
        report(
          { in: first.node, range: first.range },
          { what: `'${first.text}' is not replaced`, ...meanings[pillar] },
          {
            related: others.map(({ node, range }) => ({ at: { in: node, range }, message: 'Here too' })),
            fixes: fixesFor(
              pillar,
              all.filter(word => word.pillar === pillar),
              cluster,
            ),
          },
        );
      }
    }
  },
});

const meanings: Record<Pillar, { readonly why: string; readonly how: string }> = {
  LOCAL__DNS: {
    why: 'NodeLocal DNSCache takes it literally as the address to listen on, and its pods do not start.',
    how: 'Write the local address of node-cache, usually 169.254.20.10.',
  },
  DNS__DOMAIN: {
    why: 'NodeLocal DNSCache takes it literally as a zone, so the names of Services are not found.',
    how: "Write the cluster's domain, cluster.local unless kubelets are configured otherwise.",
  },
  DNS__SERVER: {
    why: 'NodeLocal DNSCache takes it literally as an address to listen on, and its pods do not start.',
    how: "Write the cluster IP of the Service 'kube-dns'; remove it where kube-proxy runs in ipvs mode.",
  },
};

function fixesFor(pillar: Pillar, words: readonly PillarWord[], cluster: SurroundingCluster): readonly Fix[] {
  if (pillar === 'LOCAL__DNS') return [filled(words, usualLocalAddress)];
  if (pillar === 'DNS__DOMAIN') return [filled(words, clusterDomain(cluster))];
  if (ownsServiceAddresses(proxyModes(cluster))) return [removed(words)];
  const [address] = dnsAddresses(cluster);
  if (address !== undefined) return [filled(words, address)];
  return [
    filled(words, '10.96.0.10', " (kubeadm's; compare Service kube-dns)"),
    filled(words, '10.43.0.10', ' (k3s and RKE2)'),
  ];
}

type SurroundingCluster = Cluster<(typeof surroundingKinds)[number]>;

function filled(words: readonly PillarWord[], value: string, note = ''): Fix {
  return fix(`Fill in ${value}${note}`, edits => editAll(edits, words, ({ range }) => ({ range, text: value })));
}

/** kube-proxy holds the address itself in these modes, so that node-cache listens on the other one alone. */
function removed(words: readonly PillarWord[]): Fix {
  return fix('Remove it: in this mode kube-proxy holds that address', edits =>
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
