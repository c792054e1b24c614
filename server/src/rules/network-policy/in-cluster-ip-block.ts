import { clusterRangeKinds, clusterRangesIn } from '../../kube/nodes/cluster-range';
import { directions, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { defineRule } from '../../lint/rule';
import { parseCidr } from '../../network/sets/addresses';
import { includes } from '../../network/sets/intervals';

export default defineRule({
  id: 'network-policy/in-cluster-ip-block',
  title: 'An ipBlock is for addresses outside of the cluster',
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
        return parsed ? [{ ...range, addresses: parsed.addresses }] : [];
      }),
    );
    for (const policy of cluster.judged('NetworkPolicy')) {
      const rules = directions.flatMap(direction =>
        rulesOf(policy, direction).flatMap(rule => peersOf(rule, direction).items()),
      );
      for (const cidr of rules.map(peer => peer.at('ipBlock', 'cidr'))) {
        const block = parseCidr(cidr.string ?? '');
        const range = block && ranges.find(({ addresses }) => includes(addresses, block.addresses));
        if (range === undefined) continue;
        const why =
          range.of === 'pods'
            ? 'Pods get other addresses whenever they start'
            : 'Most network plugins see the addresses of the pods behind a Service, and never its own';
        report(
          cidr,
          `${cidr.string} lies in ${range.cidr}, from which this cluster gives addresses to ${range.of}. ${why}, so select the pods by their labels.`,
          { related: [{ at: range.node, message: `addresses of ${range.of}: ${range.cidr}` }] },
        );
      }
    }
  },
});
