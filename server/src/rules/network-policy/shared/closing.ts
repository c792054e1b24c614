import { clusterDnsKinds, clusterDnsOf } from '../../../kube/dns/cluster-dns';
import { dnsRule } from '../../../kube/policies/allow-dns';
import { type Direction, rulesOf } from '../../../kube/policies/network-policy';
import { nameOf, type Resource } from '../../../kube/resource';
import type { Cluster } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Node } from '../../../yaml/node';

export const closingKinds = clusterDnsKinds;

/** Takes rules away that allow too much. Egress keeps DNS, without which nothing else would work either. */
export function closingFix(
  cluster: Cluster<(typeof closingKinds)[number]>,
  policy: Resource,
  direction: Direction,
  open: readonly Node[],
): Fix {
  const isAll = open.length === rulesOf(policy, direction).length;
  // Other egress rules may be what is needed; DNS among them is for network-policy/egress-without-dns to judge.
  const needsDns = direction === 'egress' && isAll;
  const name = nameOf(policy);
  const kept = isAll
    ? `Let '${name}' allow ${needsDns ? 'only DNS' : 'nothing'}`
    : `Keep only the other rules of '${name}'`;
  return fix(`${kept} (cuts other calls)`, edits => {
    const list = policy.at('spec', direction);
    if (isAll) return edits.set(list, needsDns ? [dnsRule(clusterDnsOf(cluster))] : []);
    for (const rule of open) edits.remove(rule);
    return edits;
  });
}
