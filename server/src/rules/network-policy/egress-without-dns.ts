import { selectorOf } from '../../kube/labels';
import { type Workload, workloadKinds } from '../../kube/pods/workload';
import { allowDns, dnsRule } from '../../kube/policies/allow-dns';
import { calicoPolicyKinds } from '../../kube/policies/calico';
import { ciliumPolicyKinds } from '../../kube/policies/cilium';
import { isolatedDirections, rulesOf, selectsByDefault } from '../../kube/policies/network-policy';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf, type Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Message } from '../../lint/rule';
import { type DnsReach, DnsView, dnsKinds, wholeDns } from '../../network/answers/dns-reach';
import { adminPolicyKinds } from '../../network/policies/admin-policy';
import { foreignPoliciesOf } from '../../network/policies/foreign-policy';
import { inWords, listedInShort } from '../../text/words';
import type { Node } from '../../yaml/node';
import { freeName } from './shared/free-name';
import { isolatedIn, misportedIn } from './shared/isolated';

const kinds = [
  ...new Set([...dnsKinds, ...policyMakerKinds, ...adminPolicyKinds, ...calicoPolicyKinds, ...ciliumPolicyKinds]),
  ...(['NetworkPolicy'] as const),
] as const;

type View = Namespace<(typeof kinds)[number]>;

export default defineRule({
  id: 'network-policy/egress-without-dns',
  title: 'Pods isolated for egress are allowed to query DNS',
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
    for (const { policy, rule, workloads } of misportedIn(namespace, isolating, view)) {
      const list = rule.node.at('ports');
      report(list, misportedMessage(policy, workloads), { on: isolating, fixes: [allowOpenShift(list)] });
    }
    for (const { policy, reach, workloads } of groupsIn(namespace, isolating, view)) {
      const lack = lackIn(reach, view);
      if (lack === undefined) continue;
      report(placeOf(policy), messageFor(policy, workloads, lack, view), {
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
    if (view.misportedIn(isolating).length > 0) return [];
    return general.slice(0, 1).map(policy => ({ policy, reach, workloads: [] }));
  }
  return merged(
    isolatedIn(all, isolating).flatMap(({ policies, workloads }) => groupOf(policies, workloads, view) ?? []),
  );
}

function groupOf(policies: readonly Resource[], workloads: readonly Workload[], view: DnsView): Group | undefined {
  if (view.misportedIn(policies).length > 0) return undefined;
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

function messageFor(policy: Resource, workloads: readonly Workload[], { what: lack }: Lack, { dns }: DnsView): Message {
  const name = nameOf(policy);
  const who = whoAre(workloads, policy);
  const none = `Policy '${name}' isolates them for egress, and no policy allows`;
  const addresses = inWords(dns.nodeLocal.map(address => `${address}/32`));
  switch (lack) {
    case 'all':
      return {
        what: `No policy allows ${who} to query DNS`,
        why: `${none} UDP and TCP 53, so no name resolves, not even those of Services.`,
        how: "Allow egress to the cluster's DNS pods on UDP and TCP 53.",
      };
    case 'port':
      return {
        what: `No policy allows ${who} to query DNS`,
        why: `${none} OpenShift's DNS pods, which listen on 5353, so no name resolves, not even those of Services.`,
        how: "Allow egress to namespace 'openshift-dns' on UDP and TCP 5353.",
      };
    case 'UDP':
      return {
        what: `No policy allows ${who} to query DNS over UDP`,
        why: 'Names are queried over UDP first, and only TCP is allowed. A port without protocol is TCP.',
        how: 'Allow the same port with protocol UDP too.',
      };
    case 'TCP':
      return {
        what: `No policy allows ${who} to query DNS over TCP`,
        why: 'Only UDP is allowed. Answers that are too long for UDP are fetched over TCP, so those lookups fail.',
        how: 'Allow the same port with protocol TCP too.',
      };
    case 'cache':
      return {
        what: `No policy allows ${who} to query the node's DNS cache`,
        why: `${none} NodeLocal DNSCache, which is on the node's network, where no selector matches it. With strict network plugins no name resolves.`,
        how: `Allow ipBlock ${addresses} on UDP and TCP 53.`,
      };
  }
}

function misportedMessage(policy: Resource, workloads: readonly Workload[]): Message {
  return {
    what: `'${nameOf(policy)}' allows OpenShift DNS on port 53 instead of 5353`,
    why: `Port 53 is that of the Service. A policy is matched against the port of the pods, so no name resolves for ${whoAre(workloads, policy)}.`,
    how: 'Allow UDP and TCP 5353.',
  };
}

const whoAre = (workloads: readonly Workload[], policy: Resource) =>
  workloads.length === 0 ? `the pods of '${nameOf(policy)}'` : listedInShort(workloads.map(nameOf));

function allowOpenShift(ports: Node): Fix {
  return fix("Allow port 5353 of OpenShift's DNS pods too", edits => {
    const count = ports.items().length;
    for (const [i, protocol] of ['UDP', 'TCP'].entries()) edits.set(ports.at(count + i), { protocol, port: 5353 });
  });
}

function fixesFor(
  policy: Resource,
  namespace: View,
  { what }: Lack,
  reach: DnsReach,
  { dns }: DnsView,
): readonly Fix[] {
  if (what === 'UDP' || what === 'TCP') {
    const [first] = reach.rules;
    if (first === undefined) return [];
    const { rule, port } = first;
    return [adding(`Allow ${what} ${port} too`, rule.node.at('ports'), { protocol: what, port })];
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
