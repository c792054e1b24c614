import { clusterDnsKinds, clusterDnsOf } from '../../kube/dns/cluster-dns';
import { editCorefile } from '../../kube/dns/corefile-edit';
import { clusterDnsAddressesIn, kubeletDnsKinds } from '../../kube/dns/kubelet-dns';
import { isLocalAddress, isUniqueLocal, listenListsOf, type Word } from '../../kube/dns/node-local-dns';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { add } from '../../text/maps';
import type { TextEdit } from '../../text/range';
import type { Node } from '../../yaml/node';
import { dnsAddresses, proxyModes, surroundingKinds } from './shared/surroundings';

export default defineRule({
  id: 'node-local-dns/ipvs-mismatch',
  title: 'NodeLocal DNSCache fits kube-proxy in ipvs mode',
  severity: 'error',
  per: 'scope',
  kinds: [...surroundingKinds, 'ConfigMap', 'DaemonSet', ...kubeletDnsKinds, ...clusterDnsKinds],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/'],

  check(cluster, report) {
    const modes = proxyModes(cluster);
    const [mode] = modes;
    // Where files hold alternatives, nobody knows which of them run together.
    if (mode === undefined || modes.some(({ value }) => value !== 'ipvs')) return;
    const [usual] = clusterDnsOf(cluster).nodeLocal;
    if (usual === undefined) return;
    const ipvs = { at: mode.at, message: 'Mode of kube-proxy is ipvs' };
    const lists = cluster.of('ConfigMap', 'DaemonSet').map(listenListsOf);
    const services = dnsAddresses(cluster);
    const isOfService = ({ text }: Word) => isServiceAddress(text, services);
    const own = lists.flat(2).filter(word => isAddress(word.text) && !isOfService(word));
    const local = own.some(({ text }) => text === usual) ? usual : (own[0]?.text ?? usual);
    for (const ofOne of lists) {
      const [first, ...others] = ofOne.flat().filter(isOfService);
      if (first === undefined) continue;
      report(
        { in: first.node, range: first.range },
        {
          what: `NodeLocal DNSCache cannot listen on ${first.text} in ipvs mode`,
          why: 'On every node kube-proxy binds the addresses of Services itself, so they are taken.',
          how: `Listen on ${local} only, and set it as clusterDNS of the kubelets.`,
        },
        {
          related: [...others.map(({ node, range }) => ({ at: { in: node, range }, message: 'Here too' })), ipvs],
          fixes: [listenLocally(lists.flat(), local, isOfService)],
        },
      );
    }
    for (const address of cluster
      .of('KubeletConfiguration.kubelet.config.k8s.io', 'ConfigMap')
      .flatMap(clusterDnsAddressesIn)) {
      if (!isServiceAddress(address.string ?? '', services)) continue;
      report(
        address,
        {
          what: `Kubelets point pods to ${address.string}, not to NodeLocal DNSCache`,
          why: `In ipvs mode the cache on the node listens on ${local} only, so pods bypass it.`,
          how: `Set clusterDNS to ${local}.`,
        },
        {
          related: [ipvs],
          fixes: [set(`Use ${local}`, address, local)],
        },
      );
    }
  },
});

/** Not the name of an interface. */
const isAddress = (text: string) => /^[\d.]+$|:/.test(text);

/** Of IPv6 both lie in fd00::/8, so there only an address that a Service shows is known to be one. */
function isServiceAddress(text: string, services: readonly string[]): boolean {
  if (services.includes(text)) return true;
  return isAddress(text) && !isLocalAddress(text) && !isUniqueLocal(text);
}

type IsOfService = (word: Word) => boolean;

function listenLocally(lists: readonly (readonly Word[])[], local: string, isOfService: IsOfService): Fix {
  const byNode = new Map<Node, TextEdit[]>();
  for (const list of lists) {
    const [first] = list;
    if (first !== undefined) add(byNode, first.node, ...kept(list, local, isOfService));
  }
  return fix(`Listen on ${local} alone`, edits => {
    for (const [node, changes] of byNode) editCorefile(edits, node, changes);
  });
}

/** Takes the addresses of Services out of a list, each with what parts it from its neighbour; the last one is replaced. */
function kept(list: readonly Word[], local: string, isOfService: IsOfService): readonly TextEdit[] {
  const right = list.findIndex(word => !isOfService(word));
  return list.flatMap((word, index): TextEdit[] => {
    if (!isOfService(word)) return [];
    if (right < 0 && index === 0) return [{ range: word.range, text: local }];
    const next = list[index + 1];
    const previous = list[index - 1];
    if (index < right && next !== undefined) {
      return [{ range: { start: word.range.start, end: next.range.start }, text: '' }];
    }
    return [{ range: { start: previous?.range.end ?? word.range.start, end: word.range.end }, text: '' }];
  });
}
