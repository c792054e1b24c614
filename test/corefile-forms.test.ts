import { describe, expect, test } from 'vitest';
import { cacheOf } from '../server/src/corefile/cache';
import { forwardOf } from '../server/src/corefile/forward';
import { directivesNamed, expanded, optionsNamed } from '../server/src/corefile/imports';
import { clusterZonesOf, kubernetesOf } from '../server/src/corefile/kubernetes';
import { clashesIn } from '../server/src/corefile/listeners';
import { parseCorefile } from '../server/src/corefile/parse';
import type { Corefile, Directive, ServerBlock, Token } from '../server/src/corefile/syntax';
import type { ValueProblem } from '../server/src/corefile/values';

interface Found {
  readonly corefile: Corefile;
  readonly block: ServerBlock;
  readonly line: Directive;
}

/** The first line of a name in the first block of a text. */
function first(text: string, name: string): Found {
  const corefile = parseCorefile(text);
  const [block] = corefile.blocks;
  const line = block && directivesNamed(block, name, corefile).directives[0];
  if (block === undefined || line === undefined) throw new Error(`no ${name} in ${text}`);
  return { corefile, block, line };
}

function problemsIn(text: string, problems: readonly ValueProblem<string>[]): readonly string[] {
  return problems.map(({ code, severity, range }) => `${severity} ${code} ${text.slice(range.start, range.end)}`);
}

const texts = (tokens: readonly Token[]): readonly string[] => tokens.map(token => token.text);

describe('a cache line', () => {
  const cache = (line: string) => {
    const text = `. {\n  ${line}\n}`;
    const found = first(text, 'cache');
    return { text, cache: cacheOf(found.line, found.corefile) };
  };

  test('all that can be written', () => {
    const lines =
      'cache 300 a.test 10.0.0.0/8 {\n success 5000 60 7\n denial 2500\n prefetch 10 1m 20%\n serve_stale 1h VERIFY\n servfail 0\n disable success b.test\n disable denial\n keepttl\n }';
    const { cache: found } = cache(lines);
    expect(found.ttl?.value).toBe(300);
    expect(texts(found.zones)).toEqual(['a.test', '10.0.0.0/8']);
    expect([found.success?.capacity?.value, found.success?.ttl?.value, found.success?.minTtl?.value]).toEqual([
      5000, 60, 7,
    ]);
    expect([found.denial?.capacity?.value, found.denial?.ttl]).toEqual([2500, undefined]);
    expect(texts(found.prefetch?.args ?? [])).toEqual(['10', '1m', '20%']);
    expect([found.serveStale?.duration?.value, found.serveStale?.mode]).toEqual([3600, 'verify']);
    expect(found.servfail?.value).toBe(0);
    expect(found.disabled.map(({ share, zones }) => [share, ...texts(zones)])).toEqual([
      ['success', 'b.test'],
      ['denial'],
    ]);
    expect(found.keepTtl).toBeDefined();
    expect([found.problems, found.isComplete]).toEqual([[], true]);
  });

  test.each<[string, readonly string[]]>([
    ['cache', []],
    ['cache a.test', []],
    ['cache {$TTL}', []],
    ['cache 0', ['error ttl-not-positive 0']],
    ['cache -5', ['error ttl-not-positive -5']],
    ['cache 30s', ['warning ttl-with-unit 30s']],
    ['cache 1m30s a.test', ['warning ttl-with-unit 1m30s']],
    ['cache { \n success\n }', ['error argument-count success']],
    ['cache {\n success many\n }', ['error not-a-number many']],
    ['cache {\n success 100 0\n }', ['info capacity-too-small 100', 'error ttl-not-positive 0']],
    ['cache {\n denial 5000 5 -1\n }', ['error ttl-not-positive -1']],
    ['cache {\n denial 5000 5 0\n }', []],
    ['cache {\n prefetch\n }', ['error argument-count prefetch']],
    ['cache {\n prefetch 10 60\n }', ['error not-a-duration 60']],
    ['cache {\n prefetch 10 1m 20\n }', ['error percentage-invalid 20']],
    ['cache {\n prefetch 10 1m 95%\n }', ['error percentage-invalid 95%']],
    ['cache {\n prefetch 10 1m 20% 5\n }', ['error argument-count 5']],
    ['cache {\n serve_stale\n }', []],
    ['cache {\n serve_stale 3600\n }', ['error not-a-duration 3600']],
    ['cache {\n serve_stale 1h before\n }', ['error serve-stale-mode before']],
    ['cache {\n serve_stale 1h verify 1s 30s 30s\n }', []],
    ['cache {\n servfail 6m\n }', ['error servfail-too-long 6m']],
    ['cache {\n servfail 5m\n }', []],
    ['cache {\n servfail -1s\n }', ['error ttl-not-positive -1s']],
    ['cache {\n disable all\n }', ['error disable-unknown all']],
    ['cache {\n disable\n }', ['error argument-count disable']],
    ['cache {\n keepttl yes\n }', ['error argument-count yes']],
  ])('%j', (line, expected) => {
    const { text, cache: found } = cache(line);
    expect(problemsIn(text, found.problems)).toEqual(expected);
  });

  test('a number for a time with a unit', () => {
    expect(cache('cache 5m').cache.problems[0]?.replacement).toBe('300');
  });

  test('options may come from a snippet, or from nobody knows where', () => {
    const known = first('(o) {\n keepttl\n}\n. {\n cache {\n  import o\n }\n}', 'cache');
    const form = cacheOf(known.line, known.corefile);
    expect([form.keepTtl !== undefined, form.isComplete]).toEqual([true, true]);
    const unknown = first('. {\n cache {\n  import cache.d/*\n }\n}', 'cache');
    expect(cacheOf(unknown.line, unknown.corefile).isComplete).toBe(false);
  });
});

describe('a forward line', () => {
  const forward = (line: string) => {
    const text = `. {\n  ${line}\n}`;
    const found = first(text, 'forward');
    return { text, forward: forwardOf(found.line, found.corefile) };
  };

  test.each<[string, string, string, number | undefined, string, string | undefined]>([
    ['1.1.1.1', 'dns', '1.1.1.1', undefined, 'address', undefined],
    ['1.1.1.1:5353', 'dns', '1.1.1.1', 5353, 'address', undefined],
    ['dns://1.1.1.1', 'dns', '1.1.1.1', undefined, 'address', undefined],
    ['tls://9.9.9.9', 'tls', '9.9.9.9', undefined, 'address', undefined],
    ['tls://9.9.9.9%dns.quad9.net', 'tls', '9.9.9.9', undefined, 'address', 'dns.quad9.net'],
    ['[2001:db8::1]:53', 'dns', '2001:db8::1', 53, 'address', undefined],
    ['2001:db8::1', 'dns', '2001:db8::1', undefined, 'address', undefined],
    ['fe80::1%eth0', 'dns', 'fe80::1%eth0', undefined, 'address', undefined],
    ['/etc/resolv.conf', 'dns', '/etc/resolv.conf', undefined, 'file', undefined],
    ['dns.example.org:53', 'dns', 'dns.example.org', 53, 'name', undefined],
    ['{$DNS}', 'dns', '{$DNS}', undefined, 'unknown', undefined],
    ['__PILLAR__CLUSTER__DNS__', 'dns', '__PILLAR__CLUSTER__DNS__', undefined, 'unknown', undefined],
  ])('to %s', (to, scheme, host, port, kind, serverName) => {
    const [upstream] = forward(`forward . ${to}`).forward.upstreams;
    expect(upstream).toMatchObject({ scheme, host, port, kind, serverName });
  });

  test('its options', () => {
    const { forward: found } = forward(
      'forward a.test 1.1.1.1 {\n except b.a.test\n except c.a.test\n tls_servername x\n max_concurrent 1000\n policy sequential\n force_tcp\n health_check 5s\n }',
    );
    expect(found.from?.text).toBe('a.test');
    expect(texts(found.except)).toEqual(['b.a.test', 'c.a.test']);
    expect([found.tlsServerName?.text, found.maxConcurrent?.value, found.policy?.text]).toEqual([
      'x',
      1000,
      'sequential',
    ]);
    expect([found.forceTcp?.name.text, found.preferUdp, found.healthCheck?.args.length]).toEqual([
      'force_tcp',
      undefined,
      1,
    ]);
    expect(found.problems).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['forward', ['error arguments-missing forward']],
    ['forward .', ['error arguments-missing forward']],
    ['forward . grpc://1.1.1.1', ['error scheme-unsupported grpc://1.1.1.1']],
    ['forward . https://1.1.1.1/dns-query', []],
    [`forward . ${'1.1.1.1 '.repeat(15)}9.9.9.9`, ['error too-many-upstreams 9.9.9.9']],
    ['forward . 1.1.1.1 {\n policy first\n }', ['error policy-unknown first']],
    ['forward . 1.1.1.1 {\n max_concurrent -1\n }', ['error not-a-number -1']],
    ['forward . 1.1.1.1 {\n max_concurrent lots\n }', ['error not-a-number lots']],
    ['forward . {$DNS} {\n max_concurrent {$MAX}\n policy {$POLICY}\n }', []],
  ])('%j', (line, expected) => {
    const { text, forward: found } = forward(line);
    expect(problemsIn(text, found.problems)).toEqual(expected);
  });
});

describe('a kubernetes line', () => {
  test('its options', () => {
    const { corefile, line, block } = first(
      '. {\n kubernetes cluster.local in-addr.arpa 10.0.0.0/8 {\n pods verified\n ttl 30\n fallthrough in-addr.arpa\n namespaces a b\n noendpoints\n }\n}',
      'kubernetes',
    );
    const found = kubernetesOf(line, corefile);
    expect([found.pods?.text, found.ttl?.value, found.noEndpoints?.name.text]).toEqual(['verified', 30, 'noendpoints']);
    expect([texts(found.zones), texts(found.namespaces)]).toEqual([
      ['cluster.local', 'in-addr.arpa', '10.0.0.0/8'],
      ['a', 'b'],
    ]);
    expect(clusterZonesOf(found, block)).toEqual(['cluster.local']);
    expect(found.problems).toEqual([]);
  });

  test('has the zones of its block when it names none', () => {
    const { corefile, line, block } = first('cluster.local 10.0.0.0/8 {\n kubernetes\n}', 'kubernetes');
    expect(clusterZonesOf(kubernetesOf(line, corefile), block)).toEqual(['cluster.local']);
  });

  test.each<[string, readonly string[]]>([
    ['pods some', ['error pods-mode-unknown some']],
    ['ttl 4000', ['error ttl-out-of-range 4000']],
    ['ttl -1', ['error ttl-out-of-range -1']],
    ['ttl 30s', ['error not-a-number 30s']],
    ['ttl 0', []],
    ['pods {$MODE}', []],
  ])('%s', (option, expected) => {
    const text = `. {\n kubernetes cluster.local {\n  ${option}\n }\n}`;
    const { corefile, line } = first(text, 'kubernetes');
    expect(problemsIn(text, kubernetesOf(line, corefile).problems)).toEqual(expected);
  });
});

describe('imports', () => {
  const names = (text: string): unknown => {
    const corefile = parseCorefile(text);
    const [block] = corefile.blocks;
    const { directives, isComplete } = expanded(block?.directives ?? [], corefile);
    return [directives.map(line => line.name.text), isComplete];
  };

  test('of snippets are followed, of files they are not', () => {
    expect(names('(a) {\n log\n import b\n}\n(b) {\n errors\n}\n. {\n import a\n cache\n}')).toEqual([
      ['log', 'errors', 'cache'],
      true,
    ]);
    expect(names('. {\n import x\n cache\n}')).toEqual([['cache'], false]);
    expect(names('. {\n import custom/*.override\n}')).toEqual([[], false]);
    expect(names('. {\n {{ .Values.lines }}\n cache\n}')).toEqual([['cache'], false]);
  });

  test('that never end are given up', () => {
    const [, isComplete] = [names('(a) {\n import a\n log\n}\n. {\n import a\n}')].flat(1);
    expect(isComplete).toBe(false);
  });

  test('stand among options, too', () => {
    const { corefile, line } = first(
      '(o) {\n policy random\n}\n. {\n forward . 1.1.1.1 {\n  import o\n }\n}',
      'forward',
    );
    expect(optionsNamed(line, 'policy', corefile).directives).toHaveLength(1);
  });
});

describe('blocks that clash', () => {
  test.each<[string, readonly string[]]>([
    ['a.test {\n}\nb.test {\n}', []],
    ['a.test {\n}\nA.TEST.:53 {\n}', ['a.test. 53']],
    ['a.test {\n}\na.test:54 {\n}', []],
    ['a.test {\n}\ntls://a.test {\n}', []],
    ['tls://a.test {\n}\ntls://a.test:853 {\n}', ['a.test. 853']],
    ['10.0.0.0/8 {\n}\n10.in-addr.arpa {\n}', ['10.in-addr.arpa. 53']],
    ['10.1.0.0/15 {\n}\n1.10.in-addr.arpa {\n}', ['1.10.in-addr.arpa. 53']],
    ['a.test a.test {\n}', ['a.test. 53']],
    ['. {\n bind 127.0.0.1\n}\n. {\n bind 127.0.0.2\n}', []],
    ['. {\n bind 127.0.0.1\n}\n. {\n}', ['. 53']],
    ['. {\n view a {\n  expr true\n }\n}\n. {\n}', []],
    ['{$ZONE} {\n}\n{$ZONE} {\n}', []],
    ['. {\n import x\n}\n. {\n}', []],
  ])('%j', (text, expected) => {
    expect(clashesIn(parseCorefile(text)).map(({ zone, port }) => `${zone} ${port}`)).toEqual(expected);
  });
});
