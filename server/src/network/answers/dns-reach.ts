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
  readonly rules: readonly Rule[];
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
    let pods = Connections.none;
    let caches = Connections.none;
    const rules: Rule[] = [];
    for (const rule of policies.flatMap(policy => networkPolicyOf(policy).egress ?? [])) {
      if (this.#reachesServers(rule)) {
        const allowed = onPort(rule, this.#portFor(rule));
        pods = pods.union(allowed);
        if (!allowed.isEmpty && !rule.ports.numbered.isAll) rules.push(rule);
      }
      if (this.#reachesCaches(rule)) caches = caches.union(onPort(rule, usualPort));
    }
    return { pods, caches, rules };
  }

  /** A rule for openshift-dns means OpenShift's port, whatever else the files show. */
  #portFor({ peers }: Rule): number {
    const isOpenShift = peers.pods.length > 0 && peers.pods.every(choice => picks(choice, 'openshift-dns') === true);
    return this.dns.isOpenShift || isOpenShift ? openShiftPort : usualPort;
  }

  /** Who names the port knows best which servers are meant; and an address may be that of the cluster's DNS Service. */
  #reachesServers({ peers, ports: { numbered } }: Rule): boolean {
    if (peers.isEveryone) return true;
    const isExplicit = !numbered.isAll;
    if (peers.addresses.length > 0 && (isExplicit || intersect(peers.addresses, ownAddresses).length > 0)) return true;
    return peers.pods.some(choice => this.#choosesServers(choice) || (isExplicit && this.#choosesOthers(choice)));
  }

  /** The DNS pods of the cluster: by their manifests if these are there, else by the labels they usually have. */
  #choosesServers(choice: PodChoice): boolean {
    const { name } = this.namespace;
    if (choice.namespaces === 'own' && name !== 'kube-system' && name !== 'openshift-dns') return false;
    if (picks(choice, 'openshift-dns') !== false && mayMeanDns(choice.pods)) return true;
    if (picks(choice, 'kube-system') === false) return false;
    if (this.#servers.length === 0) return mayMeanDns(choice.pods);
    return this.#servers.some(server => choice.pods.matches(podLabelsOf(server)));
  }

  /** Pods that are there in the own namespace, or in another that is picked by name: servers of somebody's own. */
  #choosesOthers(choice: PodChoice): boolean {
    if (choice.namespaces !== 'own') return picks(choice, 'kube-system') === false;
    return podsMatching(this.namespace.of(...workloadKinds), choice.pods).length > 0;
  }

  #reachesCaches({ peers }: Rule): boolean {
    const addresses = this.dns.nodeLocal.flatMap(address => addressOf(address) ?? []);
    return peers.isEveryone || addresses.every(address => holds(peers.addresses, address));
  }
}

function servesDns(workload: Resource): boolean {
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

/** Labels of DNS pods differ, but those that are set to something have DNS in it: `k8s-app: kube-dns`. */
function mayMeanDns({ requirements }: Selector): boolean {
  return requirements.every(({ operator, values }) => operator !== 'In' || [...values].some(each => /dns/i.test(each)));
}

/** Whether a choice takes in a namespace of which only the name is known. */
function picks({ namespaces }: PodChoice, name: string): Truth {
  if (namespaces === 'own') return undefined;
  return truthOf(namespaces, key => (key === nameLabel ? name : undefined));
}
