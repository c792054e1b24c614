import { clusterDnsKinds, clusterDnsOf } from '../../kube/dns/cluster-dns';
import { editCorefile } from '../../kube/dns/corefile-edit';
import { clusterDnsAddressesIn, kubeletDnsKinds } from '../../kube/dns/kubelet-dns';
import { isLocalAddress, listenListsOf, type Word } from '../../kube/dns/node-local-dns';
import { proxyModeKinds } from '../../kube/nodes/kube-proxy';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { add } from '../../text/maps';
import type { TextEdit } from '../../text/range';
import type { Node } from '../../yaml/node';
import { proxyModes } from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/ipvs-mismatch',
  title: 'NodeLocal DNSCache fits to kube-proxy in ipvs mode',
  severity: 'error',
  per: 'scope',
  kinds: [...proxyModeKinds, 'ConfigMap', 'DaemonSet', ...kubeletDnsKinds, ...clusterDnsKinds],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/'],

  check(cluster, report) {
    const modes = proxyModes(cluster);
    const [mode] = modes;
    // Where files hold alternatives, nobody knows which of them run together.
    if (mode === undefined || modes.some(({ value }) => value !== 'ipvs')) return;
    const [local] = clusterDnsOf(cluster).nodeLocal;
    if (local === undefined) return;
    const ipvs = { at: mode.at, message: 'kube-proxy runs in ipvs mode.' };
    const lists = cluster.of('ConfigMap', 'DaemonSet').map(listenListsOf);
    for (const ofOne of lists) {
      const [first, ...others] = ofOne.flat().filter(isServiceAddress);
      if (first === undefined) continue;
      report(
        { in: first.node, range: first.range },
        `In ipvs mode kube-proxy holds the addresses of Services on every node itself, so node-cache can't listen on ${first.text} too. It listens on ${local} alone, and kubelets tell pods to ask there (clusterDNS).`,
        {
          related: [...others.map(({ node, range }) => ({ at: { in: node, range }, message: 'Here too.' })), ipvs],
          fixes: [listenLocally(lists.flat(), local)],
        },
      );
    }
    for (const address of cluster
      .of('KubeletConfiguration.kubelet.config.k8s.io', 'ConfigMap')
      .flatMap(clusterDnsAddressesIn)) {
      if (isLocalAddress(address.string ?? '')) continue;
      report(
        address,
        `In ipvs mode NodeLocal DNSCache answers on ${local} only, but kubelets tell pods to ask ${address.string}: the cache on the node is never asked.`,
        {
          related: [ipvs],
          fixes: [set(`Use ${local}`, address, local)],
        },
      );
    }
  },
});

function isServiceAddress({ text }: Word): boolean {
  return !isLocalAddress(text) && /^[\d.]+$|:/.test(text);
}

function listenLocally(lists: readonly (readonly Word[])[], local: string): Fix {
  const byNode = new Map<Node, TextEdit[]>();
  for (const list of lists) {
    const [first] = list;
    if (first !== undefined) add(byNode, first.node, ...kept(list, local));
  }
  return fix(`Listen on ${local} alone`, edits => {
    for (const [node, changes] of byNode) editCorefile(edits, node, changes);
  });
}

/** Takes the addresses of Services out of a list, each with what parts it from its neighbour; the last one is replaced. */
function kept(list: readonly Word[], local: string): readonly TextEdit[] {
  const right = list.findIndex(word => !isServiceAddress(word));
  return list.flatMap((word, index): TextEdit[] => {
    if (!isServiceAddress(word)) return [];
    if (right < 0 && index === 0) return [{ range: word.range, text: local }];
    const next = list[index + 1];
    const previous = list[index - 1];
    if (index < right && next !== undefined) {
      return [{ range: { start: word.range.start, end: next.range.start }, text: '' }];
    }
    return [{ range: { start: previous?.range.end ?? word.range.start, end: word.range.end }, text: '' }];
  });
}
