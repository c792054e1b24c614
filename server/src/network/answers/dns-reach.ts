import { type ClusterDns, clusterDnsKinds, clusterDnsOf } from '../../kube/dns/cluster-dns';
import type { Selector } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { containersOf, podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { type Truth, truthOf } from '../../kube/truth';
import type { Namespace } from '../../kube/view';
import type { PodChoice, Rule } from '../policies/policy';
import { networkPolicyOf } from '../policies/read-network-policy';
import { type AddressSet, addressOf, parseCidr } from '../sets/addresses';
import { Connections } from '../sets/connections';
import { holds, intersect, union } from '../sets/intervals';

/** Every kind that tells how pods get to DNS. */
export const dnsKinds = [...new Set([...workloadKinds, ...clusterDnsKinds])] as const;

type DnsKind = (typeof dnsKinds)[number];

const nameLabel = 'kubernetes.io/metadata.name';

/** Which of DNS gets through, written as UDP 53 and TCP 53: to the DNS pods, and to the caches on the nodes. */
export interface DnsReach {
  readonly pods: Connections;
  readonly caches: Connections;
  /** Rules that reach the DNS pods and name the port: of these a protocol may have been forgotten. */
  readonly rules: readonly { readonly rule: Rule; readonly port: number }[];
}

const usualPort = 53;
const openShiftPort = 5353;

/** All that has to get through. */
export const wholeDns = Connections.onPort('UDP', usualPort).union(Connections.onPort('TCP', usualPort));

/** How a namespace's pods get to DNS. */
export class DnsView {
  readonly dns: ClusterDns;
  readonly #servers: readonly Resource[];

  constructor(readonly namespace: Namespace<DnsKind>) {
    this.dns = clusterDnsOf(namespace.cluster);
    const system = [...namespace.cluster.namespaces].filter(({ name }) => name === 'kube-system');
    this.#servers = system.flatMap(home => home.of(...workloadKinds)).filter(servesDns);
  }

  /** What the egress rules of some policies allow of DNS. */
  reachOf(policies: readonly Resource[]): DnsReach {
    return this.#reachBy(egressOf(policies));
  }

  /**
   * Rules for OpenShift's DNS pods on the port of their Service, which is not the one on which the pods listen, where
   * nothing else lets DNS through.
   */
  misportedIn(policies: readonly Resource[]): readonly Rule[] {
    const rules = egressOf(policies);
    const others = rules.filter(rule => !isMisported(rule));
    return this.#reachBy(others).pods.isEmpty ? rules.filter(isMisported) : [];
  }

  /** The cluster's DNS as these policies know it: who names OpenShift's pods is on OpenShift. */
  dnsMeantBy(policies: readonly Resource[]): ClusterDns {
    return this.misportedIn(policies).length > 0 ? { ...this.dns, isOpenShift: true } : this.dns;
  }

  #reachBy(rules: readonly Rule[]): DnsReach {
    let pods = Connections.none;
    let caches = Connections.none;
    const explicit: { rule: Rule; port: number }[] = [];
    for (const rule of rules) {
      const usual = this.#reachesServers(rule) ? onPort(rule, usualPort) : Connections.none;
      const isForOthers = rule.peers.pods.some(choice => this.#choosesOpenShift(choice));
      const allowed = isForOthers ? usual.union(onPort(rule, openShiftPort)) : usual;
      pods = pods.union(allowed);
      if (!allowed.isEmpty && !rule.ports.numbered.isAll)
        explicit.push({ rule, port: usual.isEmpty ? openShiftPort : usualPort });
      if (this.#reachesCaches(rule)) caches = caches.union(onPort(rule, usualPort));
    }
    return { pods, caches, rules: explicit };
  }

  /**
   * Who names the port knows best which servers are meant: any selector that takes in the cluster's DNS, and an address,
   * which may be that of its Service.
   */
  #reachesServers({ peers, ports: { numbered } }: Rule): boolean {
    if (peers.isEveryone) return true;
    const isExplicit = !numbered.isAll;
    if (peers.addresses.length > 0 && (isExplicit || intersect(peers.addresses, ownAddresses).length > 0)) return true;
    return peers.pods.some(choice => this.#choosesServers(choice) || (isExplicit && this.#choosesOthers(choice)));
  }

  /** The DNS pods of kube-system: by their manifests if these are there, else by the labels they usually have. */
  #choosesServers(choice: PodChoice): boolean {
    if (choice.namespaces === 'own' ? this.namespace.name !== 'kube-system' : picks(choice, 'kube-system') === false)
      return false;
    if (this.#servers.length === 0) return mayMeanDns(choice.pods);
    return this.#servers.some(server => choice.pods.matches(podLabelsOf(server)));
  }

  #choosesOpenShift(choice: PodChoice): boolean {
    const isOther =
      choice.namespaces === 'own' ? this.namespace.name !== 'openshift-dns' : picks(choice, 'openshift-dns') === false;
    return !isOther && mayMeanDns(choice.pods);
  }

  /** Pods that are there in the own namespace, or in another that is picked by name: servers of somebody's own. */
  #choosesOthers(choice: PodChoice): boolean {
    if (choice.namespaces !== 'own') return picks(choice, 'kube-system') === false && !isForOpenShift(choice);
    return podsMatching(this.namespace.of(...workloadKinds), choice.pods).length > 0;
  }

  #reachesCaches({ peers }: Rule): boolean {
    const addresses = this.dns.nodeLocal.flatMap(address => addressOf(address) ?? []);
    return peers.isEveryone || addresses.every(address => holds(peers.addresses, address));
  }
}

function egressOf(policies: readonly Resource[]): readonly Rule[] {
  return policies.flatMap(policy => networkPolicyOf(policy).egress ?? []);
}

function isMisported(rule: Rule): boolean {
  const { pods } = rule.peers;
  const isWrong = !onPort(rule, usualPort).isEmpty && onPort(rule, openShiftPort).isEmpty;
  return isWrong && pods.length > 0 && pods.every(isForOpenShift);
}

/** Whether a choice means OpenShift's DNS pods, and not whatever serves DNS. */
function isForOpenShift(choice: PodChoice): boolean {
  return picks(choice, 'openshift-dns') === true && picks(choice, 'kube-system') === false && mayMeanDns(choice.pods);
}

/** Whether a workload runs a DNS server that clusters have. */
export function servesDns(workload: Resource): boolean {
  return containersOf(workload).some(container => /(?:coredns|kube-dns)[:@]/.test(container.at('image').string ?? ''));
}

/** What a rule allows of a port, written as port 53. Names are those that DNS pods give their ports. */
function onPort({ ports: { numbered, named } }: Rule, port: number): Connections {
  const allowed = (['UDP', 'TCP'] as const).filter(
    protocol =>
      numbered.contains(Connections.onPort(protocol, port)) ||
      named.some(each => each.protocol === protocol && /^dns(?:-tcp|-udp)?$/.test(each.name)),
  );
  return Connections.unionOf(allowed.map(protocol => Connections.onPort(protocol, usualPort)));
}

/**
 * Addresses that clusters give to their pods and Services.
 *
 * @source https://www.rfc-editor.org/rfc/rfc1918 (1996)
 * @source https://www.rfc-editor.org/rfc/rfc6598 (2012)
 * @source https://www.rfc-editor.org/rfc/rfc3927 (2005)
 * @source https://www.rfc-editor.org/rfc/rfc4193 (2005)
 */
const ownAddresses = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', 'fc00::/7']
  .flatMap(cidr => parseCidr(cidr) ?? [])
  .reduce<AddressSet>((sum, { addresses }) => union(sum, addresses), []);

/** Labels of DNS pods differ, but those that are set have DNS in them: `k8s-app: kube-dns`. */
function mayMeanDns({ requirements }: Selector): boolean {
  return requirements.every(
    ({ operator, key, values }) => operator !== 'In' || [key, ...values].some(each => /dns/i.test(each)),
  );
}

/** Whether a choice takes in a namespace of which only the name is known. */
function picks({ namespaces }: PodChoice, name: string): Truth {
  if (namespaces === 'own') return undefined;
  return truthOf(namespaces, key => (key === nameLabel ? name : undefined));
}
