import { selectorOf } from '../../../kube/labels';
import { podsMatching } from '../../../kube/pods/matching';
import { isHostNetwork, podSpecOf, type Workload, workloadKinds } from '../../../kube/pods/workload';
import { selectsByDefault } from '../../../kube/policies/network-policy';
import type { Resource } from '../../../kube/resource';
import type { Namespace } from '../../../kube/view';
import type { DnsView } from '../../../network/answers/dns-reach';
import type { Rule } from '../../../network/policies/policy';
import { networkPolicyOf } from '../../../network/policies/read-network-policy';
import { add } from '../../../text/maps';

export interface Isolated {
  readonly policies: readonly Resource[];
  readonly workloads: readonly Workload[];
}

/** The workloads that ask the cluster's DNS, by the policies that isolate them. */
export function isolatedIn(all: readonly Workload[], isolating: readonly Resource[]): readonly Isolated[] {
  const byWorkload = new Map<Workload, Resource[]>();
  for (const policy of isolating) {
    for (const workload of podsMatching(all, selectorOf(policy.at('spec', 'podSelector')))) {
      if (!isHostNetwork(workload) && asksClusterDns(workload)) add(byWorkload, workload, policy);
    }
  }
  const groups = new Map<string, { readonly policies: readonly Resource[]; readonly workloads: Workload[] }>();
  for (const [workload, policies] of byWorkload) {
    const key = policies.map(policy => isolating.indexOf(policy)).join();
    const group = groups.get(key);
    if (group) group.workloads.push(workload);
    else groups.set(key, { policies, workloads: [workload] });
  }
  return [...groups.values()];
}

/** With `None` and `Default` a pod asks other servers than the cluster's. */
function asksClusterDns(workload: Workload): boolean {
  const policy = podSpecOf(workload).at('dnsPolicy').string;
  return policy !== 'None' && policy !== 'Default';
}

export interface Misported {
  readonly policy: Resource;
  readonly rule: Rule;
  readonly workloads: readonly Workload[];
}

/** Rules that were meant to allow DNS; also those of pods that are not in sight, beside what every pod is allowed. */
export function misportedIn(
  namespace: Namespace<(typeof workloadKinds)[number]>,
  isolating: readonly Resource[],
  view: DnsView,
): readonly Misported[] {
  const groups = isolatedIn(namespace.of(...workloadKinds), isolating);
  const general = isolating.filter(policy => selectsByDefault(policy.at('spec', 'podSelector')) === true);
  return isolating.flatMap(policy => {
    const own = groups.filter(({ policies }) => policies.includes(policy));
    const all = own.length > 0 ? own : [{ policies: [policy, ...general], workloads: [] }];
    const wrong = all.map(({ policies, workloads }) => ({ rules: view.misportedIn(policies), workloads }));
    return (networkPolicyOf(policy).egress ?? []).flatMap((rule): Misported[] => {
      const found = wrong.filter(({ rules }) => rules.includes(rule));
      return found.length === 0 ? [] : [{ policy, rule, workloads: found.flatMap(({ workloads }) => workloads) }];
    });
  });
}
