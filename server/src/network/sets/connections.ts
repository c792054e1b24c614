import { equals, type IntervalSet, includes, intersect, intervalSet, subtract, union } from './intervals';

/**
 * Alphabetical, which is also the order they are printed in.
 *
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (protocol of NetworkPolicyPort, 1.36)
 */
export const protocols = ['SCTP', 'TCP', 'UDP'] as const;
export type Protocol = (typeof protocols)[number];

export type PortSet = IntervalSet<number>;

export const lowestPort = 1;
export const highestPort = 65535;
export const allPorts: PortSet = [{ start: lowestPort, end: highestPort + 1 }];
export const noPorts: PortSet = [];

/** The ports of an inclusive range; what lies outside of 1–65535 is left out, and there is none between two. */
export function ports(first: number, last: number = first): PortSet {
  if (!Number.isInteger(first) || !Number.isInteger(last)) return noPorts;
  return intersect(intervalSet([{ start: first, end: last + 1 }]), allPorts);
}

export function protocolNamed(name: string): Protocol | undefined {
  return protocols.find(protocol => protocol === name);
}

const onPorts: Readonly<Record<Protocol, Map<number, Connections>>> = {
  SCTP: new Map(),
  TCP: new Map(),
  UDP: new Map(),
};

/** Which ports may be used, by protocol: an immutable, exact set of (protocol, port) pairs. */
export class Connections {
  static readonly none = new Connections({ SCTP: noPorts, TCP: noPorts, UDP: noPorts });
  static readonly all = new Connections({ SCTP: allPorts, TCP: allPorts, UDP: allPorts });

  static of(protocol: Protocol, set: PortSet): Connections {
    if (set.length === 0) return Connections.none;
    return new Connections({ SCTP: noPorts, TCP: noPorts, UDP: noPorts, [protocol]: set });
  }

  /** One port: always the same object, so that sums of many are sums of a few. */
  static onPort(protocol: Protocol, port: number): Connections {
    const known = onPorts[protocol].get(port);
    if (known) return known;
    const connections = Connections.of(protocol, ports(port));
    if (!connections.isEmpty) onPorts[protocol].set(port, connections);
    return connections;
  }

  /** The sum of many, at the cost of sorting their ports once. */
  static unionOf(parts: Iterable<Connections>): Connections {
    const list = [...new Set(parts)];
    if (list.length < 3 || list.includes(Connections.all)) {
      return list.reduce((sum, part) => sum.union(part), Connections.none);
    }
    return Connections.#made(protocol => intervalSet(list.flatMap(part => part.byProtocol[protocol])));
  }

  #text: string | undefined;

  private constructor(private readonly byProtocol: Readonly<Record<Protocol, PortSet>>) {}

  ports(protocol: Protocol): PortSet {
    return this.byProtocol[protocol];
  }

  union(other: Connections): Connections {
    if (this === other || this === Connections.all || other === Connections.none) return this;
    if (other === Connections.all || this === Connections.none) return other;
    return this.#with(other, union);
  }

  intersect(other: Connections): Connections {
    if (this === other || this === Connections.none || other === Connections.all) return this;
    if (other === Connections.none || this === Connections.all) return other;
    return this.#with(other, intersect);
  }

  subtract(other: Connections): Connections {
    if (other === Connections.none || this === Connections.none) return this;
    if (other === Connections.all || this === other) return Connections.none;
    return this.#with(other, subtract);
  }

  contains(other: Connections): boolean {
    return protocols.every(protocol => includes(this.byProtocol[protocol], other.byProtocol[protocol]));
  }

  equals(other: Connections): boolean {
    return this === other || protocols.every(p => equals(this.byProtocol[p], other.byProtocol[p]));
  }

  get isEmpty(): boolean {
    return this === Connections.none;
  }

  get isAll(): boolean {
    return this === Connections.all;
  }

  /** `All Connections`, `No Connections`, or protocols with their ports: `TCP 80,443,8080-8090,UDP 53`. */
  toString(): string {
    this.#text ??= this.#print();
    return this.#text;
  }

  #print(): string {
    if (this.isAll) return 'All Connections';
    if (this.isEmpty) return 'No Connections';
    return protocols
      .filter(protocol => this.byProtocol[protocol].length > 0)
      .map(protocol => `${protocol} ${printPorts(this.byProtocol[protocol])}`)
      .join(',');
  }

  #with(other: Connections, combine: (a: PortSet, b: PortSet) => PortSet): Connections {
    return Connections.#made(protocol => combine(this.byProtocol[protocol], other.byProtocol[protocol]));
  }

  /** Everything and nothing are always the two shared objects, so that they can be told by identity. */
  static #made(setOf: (protocol: Protocol) => PortSet): Connections {
    const made = { SCTP: setOf('SCTP'), TCP: setOf('TCP'), UDP: setOf('UDP') };
    if (protocols.every(protocol => made[protocol].length === 0)) return Connections.none;
    if (protocols.every(protocol => equals(made[protocol], allPorts))) return Connections.all;
    return new Connections(made);
  }
}

/** Ports and inclusive ranges: `80,443,8080-8090`. */
export function printPorts(set: PortSet): string {
  return set.map(({ start, end }) => (end - start === 1 ? `${start}` : `${start}-${end - 1}`)).join(',');
}
