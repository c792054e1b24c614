import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressesWithout,
  addressOf,
  everyIpv4,
  isStrictlyInside,
  parseCidr,
  printAddress,
  printRange,
  rangesOf,
} from '../server/src/network/sets/addresses';
import { Bits } from '../server/src/network/sets/bits';
import { Connections, ports, printPorts, protocols } from '../server/src/network/sets/connections';
import {
  equals,
  holds,
  type Interval,
  includes,
  intersect,
  intervalSet,
  subtract,
  union,
} from '../server/src/network/sets/intervals';

const size = 24;
const points = Array.from({ length: size }, (_, i) => i);
const interval = fc
  .tuple(fc.integer({ min: 0, max: size }), fc.integer({ min: 0, max: size }))
  .map(([start, end]): Interval<number> => ({ start, end }));
const intervals = fc.array(interval, { maxLength: 8 });

/** The model: a set of numbers. */
const membersOf = (list: readonly Interval<number>[]) =>
  new Set(points.filter(point => list.some(({ start, end }) => start <= point && point < end)));

describe('interval sets', () => {
  test('hold what any of their intervals holds, in order and with gaps between', () => {
    fc.assert(
      fc.property(intervals, list => {
        const set = intervalSet(list);
        expect(membersOf(set)).toEqual(membersOf(list));
        for (const [i, { start, end }] of set.entries()) {
          expect(start).toBeLessThan(end);
          expect(set[i + 1]?.start ?? Number.POSITIVE_INFINITY).toBeGreaterThan(end);
        }
      }),
    );
  });

  test('combine as sets do', () => {
    fc.assert(
      fc.property(intervals, intervals, (left, right) => {
        const [a, b] = [intervalSet(left), intervalSet(right)];
        const [x, y] = [membersOf(a), membersOf(b)];
        const canonical = (members: (point: number) => boolean) =>
          intervalSet(points.filter(members).map(point => ({ start: point, end: point + 1 })));
        expect(union(a, b)).toEqual(canonical(point => x.has(point) || y.has(point)));
        expect(intersect(a, b)).toEqual(canonical(point => x.has(point) && y.has(point)));
        expect(subtract(a, b)).toEqual(canonical(point => x.has(point) && !y.has(point)));
        expect(equals(a, b)).toBe(points.every(point => x.has(point) === y.has(point)));
        expect(includes(a, b)).toBe([...y].every(point => x.has(point)));
        for (const point of points) expect(holds(a, point)).toBe(x.has(point));
      }),
    );
  });

  test('are as exact for large numbers', () => {
    const top = (1n << 128n) - 1n;
    const all = intervalSet([{ start: 0n, end: top + 1n }]);
    expect(subtract(all, [{ start: top, end: top + 1n }])).toEqual([{ start: 0n, end: top }]);
  });
});

describe('bits', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 69 }));
  test('combine as sets do', () => {
    fc.assert(
      fc.property(numbers, numbers, (left, right) => {
        const [a, b] = [Bits.of(70, left), Bits.of(70, right)];
        const sorted = (list: number[]) => list.sort((x, y) => x - y);
        expect([...a]).toEqual(sorted([...left]));
        expect([...a.and(b)]).toEqual(sorted(left.filter(n => right.includes(n))));
        expect([...a.minus(b)]).toEqual(sorted(left.filter(n => !right.includes(n))));
        expect([...a.or(b)]).toEqual(sorted([...new Set([...left, ...right])]));
        expect(a.isEmpty).toBe(left.length === 0);
        for (const n of right) expect(a.has(n)).toBe(left.includes(n));
      }),
    );
    expect([...Bits.all(70)]).toHaveLength(70);
  });
});

describe('connections', () => {
  const range = fc
    .tuple(fc.constantFrom(...protocols), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 5 }))
    .map(([protocol, first, length]) => Connections.of(protocol, ports(first, first + length)));
  const connections = fc.oneof(
    fc.constant(Connections.all),
    fc.array(range, { maxLength: 5 }).map(list => Connections.unionOf(list)),
  );
  const sample = protocols.flatMap(protocol => [1, 5, 12, 17, 65535].map(port => [protocol, port] as const));
  const has = (set: Connections, [protocol, port]: (typeof sample)[number]) => holds(set.ports(protocol), port);

  test('combine port by port', () => {
    fc.assert(
      fc.property(connections, connections, (a, b) => {
        for (const each of sample) {
          expect(has(a.union(b), each)).toBe(has(a, each) || has(b, each));
          expect(has(a.intersect(b), each)).toBe(has(a, each) && has(b, each));
          expect(has(a.subtract(b), each)).toBe(has(a, each) && !has(b, each));
        }
        expect(a.contains(b)).toBe(a.union(b).equals(a));
        expect(a.equals(b)).toBe(a.toString() === b.toString());
        expect(a.subtract(b).isEmpty).toBe(b.contains(a));
        expect(a.union(Connections.all.subtract(a)).isAll).toBe(true);
      }),
    );
  });

  test('print protocols and ports in order', () => {
    const tcp = Connections.of('TCP', [...ports(80), ...ports(443), ...ports(8080, 8090)]);
    expect(`${tcp.union(Connections.of('UDP', ports(53)))}`).toBe('TCP 80,443,8080-8090,UDP 53');
    expect(`${Connections.all.subtract(Connections.of('SCTP', ports(9003)))}`).toBe(
      'SCTP 1-9002,9004-65535,TCP 1-65535,UDP 1-65535',
    );
    expect(`${Connections.all} ${Connections.none}`).toBe('All Connections No Connections');
    expect(printPorts(ports(0, 70000))).toBe('1-65535');
  });
});

describe('addresses', () => {
  const ipv4 = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });

  test('IPv4 blocks hold what shares their prefix', () => {
    fc.assert(
      fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 32 }), (base, other, prefix) => {
        const cidr = parseCidr(`${base.join('.')}/${prefix}`);
        const bitsOf = (bytes: number[]) => bytes.map(byte => byte.toString(2).padStart(8, '0')).join('');
        const isInside = bitsOf(base).slice(0, prefix) === bitsOf(other).slice(0, prefix);
        expect(holds(cidr?.addresses ?? [], addressOf(other.join('.')) ?? -1n)).toBe(isInside);
        expect(cidr?.problems.includes('host-bits')).toBe(bitsOf(base).slice(prefix).includes('1'));
      }),
    );
  });

  test('print as they were read', () => {
    fc.assert(
      fc.property(fc.ipV6(), text => {
        const address = addressOf(text);
        expect(address).toBeDefined();
        const printed = printAddress(address ?? 0n);
        expect(addressOf(printed)).toBe(address);
        expect(printed).toBe(new URL(`http://[${text}]`).hostname.slice(1, -1));
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), text => {
        expect(printAddress(addressOf(text) ?? 0n)).toBe(text);
      }),
    );
  });

  test('the families never mix', () => {
    const all = [...(parseCidr('0.0.0.0/0')?.addresses ?? []), ...(parseCidr('::/0')?.addresses ?? [])];
    expect(rangesOf(intervalSet(all)).map(printRange)).toEqual([
      '0.0.0.0-255.255.255.255',
      '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
    expect(intersect(parseCidr('::/0')?.addresses ?? [], everyIpv4)).toEqual([]);
  });

  test.each([
    ['10.0.0.0/8', []],
    ['010.0.0.5/8', ['leading-zeros', 'host-bits']],
    ['192.168.0.5/24', ['host-bits']],
    ['10.0.0.0/08', ['leading-zeros']],
    ['2001:db8::1/64', ['host-bits']],
    ['::ffff:10.0.0.0/104', []],
  ])('%s has its problems told', (text, problems) => {
    expect(parseCidr(text)?.problems).toEqual(problems);
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.256/8',
    '::/129',
    ':::/8',
    '1::2::3/8',
    '1:2:3:4:5:6:7/8',
    '1:2:3:4:5:6:7:8:9/8',
    'fd00::g/8',
    ' 10.0.0.0/8',
    '10.0.0.0/8\n',
    '10.0.0.0/-1',
    '1.2.3.4::/8',
    `${'1'.repeat(100000)}/8`,
  ])('%j is no block', text => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test('exceptions are cut out, and must be strictly inside', () => {
    const [outer, inner] = [parseCidr('10.0.0.0/30'), parseCidr('10.0.0.1/32')];
    if (outer === undefined || inner === undefined) throw new Error('both are blocks');
    expect(addressesWithout(outer, [inner]).map(printRange)).toEqual(['10.0.0.0-10.0.0.0', '10.0.0.2-10.0.0.3']);
    expect(isStrictlyInside(inner, outer)).toBe(true);
    expect(isStrictlyInside(outer, outer)).toBe(false);
    expect(isStrictlyInside(outer, inner)).toBe(false);
  });
});
