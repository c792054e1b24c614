import type { Line } from '../../server/src/network/answers/connectivity';
import { type AddressSet, addressOf, everyAddress } from '../../server/src/network/sets/addresses';
import { Connections, ports, protocolNamed } from '../../server/src/network/sets/connections';
import { intersect, subtract, union } from '../../server/src/network/sets/intervals';

export function linesIn(text: string): Line[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const [, src = '', dst = '', connections = ''] = /^(.*?) => (.*?) : (.*)$/.exec(line) ?? [];
      return { src, dst, connections };
    });
}

/** What two answers disagree about, in words; lines that say the same in another way don't count. */
export function differences(expected: readonly Line[], actual: readonly Line[]): string[] {
  const [wanted, got] = [tableOf(expected), tableOf(actual)];
  const found: string[] = [];
  for (const key of new Set([...wanted.keys(), ...got.keys()])) {
    const [a, b] = [wanted.get(key) ?? [], got.get(key) ?? []];
    const [left, right] = [printed(a), printed(b)];
    if (left !== right) found.push(`${key}: expected ${left}, got ${right}`);
  }
  return found;
}

type Areas = { where: AddressSet; connections: Connections }[];

/** By pair of ends, all addresses being one end; within it, what is allowed where. */
function tableOf(lines: readonly Line[]): Map<string, Areas> {
  const table = new Map<string, Areas>();
  for (const { src, dst, connections } of lines) {
    const isUnknown = connections === 'Unknown';
    const key = `${endOf(src)} => ${endOf(dst)}${isUnknown ? ' (unknown)' : ''}`;
    const where = rangeOf(src) ?? rangeOf(dst) ?? everyAddress;
    const areas = table.get(key) ?? [];
    table.set(key, add(areas, where, isUnknown ? Connections.all : connectionsOf(connections)));
  }
  return table;
}

function add(areas: Areas, where: AddressSet, connections: Connections): Areas {
  const result: Areas = [];
  let rest = where;
  for (const area of areas) {
    const both = intersect(area.where, where);
    const outside = subtract(area.where, where);
    if (both.length > 0) result.push({ where: both, connections: area.connections.union(connections) });
    if (outside.length > 0) result.push({ where: outside, connections: area.connections });
    rest = subtract(rest, area.where);
  }
  if (rest.length > 0) result.push({ where: rest, connections });
  return result;
}

function printed(areas: Areas): string {
  const byConnections = new Map<string, AddressSet>();
  for (const { where, connections } of areas) {
    const key = connections.toString();
    byConnections.set(key, union(byConnections.get(key) ?? [], where));
  }
  return [...byConnections]
    .map(([key, where]) => `${key} at ${where.map(({ start, end }) => `${start}-${end}`).join()}`)
    .sort()
    .join(' and ');
}

const external = /^(.+)-(.+)\[External\]$/;

function endOf(text: string): string {
  return external.test(text) ? '[External]' : text;
}

function rangeOf(text: string): AddressSet | undefined {
  const [, first = '', last = ''] = external.exec(text) ?? [];
  const [start, end] = [addressOf(first), addressOf(last)];
  return start === undefined || end === undefined ? undefined : [{ start, end: end + 1n }];
}

/** `TCP 80,443,8080-8090,UDP 53` as a set. */
function connectionsOf(text: string): Connections {
  if (text === 'All Connections') return Connections.all;
  let sum = Connections.none;
  let protocol = '';
  for (const part of text.split(',')) {
    const [, named, first, last] = /^(?:([A-Z]+) )?(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    protocol = named ?? protocol;
    const known = protocolNamed(protocol);
    if (known === undefined || first === undefined) throw new Error(`not connections: ${text}`);
    sum = sum.union(Connections.of(known, ports(Number(first), Number(last ?? first))));
  }
  return sum;
}
