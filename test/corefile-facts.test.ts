import { describe, expect, test } from 'vitest';
import { portOf, serverKeyOf } from '../server/src/corefile/keys';
import { lex } from '../server/src/corefile/lexer';
import { nearestOption, nearestPlugin, optionOf, pluginNamed, plugins, statusIn } from '../server/src/corefile/plugins';
import { integerOf } from '../server/src/corefile/values';
import { compareVersions, coreDnsOf, isAtLeast, versionOf } from '../server/src/corefile/versions';
import { areSameZone, isInZone, isIP, zonesOf } from '../server/src/corefile/zone';
import { secondsOf } from '../server/src/text/duration';

function statusOf(version: string, name: string, optionName?: string): string | undefined {
  const at = versionOf(version);
  const plugin = pluginNamed(name);
  const thing = optionName === undefined ? plugin : plugin && optionOf(plugin, optionName);
  return at && thing && statusIn(at, thing);
}

describe('the table of plugins', () => {
  test('names each once, in words of one sentence, with versions that are versions', () => {
    const names = plugins.map(plugin => plugin.name);
    expect(new Set(names).size).toBe(names.length);
    for (const plugin of plugins) {
      const options = plugin.options.map(option => option.name);
      expect(new Set(options).size, plugin.name).toBe(options.length);
      for (const thing of [plugin, ...plugin.options]) {
        expect(thing.summary, thing.name).toMatch(/^[A-Z].*\.$/);
        for (const version of [thing.since, thing.deprecatedIn, thing.ignoredIn, thing.removedIn]) {
          if (version !== undefined) expect(versionOf(version), `${plugin.name} ${thing.name}`).toBeDefined();
        }
      }
    }
  });

  test('holds the whole of plugin.cfg', () => {
    const official =
      'root metadata geoip cancel tls proxyproto quic grpc_server https https3 timeouts multisocket reload nsid bufsize bind debug trace ready health pprof prometheus errors log dnstap local dns64 acl any chaos loadbalance tsig cache rewrite header dnssec autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign view nomad shed';
    for (const name of official.split(' ')) expect(statusOf('1.14.7', name), name).toBe('current');
  });

  test.each([
    ['1.3.1', 'proxy', undefined, 'current'],
    ['1.4.0', 'proxy', undefined, 'deprecated'],
    ['1.5.0', 'proxy', undefined, 'removed'],
    ['1.6.9', 'federation', undefined, 'deprecated'],
    ['1.7.0', 'federation', undefined, 'removed'],
    ['1.4.0', 'kubernetes', 'upstream', 'deprecated'],
    ['1.6.9', 'kubernetes', 'upstream', 'ignored'],
    ['1.7.0', 'kubernetes', 'upstream', 'removed'],
    ['1.6.9', 'kubernetes', 'resyncperiod', 'deprecated'],
    ['1.7.0', 'kubernetes', 'resyncperiod', 'removed'],
    ['1.7.1', 'kubernetes', 'transfer', 'current'],
    ['1.8.0', 'kubernetes', 'transfer', 'removed'],
    ['1.4.0', 'ready', undefined, 'not-yet'],
    ['1.12.0', 'forward', 'failfast_all_unhealthy_upstreams', 'not-yet'],
    ['1.12.1', 'forward', 'failfast_all_unhealthy_upstreams', 'current'],
    ['1.14.6', 'cache', 'serve_stale_policy', 'not-yet'],
  ])('CoreDNS %s: %s %s is %s', (version, plugin, option, expected) => {
    expect(statusOf(version, plugin, option)).toBe(expected);
  });

  test('finds what a misspelt name meant', () => {
    expect(nearestPlugin('kubernets')).toBe('kubernetes');
    expect(nearestPlugin('foward')).toBe('forward');
    expect(nearestPlugin('promethues')).toBe('prometheus');
    expect(nearestPlugin('Cache')).toBe('cache');
    expect(nearestPlugin('proxi')).toBeUndefined();
    expect(nearestPlugin('reverse_proxy')).toBeUndefined();
    const forward = pluginNamed('forward');
    expect(forward && nearestOption(forward, 'max_concurent')).toBe('max_concurrent');
    expect(forward && nearestOption(forward, 'cache')).toBeUndefined();
  });
});

describe('versions', () => {
  test.each([
    ['1.11.3', [1, 11, 3]],
    ['v1.12.1-eksbuild.2', [1, 12, 1]],
    ['1.35', [1, 35, 0]],
    ['latest', undefined],
    ['1.2.3.4', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(versionOf(text)).toEqual(expected);
  });

  test('are compared as numbers', () => {
    expect(compareVersions([1, 9, 0], [1, 10, 0])).toBeLessThan(0);
    expect(isAtLeast([1, 10, 0], '1.9.4')).toBe(true);
    expect(isAtLeast([1, 9, 3], '1.9.4')).toBe(false);
  });

  test.each([
    [
      [1, 32, 0],
      [1, 11, 3],
    ],
    [
      [1, 35, 2],
      [1, 12, 4],
    ],
    [
      [1, 37, 0],
      [1, 14, 6],
    ],
    [
      [1, 40, 0],
      [1, 14, 6],
    ],
    [
      [1, 15, 0],
      [1, 3, 1],
    ],
    [[1, 8, 0], undefined],
  ] as const)('Kubernetes %j ships CoreDNS %j', (kubernetes, expected) => {
    expect(coreDnsOf(kubernetes)).toEqual(expected);
  });
});

describe('zones', () => {
  test.each([
    ['Example.ORG', ['example.org.']],
    ['.', ['.']],
    ['10.0.0.0/8', ['10.in-addr.arpa.']],
    ['10.0.0.0/24', ['0.0.10.in-addr.arpa.']],
    ['10.0.5.0/22', ['4.0.10.in-addr.arpa.', '5.0.10.in-addr.arpa.', '6.0.10.in-addr.arpa.', '7.0.10.in-addr.arpa.']],
    ['10.0.0.1/32', ['1.0.0.10.in-addr.arpa.']],
    ['0.0.0.0/0', ['in-addr.arpa.']],
    ['2001:db8::/32', ['8.b.d.0.1.0.0.2.ip6.arpa.']],
    ['2001:db8::/31', ['8.b.d.0.1.0.0.2.ip6.arpa.', '9.b.d.0.1.0.0.2.ip6.arpa.']],
    ['fd00::/8', ['d.f.ip6.arpa.']],
    ['10.0.0.0/33', ['10.0.0.0/33.']],
    ['a/b', ['a/b.']],
  ])('%s', (written, expected) => {
    expect(zonesOf(written)).toEqual(expected);
  });

  test('hold names', () => {
    expect(areSameZone('A.test', 'a.test.')).toBe(true);
    expect(isInZone('x.a.test', 'a.test')).toBe(true);
    expect(isInZone('xa.test', 'a.test')).toBe(false);
    expect(isInZone('anything', '.')).toBe(true);
    expect(isInZone('10.1.0.0/16', '10.0.0.0/8')).toBe(true);
  });

  test('addresses', () => {
    expect(['1.1.1.1', '::1', '2001:db8::1:2', '::ffff:1.2.3.4', 'fe80::1%eth0'].filter(isIP)).toHaveLength(5);
    expect(['1.1.1', '1.1.1.256', 'a.test', ':::', '1:2', '', '01.1.1.1'].filter(isIP)).toEqual([]);
  });

  test.each([
    ['a.test', 'dns', 'a.test', 53],
    ['a.test:5353', 'dns', 'a.test', 5353],
    ['tls://a.test', 'tls', 'a.test', 853],
    ['https://.', 'https', '.', 443],
    ['quic://.:8853', 'quic', '.', 8853],
    ['grpc://a', 'grpc', 'a', 443],
    ['2001:db8::/32', 'dns', '2001:db8::/32', 53],
    ['10.0.0.0/8:54', 'dns', '10.0.0.0/8', 54],
    ['{$Z}:{$P}', 'dns', '{$Z}', undefined],
    ['ftp://a', 'ftp', 'a', undefined],
    ['a.test,', 'dns', 'a.test', 53],
    [':53', 'dns', '', 53],
  ])('the key %s', (text, scheme, zone, port) => {
    const [token] = lex(text, 'plain').tokens;
    const key = token && serverKeyOf(token);
    expect([key?.scheme, key?.zone, key && portOf(key)]).toEqual([scheme, zone, port]);
  });
});

test.each([
  ['30s', 30],
  ['1m30s', 90],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['0', 0],
  ['-5s', -5],
  ['30', undefined],
  ['5 s', undefined],
  ['s', undefined],
  ['', undefined],
])('the duration %j', (text, expected) => {
  expect(secondsOf(text)).toBe(expected);
});

test.each([
  ['30', 30],
  ['-1', -1],
  ['+5', 5],
  ['3.5', undefined],
  ['30s', undefined],
  ['', undefined],
])('the number %j', (text, expected) => {
  expect(integerOf(text)).toBe(expected);
});
