import { allowPolicy, peerOf, ruleOf } from '../../kube/allow-policy';
import { type clusterDnsKinds, clusterDnsOf } from '../../kube/cluster-dns';
import { dnsRule, type Manifest } from '../../kube/default-deny';
import { type Direction, rulesOf, selectsByDefault } from '../../kube/network-policy';
import type { Cluster, Fix } from '../../lint/rule';
import { isFinal, type KnownCall, portItemsOf } from '../../network/isolate-calls';
import type { Pod } from '../../network/pods';
import type { Reason } from '../../network/reasons';
import { ownLabelsOf } from '../../network/references-pods';
import type { Node } from '../../yaml/node';
import { nameOf } from './words';

/** An end of a call whose policies let nothing of it through. */
export interface Denial {
  readonly end: Direction;
  readonly subject: Pod;
  readonly reason: Reason;
}

type View = Cluster<'NetworkPolicy' | (typeof clusterDnsKinds)[number]>;

/**
 * Allows a call at each end that denies it: in a policy that is for the pods of that end, else, where only a default deny
 * isolates them, in a new one. None where an admin policy denies, before which no NetworkPolicy is asked.
 */
export function fixFor(cluster: View, known: KnownCall, denials: readonly Denial[]): readonly Fix[] {
  if (denials.some(({ reason }) => isFinal(reason))) return [];
  const { call, source, targets } = known;
  const additions: { readonly list: Node; readonly rule: Manifest }[] = [];
  const created: Manifest[] = [];
  const base = `allow-${nameOf(call.caller)}-to-${nameOf(call.callee)}`;
  for (const { end, subject, reason } of denials) {
    const others = end === 'egress' ? targets.map(({ pod }) => pod) : [source];
    const rules = targets.map(({ connections }, i) => {
      const other = others[i] ?? source;
      const elsewhere = other.namespaceName === subject.namespaceName ? undefined : other.namespaceName;
      return ruleOf(end, [peerOf(ownLabelsOf(other.workload), elsewhere)], portItemsOf(connections));
    });
    const own = reason.isolating.find(({ policy, isDoubtful }) => {
      return !isDoubtful && selectsByDefault(policy.resource.at('spec', 'podSelector')) === false;
    });
    const wanted = withDns(cluster, end, reason, rules);
    if (own) for (const rule of wanted) additions.push({ list: own.policy.resource.at('spec', end), rule });
    else created.push(newPolicy(cluster, base, end, subject, wanted));
  }
  const where = additions.length > 0 && created.length === 0 ? ' in the policies of the pods' : '';
  return [
    {
      title: `Let '${nameOf(call.caller)}' call '${nameOf(call.callee)}'${where}`,
      safe: false,
      preferred: true,
      edit: edits => {
        const counts = new Map<Node, number>();
        for (const { list, rule } of additions) {
          const count = counts.get(list) ?? list.items().length;
          counts.set(list, count + 1);
          if (list.exists && list.items().length === 0) edits.set(list, [rule]);
          else edits.set(list.at(count), rule);
        }
        if (created.length > 0) edits.createFile(`${base}.yaml`, created);
      },
    },
  ];
}

/** Pods that could call nobody so far had no use for DNS; now they have. */
function withDns(
  cluster: View,
  end: Direction,
  { isolating }: Reason,
  rules: readonly Manifest[],
): readonly Manifest[] {
  const wasMute = isolating.every(({ policy }) => rulesOf(policy.resource, 'egress').length === 0);
  return end === 'egress' && wasMute ? [...rules, dnsRule(clusterDnsOf(cluster))] : rules;
}

function newPolicy(cluster: View, base: string, end: Direction, subject: Pod, rules: readonly Manifest[]): Manifest {
  const taken = new Set(cluster.of('NetworkPolicy').map(nameOf));
  const wanted = `${base}-${end}`;
  const name = taken.has(wanted) ? `${wanted}-2` : wanted;
  const written = subject.workload.namespace === undefined ? undefined : subject.namespaceName;
  return allowPolicy(name, written, ownLabelsOf(subject.workload), {
    ingress: end === 'ingress' ? rules : [],
    egress: end === 'egress' ? rules : [],
  });
}
