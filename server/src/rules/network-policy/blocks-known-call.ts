import { clusterDnsKinds } from '../../kube/dns/cluster-dns';
import { workloadKinds } from '../../kube/pods/workload';
import type { Direction } from '../../kube/policies/network-policy';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf } from '../../kube/resource';
import type { Cluster, Namespace } from '../../kube/view';
import { ownerOf } from '../../lint/place';
import { defineRule, type Related } from '../../lint/rule';
import {
  isDenying,
  isFinal,
  type KnownCall,
  knownAmong,
  portItemsOf,
  reasonAt,
} from '../../network/answers/known-calls';
import { type Call, callKinds, callsOfCaller } from '../../network/calls/calls';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Reason } from '../../network/policies/reasons';
import { listedInShort } from '../../text/words';
import { callFix } from './shared/call-fixes';

const kinds = [...new Set([...networkKinds, ...callKinds, ...policyMakerKinds, ...clusterDnsKinds])] as const;

export default defineRule({
  id: 'network-policy/blocks-known-call',
  title: 'Policies let through the calls that workloads are configured to make',
  severity: 'warning',
  per: 'scope',
  kinds,
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  ],

  check(cluster, report) {
    if (cluster.of('NetworkPolicy', ...adminKinds).length === 0) return;
    if (cluster.of(...policyMakerKinds).some(makesPolicies)) return;
    const calls = judgedCallsOf(cluster);
    if (calls.length === 0) return;
    const network = networkOf(cluster);
    for (const known of knownAmong(calls, network)) {
      const { call, source, targets } = known;
      // Of several workloads behind a Service one that answers is enough, and may be the one that is applied.
      const isDenied = targets.every(
        ({ pod, connections }) => network.between(source, pod).of(connections) === 'denied',
      );
      const [target] = targets;
      const [evidence, ...more] = call.evidence;
      if (!isDenied || target === undefined || evidence === undefined) continue;
      const denials = (['egress', 'ingress'] as const).flatMap((end): Denial[] => {
        const reason = reasonAt(network, end, source, target);
        return isDenying(reason) ? [{ end, reason }] : [];
      });
      if (denials.length === 0) continue;
      report(evidence.at, messageFor(known, denials), {
        on: [call.caller, ...call.workloads],
        related: [
          ...denials.flatMap(({ reason }) => relatedTo(reason)),
          ...more.slice(0, 3).map(({ at }) => ({ at, message: 'this says so too' })),
        ],
        // An admin policy speaks first: before it no NetworkPolicy is asked.
        fixes: denials.some(({ reason }) => isFinal(reason)) ? [] : [callFix(cluster, network, known)],
      });
    }
  },
});

/** The calls of which something that is judged says so: the caller, or a ConfigMap that it reads. */
function judgedCallsOf(cluster: Cluster<(typeof kinds)[number]>): readonly Call[] {
  const callers =
    cluster.judged('ConfigMap').length > 0 ? cluster.of(...workloadKinds) : cluster.judged(...workloadKinds);
  const isJudged = ({ caller, evidence: [first] }: Call) => first && cluster.judges(ownerOf(first.at) ?? caller);
  return callers.flatMap(caller => callsOfCaller(cluster, caller)).filter(isJudged);
}

/** An end of a call whose policies let nothing of it through. */
interface Denial {
  readonly end: Direction;
  readonly reason: Reason;
}

const adminKinds = [
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
] as const;

function messageFor({ call, targets }: KnownCall, denials: readonly Denial[]): string {
  const caller = nameOf(call.caller);
  const [target] = targets;
  const ports = target ? portItemsOf(target.connections).map(({ protocol, port }) => `${protocol} ${port}`) : [];
  const callee = `'${nameOf(call.callee)}'${placeOf(call.calleeNamespace, call.callerNamespace)}`;
  const why = denials.map(({ end, reason }) => reasonIn(end, caller, nameOf(call.callee), reason)).join('; and ');
  const advice = denials.some(({ reason }) => isFinal(reason))
    ? 'Change that policy: no NetworkPolicy overrules it.'
    : denials.length > 1
      ? 'Both ends have to allow it.'
      : 'Allow it there.';
  return `This has '${caller}' call ${callee}, which ends on ${ports.join(', ')}, and that is denied: ${why}. ${advice}`;
}

type Named = Pick<Namespace<never>, 'name'>;

function placeOf(callee: Named, caller: Named): string {
  return callee.name === caller.name ? '' : ` in namespace '${callee.name}'`;
}

function reasonIn(end: 'egress' | 'ingress', caller: string, callee: string, { isolating, denying }: Reason): string {
  if (isolating.length === 0)
    return `policy ${listedInShort(denying.map(({ placed }) => nameOf(placed.policy.resource)))} denies it`;
  const names = listedInShort(isolating.map(({ policy }) => nameOf(policy.resource)));
  return end === 'egress'
    ? `policy ${names} isolates '${caller}' for egress, and no policy lets it out there`
    : `policy ${names} isolates '${callee}' for ingress, and no policy lets '${caller}' in`;
}

function relatedTo({ isolating, denying }: Reason): readonly Related[] {
  return [
    ...isolating
      .slice(0, 3)
      .map(({ policy }) => ({ at: policy.resource.name, message: `'${nameOf(policy.resource)}' isolates` })),
    ...denying.slice(0, 3).map(({ rule }) => ({ at: rule.node, message: 'this denies' })),
  ];
}
