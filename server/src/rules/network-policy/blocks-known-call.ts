import { clusterDnsKinds } from '../../kube/dns/cluster-dns';
import { workloadKinds } from '../../kube/pods/workload';
import type { Direction } from '../../kube/policies/network-policy';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf } from '../../kube/resource';
import type { Cluster } from '../../kube/view';
import { ownerOf } from '../../lint/place';
import { defineRule, type Message, type Related } from '../../lint/rule';
import { isFinal, type KnownCall, knownAmong } from '../../network/answers/known-calls';
import { type Call, callKinds, callsOfCaller } from '../../network/calls/calls';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Reason } from '../../network/policies/reasons';
import { capital, inWords } from '../../text/words';
import { callFix } from './shared/call-fixes';
import { denialAt, policiesThat } from './shared/denials';

const kinds = [...new Set([...networkKinds, ...callKinds, ...policyMakerKinds, ...clusterDnsKinds])] as const;

export default defineRule({
  id: 'network-policy/blocks-known-call',
  title: 'NetworkPolicies allow the calls that workloads are configured to make',
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
        const reason = denialAt(cluster, network, end, known, target);
        return reason ? [{ end, reason }] : [];
      });
      if (denials.length === 0) continue;
      report(evidence.at, messageFor(known, denials), {
        on: [call.caller, ...call.workloads],
        related: [
          ...relatedTo(denials),
          ...more.slice(0, 3).map(({ at }) => ({ at, message: 'Also configured here' })),
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

function messageFor({ call, targets }: KnownCall, denials: readonly Denial[]): Message {
  const caller = `'${nameOf(call.caller)}'`;
  const callee = `'${nameOf(call.callee)}'`;
  const isElsewhere = call.calleeNamespace.name !== call.callerNamespace.name;
  const place = isElsewhere ? `${callee} in namespace '${call.calleeNamespace.name}'` : callee;
  const ends = denials.map(({ end }) => (end === 'egress' ? `the egress of ${caller}` : `the ingress of ${callee}`));
  return {
    what: `Blocked by policy: ${caller} calls ${callee} on ${targets[0]?.connections}`,
    why: denials.map(({ end, reason }, i) => reasonIn(end, caller, i === 0 ? place : callee, reason)).join(' '),
    how: denials.some(({ reason }) => isFinal(reason))
      ? 'Change that policy: no NetworkPolicy overrides it.'
      : `Allow it in a policy for ${inWords(ends)}.`,
  };
}

function reasonIn(end: Direction, caller: string, callee: string, { isolating, denying }: Reason): string {
  if (isolating.length === 0) {
    const deny = policiesThat(
      'denies',
      denying.map(({ placed }) => placed.policy.resource),
    );
    return `${capital(deny)} the connection.`;
  }
  const isolate = policiesThat(
    'isolates',
    isolating.map(({ policy }) => policy.resource),
  );
  return end === 'egress'
    ? `${capital(isolate)} ${caller} for egress, and no policy allows traffic to ${callee}.`
    : `${capital(isolate)} ${callee} for ingress, and no policy allows ${caller}.`;
}

/** Each policy once: one may close both ends. */
function relatedTo(denials: readonly Denial[]): readonly Related[] {
  const isolating = denials.flatMap(({ reason }) => reason.isolating.slice(0, 3).map(({ policy }) => policy.resource));
  const denying = denials.flatMap(({ reason }) => reason.denying.slice(0, 3).map(({ rule }) => rule.node));
  return [
    ...[...new Set(isolating)].map(policy => ({ at: policy.name, message: `'${nameOf(policy)}' isolates its pods` })),
    ...[...new Set(denying)].map(at => ({ at, message: 'Denied by this rule' })),
  ];
}
