import { type clusterDnsKinds, clusterDnsOf } from '../../../kube/dns/cluster-dns';
import { dnsRule, type Manifest } from '../../../kube/policies/allow-dns';
import { allowPolicy, peerOf, ruleOf } from '../../../kube/policies/allow-policy';
import { type Direction, rulesOf, selectsByDefault } from '../../../kube/policies/network-policy';
import { nameOf } from '../../../kube/resource';
import type { Cluster } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import { type KnownCall, portItemsOf } from '../../../network/answers/known-calls';
import type { Network } from '../../../network/policies/network';
import type { Pod } from '../../../network/policies/pods';
import type { Reason } from '../../../network/policies/reasons';
import { ownLabelsOf } from '../../../network/references/near-misses';
import type { Connections } from '../../../network/sets/connections';
import { add } from '../../../text/maps';
import type { Node } from '../../../yaml/node';
import { denialAt } from './denials';
import { freeName } from './free-name';
import type { targetKinds } from './targets';

type View = Cluster<(typeof targetKinds)[number] | (typeof clusterDnsKinds)[number]>;

/**
 * Allows a call at each end that denies it: in a policy that is for the pods of that end, else, where only a default deny
 * isolates them, in a new one.
 */
export function callFix(cluster: View, network: Network, known: KnownCall): Fix {
  const { call } = known;
  const base = `allow-${nameOf(call.caller)}-to-${nameOf(call.callee)}`;
  return fix(
    `Let '${nameOf(call.caller)}' call '${nameOf(call.callee)}': allow it at each end that denies it`,
    edits => {
      const additions = new Map<Node, Manifest[]>();
      const created: Manifest[] = [];
      const taken = new Set(cluster.of('NetworkPolicy').map(nameOf));
      for (const { end, subject, reason, rules } of endsOf(cluster, network, known)) {
        const own = reason.isolating.find(({ policy, isDoubtful }) => {
          return !isDoubtful && selectsByDefault(policy.resource.at('spec', 'podSelector')) === false;
        });
        if (own) {
          const list = own.policy.resource.at('spec', end);
          add(additions, list, ...rules);
        } else created.push(newPolicy(freeName(`${base}-${end}`, taken), end, subject, rules));
      }
      for (const [list, rules] of additions) {
        const count = list.items().length;
        if (count === 0) edits.set(list, rules);
        else for (const [i, rule] of rules.entries()) edits.set(list.at(count + i), rule);
      }
      if (created.length > 0) edits.createFile(`${base}.yaml`, created);
    },
  );
}

interface End {
  readonly end: Direction;
  readonly subject: Pod;
  readonly reason: Reason;
  readonly rules: readonly Manifest[];
}

/** The ends that deny: the caller's, and that of each workload behind the Service. */
function endsOf(cluster: View, network: Network, known: KnownCall): readonly End[] {
  const { source, targets } = known;
  const found = targets.flatMap((target): End[] => {
    const way = (end: Direction, subject: Pod, other: Pod): End[] => {
      const reason = denialAt(cluster, network, end, known, target);
      return reason ? [{ end, subject, reason, rules: [ruleFor(end, subject, other, target.connections)] }] : [];
    };
    return [...way('egress', source, target.pod), ...way('ingress', target.pod, source)];
  });
  const out = found.filter(({ end }) => end === 'egress');
  const [first] = out;
  if (first === undefined) return found;
  const rules = withDns(
    cluster,
    first.reason,
    out.flatMap(({ rules: own }) => own),
  );
  return [{ ...first, rules }, ...found.filter(({ end }) => end === 'ingress')];
}

function ruleFor(end: Direction, subject: Pod, other: Pod, connections: Connections): Manifest {
  const elsewhere = other.namespaceName === subject.namespaceName ? undefined : other.namespaceName;
  return ruleOf(end, [peerOf(ownLabelsOf(other.workload), elsewhere)], portItemsOf(connections));
}

/** Pods that could call nobody so far had no use for DNS; now they have. */
function withDns(cluster: View, { isolating }: Reason, rules: readonly Manifest[]): readonly Manifest[] {
  const wasMute = isolating.every(({ policy }) => rulesOf(policy.resource, 'egress').length === 0);
  return wasMute ? [...rules, dnsRule(clusterDnsOf(cluster))] : rules;
}

function newPolicy(name: string, end: Direction, subject: Pod, rules: readonly Manifest[]): Manifest {
  const written = subject.workload.writtenNamespace === undefined ? undefined : subject.namespaceName;
  return allowPolicy(name, written, ownLabelsOf(subject.workload), {
    ingress: end === 'ingress' ? rules : [],
    egress: end === 'egress' ? rules : [],
  });
}
