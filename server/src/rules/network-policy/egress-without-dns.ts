import { selectorOf } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { isHostNetwork, podSpecOf, type Workload, workloadKinds } from '../../kube/pods/workload';
import { allowDns, dnsRule } from '../../kube/policies/allow-dns';
import { calicoPolicyKinds } from '../../kube/policies/calico';
import { ciliumPolicyKinds } from '../../kube/policies/cilium';
import { isolatedDirections, rulesOf, selectsByDefault } from '../../kube/policies/network-policy';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf, type Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { type DnsReach, DnsView, dnsKinds, wholeDns } from '../../network/answers/dns-reach';
import { adminPolicyKinds } from '../../network/policies/admin-policy';
import { foreignPoliciesOf } from '../../network/policies/foreign-policy';
import { add } from '../../text/maps';
import { listedInShort } from '../../text/words';
import type { Node } from '../../yaml/node';
import { freeName } from './shared/free-name';

const kinds = [
  ...new Set([...dnsKinds, ...policyMakerKinds, ...adminPolicyKinds, ...calicoPolicyKinds, ...ciliumPolicyKinds]),
  ...(['NetworkPolicy'] as const),
] as const;

type View = Namespace<(typeof kinds)[number]>;

export default defineRule({
  id: 'network-policy/egress-without-dns',
  title: 'Pods whose egress is isolated can ask DNS',
  severity: 'warning',
  per: 'namespace',
  kinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    'https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny',
  ],

  check(namespace, report) {
    const isolating = namespace
      .of('NetworkPolicy')
      .filter(policy => isolatedDirections(policy)?.has('egress') === true);
    if (isolating.length === 0 || mayBeAllowedElsewhere(namespace)) return;
    const view = new DnsView(namespace);
    for (const { policy, reach, workloads } of groupsIn(namespace, isolating, view)) {
      const lack = lackIn(reach, view);
      if (lack === undefined) continue;
      report(placeOf(policy), messageFor(policy, workloads, lack), {
        ...(lack.what === 'cache' ? { severity: 'info' } : {}),
        on: isolating,
        fixes: fixesFor(policy, namespace, lack, reach, view),
      });
    }
  },
});

/** Policies of other APIs may let DNS through, before or beside the ones that are read here. */
function mayBeAllowedElsewhere(namespace: View): boolean {
  const { cluster } = namespace;
  const foreign = [
    ...namespace.of('NetworkPolicy.projectcalico.org', 'CiliumNetworkPolicy.cilium.io'),
    ...cluster.of('GlobalNetworkPolicy.projectcalico.org', 'CiliumClusterwideNetworkPolicy.cilium.io'),
  ];
  return (
    foreign.some(policy => foreignPoliciesOf(policy).some(({ directions }) => directions.has('egress'))) ||
    cluster.of(...adminPolicyKinds).some(policy => !policy.at('spec', 'egress').isEmpty) ||
    cluster.of(...policyMakerKinds).some(makesPolicies)
  );
}

interface Group {
  /** The policy to speak of: the namespace's default deny where there is one. */
  readonly policy: Resource;
  readonly reach: DnsReach;
  readonly workloads: readonly Workload[];
}

/** Workloads that the same policies isolate. Without any workload in sight it is about those that may come. */
function groupsIn(namespace: View, isolating: readonly Resource[], view: DnsView): readonly Group[] {
  const all = namespace.of(...workloadKinds);
  if (all.length === 0) {
    const general = isolating.filter(policy => selectsByDefault(policy.at('spec', 'podSelector')) === true);
    const reach = view.reachOf(isolating);
    return general.slice(0, 1).map(policy => ({ policy, reach, workloads: [] }));
  }
  const byWorkload = new Map<Workload, number[]>();
  for (const [i, policy] of isolating.entries()) {
    for (const workload of podsMatching(all, selectorOf(policy.at('spec', 'podSelector')))) {
      if (isHostNetwork(workload) || !asksClusterDns(workload)) continue;
      add(byWorkload, workload, i);
    }
  }
  const groups = new Map<string, { readonly policies: readonly Resource[]; readonly workloads: Workload[] }>();
  for (const [workload, indices] of byWorkload) {
    const group = groups.get(indices.join());
    if (group) group.workloads.push(workload);
    else groups.set(indices.join(), { policies: indices.flatMap(i => isolating[i] ?? []), workloads: [workload] });
  }
  return merged([...groups.values()].flatMap(({ policies, workloads }) => groupOf(policies, workloads, view) ?? []));
}

function groupOf(policies: readonly Resource[], workloads: readonly Workload[], view: DnsView): Group | undefined {
  const general = policies.find(policy => selectsByDefault(policy.at('spec', 'podSelector')) === true);
  const policy = general ?? policies[0];
  // Pods that were singled out to call nobody have nothing to ask for.
  const isMute = policies.every(each => rulesOf(each, 'egress').length === 0);
  if (policy === undefined || (general === undefined && isMute)) return undefined;
  return { policy, reach: view.reachOf(policies), workloads };
}

/** One group for each policy and lack, so that a default deny is spoken of once. */
function merged(groups: readonly Group[]): readonly Group[] {
  const byKey = new Map<Resource, Map<string, Group>>();
  for (const group of groups) {
    const key = `${group.reach.pods} ${group.reach.caches}`;
    const known = byKey.get(group.policy) ?? new Map<string, Group>();
    byKey.set(group.policy, known);
    const same = known.get(key);
    known.set(key, same ? { ...same, workloads: [...same.workloads, ...group.workloads] } : group);
  }
  return [...byKey.values()].flatMap(known => [...known.values()]);
}

/** With `None` and `Default` a pod asks other servers than the cluster's. */
function asksClusterDns(workload: Workload): boolean {
  const policy = podSpecOf(workload).at('dnsPolicy').string;
  return policy !== 'None' && policy !== 'Default';
}

interface Lack {
  readonly what: 'all' | 'UDP' | 'TCP' | 'port' | 'cache';
}

function lackIn({ pods, caches }: DnsReach, { dns }: DnsView): Lack | undefined {
  if (!pods.contains(wholeDns)) {
    if (pods.isEmpty) return { what: dns.isOpenShift ? 'port' : 'all' };
    return { what: pods.ports('UDP').length === 0 ? 'UDP' : 'TCP' };
  }
  return dns.nodeLocal.length > 0 && !caches.contains(wholeDns) ? { what: 'cache' } : undefined;
}

/** The egress rules, else the word that makes the policy isolate egress. */
function placeOf(policy: Resource): Node {
  const egress = policy.at('spec', 'egress');
  const types = policy.at('spec', 'policyTypes');
  return egress.exists ? egress : (types.items().find(type => type.string === 'Egress') ?? types);
}

function messageFor(policy: Resource, workloads: readonly Workload[], { what }: Lack): string {
  const name = nameOf(policy);
  const who = workloads.length === 0 ? 'its pods' : listedInShort(workloads.map(nameOf));
  switch (what) {
    case 'all':
      return `Policy '${name}' isolates ${who} for egress, and no policy lets them ask DNS (UDP and TCP 53), so they can't resolve any name, those of Services included. Allow DNS beside it.`;
    case 'port':
      return `Policy '${name}' isolates ${who} for egress, and no policy lets them ask DNS, whose pods listen on 5353 in OpenShift (UDP and TCP, in openshift-dns). Allow it beside it.`;
    case 'UDP':
      return `The policies that isolate ${who} for egress allow DNS over TCP alone, and names are asked for over UDP first. A port without protocol is TCP: allow UDP 53 too.`;
    case 'TCP':
      return `The policies that isolate ${who} for egress allow DNS over UDP alone, and answers that are too long for it are fetched over TCP. Allow TCP 53 too.`;
    case 'cache':
      return `Policy '${name}' isolates ${who} for egress, and no policy lets them ask the DNS cache of their node, which is no pod that a selector matches. Where the network plugin is strict about that, names don't resolve: allow its address too.`;
  }
}

function fixesFor(
  policy: Resource,
  namespace: View,
  { what }: Lack,
  reach: DnsReach,
  { dns }: DnsView,
): readonly Fix[] {
  if (what === 'UDP' || what === 'TCP') {
    const [rule] = reach.rules;
    const list = rule?.node.at('ports');
    return list ? [adding(`Allow ${what} 53 too`, list, { protocol: what, port: dns.isOpenShift ? 5353 : 53 })] : [];
  }
  const egress = policy.at('spec', 'egress');
  const rule = dnsRule(dns);
  if (what === 'cache') {
    const addresses = dns.nodeLocal.map(address => ({ ipBlock: { cidr: `${address}/32` } }));
    const ports = ['UDP', 'TCP'].map(protocol => ({ protocol, port: 53 }));
    return [adding(`Let '${nameOf(policy)}' allow the DNS cache of the node`, egress, { to: addresses, ports })];
  }
  const within = adding(`Let '${nameOf(policy)}' allow DNS`, egress, rule);
  // One for every pod would isolate those that the policy leaves out.
  if (!selectorOf(policy.at('spec', 'podSelector')).isEmpty) return [within];
  const written = policy.at('metadata', 'namespace').exists ? namespace.name : undefined;
  const taken = new Set(namespace.of('NetworkPolicy').map(nameOf));
  const free = freeName('allow-dns-egress', taken);
  const beside: Fix = fix('Create allow-dns-egress.yaml: let every pod ask DNS', edits =>
    edits.createFile('allow-dns-egress.yaml', [allowDns(free, written, dns)]),
  );
  return [within, beside];
}

function adding(title: string, list: Node, item: unknown): Fix {
  return fix(title, edits => (list.isEmpty ? edits.set(list, [item]) : edits.set(list.at(list.items().length), item)));
}
