import { type Interval, type IntervalSet, includes, intersect, intervalSet, subtract } from './intervals';

/**
 * Addresses of both families on one line: IPv4 first, IPv6 after it. So one kind of set holds both, and a block of
 * one family never touches the other.
 */
export type AddressSet = IntervalSet<bigint>;

const endOfIpv4 = 1n << 32n;
const endOfIpv6 = endOfIpv4 + (1n << 128n);

export const everyIpv4: AddressSet = [{ start: 0n, end: endOfIpv4 }];
export const everyIpv6: AddressSet = [{ start: endOfIpv4, end: endOfIpv6 }];
export const everyAddress: AddressSet = [{ start: 0n, end: endOfIpv6 }];
export const noAddress: AddressSet = [];

/** `malformed`: no API server takes it. The others: rejected on creation from Kubernetes 1.36, tolerated before. */
export type CidrProblem = 'malformed' | 'leading-zeros' | 'host-bits';

export interface Cidr {
  readonly family: 4 | 6;
  readonly prefix: number;
  readonly addresses: AddressSet;
  readonly problems: readonly CidrProblem[];
}

/** A CIDR block as the API server reads it: leading zeros are decimal, host bits don't count. Undefined if malformed. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = /^([^/]{1,45})\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || length === undefined) return undefined;
  const parsed = parseAddress(address);
  const prefix = Number(length);
  if (parsed === undefined || prefix > bitsOf(parsed.family)) return undefined;
  const size = 1n << BigInt(bitsOf(parsed.family) - prefix);
  const hostBits = parsed.value % size;
  const start = offsetOf(parsed.family) + parsed.value - hostBits;
  const problems: CidrProblem[] = [];
  if (parsed.hasLeadingZeros || /^0\d/.test(length)) problems.push('leading-zeros');
  if (hostBits !== 0n) problems.push('host-bits');
  return { family: parsed.family, prefix, addresses: [{ start, end: start + size }], problems };
}

/** The addresses of a block without those of its exceptions. */
export function addressesWithout(cidr: Cidr, except: readonly Cidr[]): AddressSet {
  return subtract(cidr.addresses, intervalSet(except.flatMap(({ addresses }) => addresses)));
}

/** Whether a block is part of another one and not all of it, as `except` demands. */
export function isStrictlyInside(inner: Cidr, outer: Cidr): boolean {
  return includes(outer.addresses, inner.addresses) && inner.prefix > outer.prefix;
}

export function addressOf(text: string): bigint | undefined {
  const parsed = parseAddress(text);
  return parsed && offsetOf(parsed.family) + parsed.value;
}

/** `10.0.0.0-10.255.255.255`: both ends inclusive. The interval lies within one family. */
export function printRange({ start, end }: Interval<bigint>): string {
  return `${printAddress(start)}-${printAddress(end - 1n)}`;
}

/** The stretches of a set, none of which runs across the border of the families. */
export function rangesOf(addresses: AddressSet): readonly Interval<bigint>[] {
  return [...intersect(addresses, everyIpv4), ...intersect(addresses, everyIpv6)];
}

export function printAddress(address: bigint): string {
  return address < endOfIpv4 ? printIpv4(address) : printIpv6(address - endOfIpv4);
}

interface ParsedAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly hasLeadingZeros: boolean;
}

function parseAddress(text: string): ParsedAddress | undefined {
  if (text.includes(':')) return parseIpv6(text);
  const match = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/.exec(text);
  if (match === null) return undefined;
  const bytes = match.slice(1);
  if (bytes.some(byte => Number(byte) > 255)) return undefined;
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { family: 4, value, hasLeadingZeros: bytes.some(byte => /^0\d/.test(byte)) };
}

/** One `::` stands for as many zero groups as are missing; the last two groups may be written as an IPv4 address. */
function parseIpv6(text: string): ParsedAddress | undefined {
  const halves = text.split('::');
  const isIpv4First = text.includes('.') && text.indexOf('.') < text.lastIndexOf(':');
  if (halves.length > 2 || isIpv4First) return undefined;
  const [head, tail] = halves.map(half => (half === '' ? [] : groupsOf(half)));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  const value = groups.reduce((sum, group) => sum * 65536n + group, 0n);
  return { family: 6, value, hasLeadingZeros: false };
}

function groupsOf(half: string): bigint[] | undefined {
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [index, part] of parts.entries()) {
    const ipv4 = index === parts.length - 1 && part.includes('.') ? parseAddress(part) : undefined;
    if (ipv4) groups.push(ipv4.value / 65536n, ipv4.value % 65536n);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function printIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.');
}

/** As RFC 5952 writes it: lower case, the longest run of two or more zero groups as `::`. */
function printIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 65535n).toString(16));
  let best = { from: 0, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (groups[from + length] === '0') length++;
    if (length > best.length) best = { from, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`;
}

const bitsOf = (family: 4 | 6) => (family === 4 ? 32 : 128);
const offsetOf = (family: 4 | 6) => (family === 4 ? 0n : endOfIpv4);
