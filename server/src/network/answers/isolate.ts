import type { ClusterDns } from '../../kube/dns/cluster-dns';
import { isHostNetwork, podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import { allowDns, defaultDeny } from '../../kube/policies/allow-dns';
import { isolationOf } from '../../kube/policies/isolation';
import { type Direction, directions, isolatedDirections, selectsByDefault } from '../../kube/policies/network-policy';
import type { Resource } from '../../kube/resource';
import type { Cluster, Namespace } from '../../kube/view';
import { memo } from '../../text/maps';
import { type Comment, Commented } from '../../yaml/manifests';
import { networkOf } from '../policies/network';
import { networkPolicyOf } from '../policies/read-network-policy';
import { DnsView, wholeDns } from './dns-reach';
import { type IsolateKind, isolateKinds, Names, Plan } from './isolation-plan';

export { isolateKinds };

/** Policies to be written, and what they can't keep. */
export interface Isolation {
  /** Each under what it is for; above the first what isn't known. */
  readonly policies: readonly Commented[];
  /** Calls that are cut, or that no manifest tells enough of. */
  readonly notes: readonly Comment[];
}

/**
 * The policies that isolate a namespace and keep the calls that its manifests show: a default deny for the directions
 * that are open, DNS, and a policy for each workload that calls or is called, by pods, routes, load balancers, the API
 * server or those who read metrics. None where nothing is missing, so that applying them twice changes nothing.
 */
export function isolationFor(namespace: Namespace<IsolateKind>, written = writtenName(namespace)): Isolation {
  const network = networkOf(namespace.cluster);
  const open = directions.filter(direction => isolationOf(namespace, direction).state === 'open');
  const isDnsNeeded = needsDns(namespace, open);
  // A policy that allows DNS to every pod isolates every pod for egress by itself.
  const plan = new Plan(namespace, network, new Set(isDnsNeeded ? [...open, 'egress'] : open)).whole();
  const names = new Names(namespace);
  const deny = open.length === 2 ? 'default-deny' : `default-deny-${open[0]}`;
  const policies = [
    ...(open.length > 0 ? [new Commented([], defaultDeny(names.free(deny), written, open))] : []),
    ...(isDnsNeeded ? [new Commented([], allowDns(names.free('allow-dns-egress'), written, dnsOf(namespace)))] : []),
    ...plan.policies(names, written),
  ];
  const [first, ...others] = policies;
  if (first === undefined) return { policies: [], notes: [] };
  const head = headOf(namespace, plan);
  return { policies: [new Commented([...head, ...first.comments], first.manifest), ...others], notes: plan.notes };
}

/** How many of the calls that manifests show a default deny for some directions would cut. */
export function callsCutBy(namespace: Namespace<IsolateKind>, closing: readonly Direction[]): number {
  const plans = plansIn(namespace.cluster);
  let plan = plans.get(namespace.name);
  if (plan === undefined) {
    plan = new Plan(namespace, networkOf(namespace.cluster), new Set(directions)).whole();
    plans.set(namespace.name, plan);
  }
  const { calls } = plan;
  return new Set(closing.flatMap(direction => [...calls[direction]])).size;
}

/** What each namespace would need if it were closed; kept while all that a plan is made of is the very same. */
const plansIn = memo(
  (_: Cluster<IsolateKind>) => new Map<string, Plan>(),
  cluster => cluster.of(...isolateKinds),
);

function headOf(namespace: Namespace<IsolateKind>, { notes, examples }: Plan): readonly Comment[] {
  const what = `Isolates namespace '${namespace.name}' and keeps the calls that its manifests show. Others are cut.`;
  const unknown = notes.map(({ text, ...rest }) => ({ text: `  - ${text}`, ...rest }));
  return [
    { text: what },
    { text: 'It is only effective where the network plugin enforces NetworkPolicy.' },
    ...(unknown.length > 0 ? [{ text: 'Look at these first:' }, ...unknown] : []),
    ...[...examples].flatMap(example => example.split('\n').map(text => ({ text }))),
  ];
}

function dnsOf(namespace: Namespace<IsolateKind>): ClusterDns {
  return new DnsView(namespace).dnsMeantBy(namespace.of('NetworkPolicy'));
}

/** Undefined where nobody writes it: what sets the namespace of the neighbours sets that of the policies. */
function writtenName(namespace: Namespace<IsolateKind>): string | undefined {
  const isWritten = namespace
    .of('Namespace', ...workloadKinds)
    .some(({ kind, namespace: name }) => kind === 'Namespace' || name !== undefined);
  return isWritten ? namespace.name : undefined;
}

/** Whether some pod, or one that is still to come, would be isolated for egress without DNS. */
function needsDns(namespace: Namespace<IsolateKind>, open: readonly Direction[]): boolean {
  const view = new DnsView(namespace);
  const isolating = namespace.of('NetworkPolicy').filter(policy => isolatedDirections(policy)?.has('egress') === true);
  const isServed = (policies: readonly Resource[]) => {
    const { pods, caches } = view.reachOf(policies);
    return pods.contains(wholeDns) && (view.dns.nodeLocal.length === 0 || caches.contains(wholeDns));
  };
  const general = isolating.filter(policy => selectsByDefault(policy.at('spec', 'podSelector')) === true);
  if (general.length > 0 || open.includes('egress')) return !isServed(general);
  const workloads = namespace.of(...workloadKinds).filter(workload => !isHostNetwork(workload));
  return workloads.some(workload => {
    const labels = podLabelsOf(workload);
    const own = isolating.filter(policy => networkPolicyOf(policy).subject?.pods.matches(labels) === true);
    return own.length > 0 && !isServed(own);
  });
}
