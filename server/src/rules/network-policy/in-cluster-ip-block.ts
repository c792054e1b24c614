import { clusterRangeKinds, clusterRangesIn, mainServiceRangeOf } from '../../kube/nodes/cluster-range';
import { directions, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { defineRule, type Message } from '../../lint/rule';
import { type AddressSet, parseCidr } from '../../network/sets/addresses';
import { includes } from '../../network/sets/intervals';

export default defineRule({
  id: 'network-policy/in-cluster-ip-block',
  title: 'ipBlock peers are addresses outside the cluster',
  severity: 'info',
  per: 'scope',
  kinds: ['NetworkPolicy', ...clusterRangeKinds],
  subjects: ['NetworkPolicy'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  ],

  check(cluster, report) {
    const ranges = cluster.of(...clusterRangeKinds).flatMap(resource =>
      clusterRangesIn(resource).flatMap(range => {
        const parsed = parseCidr(range.cidr);
        const isMain = range === mainServiceRangeOf(resource);
        return parsed ? [{ ...range, isMain, addresses: parsed.addresses }] : [];
      }),
    );
    for (const policy of cluster.judged('NetworkPolicy')) {
      const rules = directions.flatMap(direction =>
        rulesOf(policy, direction).flatMap(rule => peersOf(rule, direction).items()),
      );
      for (const cidr of rules.map(peer => peer.at('ipBlock', 'cidr'))) {
        const block = parseCidr(cidr.string ?? '');
        const range = block && ranges.find(({ addresses }) => includes(addresses, block.addresses));
        if (block === undefined || range === undefined) continue;
        const isApiServer = range.isMain && isFirst(block.addresses, range.addresses);
        report(cidr, isApiServer ? apiServer(cidr.text) : messageFor[range.of](cidr.text, range.cidr), {
          related: [{ at: range.node, message: `Addresses of ${range.of}: ${range.cidr}` }],
        });
      }
    }
  },
});

const messageFor = {
  pods: (block: string | undefined, range: string): Message => ({
    what: `CIDR '${block}' holds addresses of pods`,
    why: `The cluster assigns ${range} to pods, and a pod gets another address each time it starts.`,
    how: 'Select the pods by their labels.',
  }),
  Services: (block: string | undefined, range: string): Message => ({
    what: `CIDR '${block}' holds addresses of Services`,
    why: `The cluster assigns ${range} to Services. Most network plugins match the pods behind a Service, never its own address.`,
    how: 'Select the pods behind the Service by their labels.',
  }),
};

/** It runs outside of the pod network, so that there are no pods to select. */
const apiServer = (block: string | undefined): Message => ({
  what: `CIDR '${block}' is the Service address of the API server`,
  why: "Most network plugins match the endpoints of Service 'kubernetes', never its own address. They are outside the pod network, so no selector matches them either.",
  how: "Write the control plane's addresses and the endpoint port, usually 6443 ('kubectl get endpointslices -n default' lists both).",
});

/** Whether a block is the one address behind that of the range itself. */
function isFirst([block]: AddressSet, [range]: AddressSet): boolean {
  return (
    block !== undefined && range !== undefined && block.start === range.start + 1n && block.end - block.start === 1n
  );
}
