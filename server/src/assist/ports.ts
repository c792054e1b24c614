import { wholeDns } from '../network/answers/dns-reach';
import { type AddressSet, printRange, rangesOf } from '../network/sets/addresses';
import type { Connections } from '../network/sets/connections';

/** Ports between two marks; nothing where all are meant, and one word for those of DNS. */
export function onPorts(connections: Connections, before: string, after = ''): string {
  if (connections.isAll || connections.isEmpty) return '';
  return `${before}${connections.equals(wholeDns) ? 'DNS' : connections}${after}`;
}

/** Addresses outside of the cluster, as few ranges; all of them are one word. */
export function addressesIn(addresses: AddressSet): string | undefined {
  const ranges = rangesOf(addresses);
  const [first] = ranges;
  if (first === undefined) return undefined;
  if (printRange(first) === '0.0.0.0-255.255.255.255') return 'addresses outside of the cluster';
  return `${ranges.slice(0, 2).map(printRange).join(' and ')}${ranges.length > 2 ? ' and more' : ''}`;
}
