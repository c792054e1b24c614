import { describe, expect, test } from 'vitest';
import { EndTable } from '../server/src/network/answers/end-table';
import { meaningOf, pairOf, reachOf } from '../server/src/network/answers/questions';
import { networkOf } from '../server/src/network/policies/network';
import { commandLine } from './command-line';
import { resourcesOf, viewOf } from './connectivity/cluster';
import { admin, namespace, pod, policy, two } from './connectivity/texts';

const { write, run } = commandLine();

const pods = namespace('ns') + pod('ns/a') + pod('ns/b') + pod('other/a') + pod('other/long-name');
const caller = `---
apiVersion: v1
kind: Pod
metadata: {name: caller, namespace: ns, labels: {app: caller}}
spec: {containers: [{name: main, image: x, env: [{name: API_URL, value: "http://b"}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: ns}
spec: {selector: {app: b}, ports: [{port: 80, targetPort: 8080}]}
`;
const onlyA = policy(
  'b',
  '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 80}]}, {from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}',
);

function askedOf(text: string) {
  const view = viewOf(resourcesOf(text));
  const table = new EndTable(view, networkOf(view));
  const end = (name: string) => {
    const [first] = meaningOf(name, table).ends;
    if (first === undefined) throw new Error(`no ${name}`);
    return first;
  };
  return {
    meaning: (name: string) => {
      const { ends, nearest } = meaningOf(name, table);
      return nearest ?? ends.map(({ id }) => id);
    },
    pair: (from: string, to: string) => pairOf(end(from), end(to), table, view),
    reach: (name: string, direction: 'ingress' | 'egress') => reachOf(end(name), direction, table, view),
  };
}

describe('names', () => {
  const { meaning } = askedOf(pods);

  test('as printed, with a namespace, or alone', () => {
    for (const name of ['ns/b[Pod]', 'ns/b', 'b']) expect(meaning(name)).toEqual(['ns/b[Pod]']);
    expect(meaning('a')).toEqual(['ns/a[Pod]', 'other/a[Pod]']);
  });

  test('that are none', () => {
    expect(meaning('lang-name')).toBe('long-name');
    expect(meaning('other/long-nam')).toBe('other/long-name');
    expect(meaning('other/long-name[Pods]')).toBe('other/long-name[Pod]');
    expect(meaning('nobody-at-all')).toEqual([]);
  });
});

describe('a pair', () => {
  const told = ({ allowed, decisions, calls }: ReturnType<ReturnType<typeof askedOf>['pair']>) => ({
    allowed: `${allowed}`,
    decisions: decisions.map(({ end, effect, policy: { name } }) => `${end}: ${name.text} ${effect}`),
    calls: calls.map(({ service, answer }) => `${service} ${answer}`),
  });

  test('with the policies of both ends, and the calls', () => {
    const { pair } = askedOf(pods + caller + onlyA);
    expect(told(pair('ns/a', 'b'))).toEqual({
      allowed: 'TCP 80',
      decisions: ['ingress: b isolates', 'ingress: b allows'],
      calls: [],
    });
    expect(told(pair('caller', 'b'))).toEqual({
      allowed: 'No Connections',
      decisions: ['ingress: b isolates'],
      calls: ['ns/b denied'],
    });
    expect(told(pair('b', 'caller'))).toEqual({ allowed: 'All Connections', decisions: [], calls: [] });
  });

  test('that an admin policy decides on', () => {
    const deny = admin(
      'first',
      '{priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: ns}}}]}]}',
    );
    expect(told(askedOf(two + deny).pair('a', 'b'))).toMatchObject({
      allowed: 'No Connections',
      decisions: ['ingress: first denies'],
    });
  });

  test('that a policy of another API may change', () => {
    const cilium = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: ns}
spec: {endpointSelector: {matchLabels: {app: b}}, ingress: [{fromEntities: [cluster]}]}
`;
    const { pair, reach } = askedOf(pods + caller + cilium);
    expect(told(pair('caller', 'b'))).toEqual({
      allowed: 'Unknown',
      decisions: ['ingress: c obscures'],
      calls: ['ns/b unknown'],
    });
    const { allowed, denied, unknown } = reach('b', 'ingress');
    expect([allowed, denied]).toEqual([[], []]);
    expect(unknown.map(({ id, called }) => `${id} ${called}`)).toContain('ns/caller[Pod] TCP 8080');
  });
});

test('who may reach an end, and whom it may reach', () => {
  const { reach } = askedOf(pods + caller + onlyA);
  const lines = (list: ReturnType<typeof reach>['outside']) =>
    list.map(({ id, allowed, deciding }) => `${id} : ${allowed}, ${deciding.map(({ effect }) => effect)}`);
  const into = reach('b', 'ingress');
  expect(lines(into.allowed)).toEqual(['ns/a[Pod] : TCP 80, allows']);
  expect(lines(into.denied)).toEqual(['ns/caller[Pod] : No Connections, isolates']);
  expect(lines(into.outside)).toEqual(['192.0.2.0-192.0.2.255[External] : All Connections, allows']);
  const out = reach('caller', 'egress');
  expect(out.allowed.map(({ id }) => id)).toEqual(['ns/a[Pod]', 'other/a[Pod]', 'other/long-name[Pod]']);
  expect(out.denied.map(({ id, called }) => `${id} : ${called}`)).toEqual(['ns/b[Pod] : TCP 8080']);
});

test('a call of which only a part is allowed is in both lists', () => {
  const both = caller
    .replace('{port: 80, targetPort: 8080}', '{name: x, port: 80}, {name: y, port: 8080}')
    .replace('"http://b"}', '"http://b"}, {name: OTHER_URL, value: "http://b:8080"}');
  const part = policy('b', '{podSelector: {matchLabels: {app: b}}, ingress: [{ports: [{port: 80}, {port: 90}]}]}');
  const { allowed, denied } = askedOf(namespace('ns') + pod('ns/b') + both + part).reach('b', 'ingress');
  expect(allowed.map(({ id, allowed, called }) => `${id} ${allowed} ${called}`)).toEqual([
    'ns/caller[Pod] TCP 80,90 TCP 80',
  ]);
  expect(denied.map(({ id, called }) => `${id} ${called}`)).toEqual(['ns/caller[Pod] TCP 8080']);
});

test('the command line', () => {
  write('ask/net/all.yaml', pods + caller + onlyA);
  const ask = (...args: readonly string[]) => run('ask', 'connectivity', 'net', ...args);
  expect(ask('--from', 'caller', '--to', 'ns/b')).toEqual({
    stdout: `\
ns/caller[Pod] => ns/b[Pod] : No Connections
egress of ns/caller[Pod]: no policy has to do with it
ingress of ns/b[Pod]:
  net/all.yaml:38: NetworkPolicy 'b' isolates these pods
called as Service ns/b, TCP 8080: denied
  net/all.yaml:29: shows it
`,
    stderr: '',
    status: 0,
  });
  expect(ask('--to', 'b').stdout).toBe(`\
May reach ns/b[Pod]:
  ns/a[Pod] : TCP 80, by NetworkPolicy 'b' (net/all.yaml:39)
Called, but not allowed:
  ns/caller[Pod] : TCP 8080, by NetworkPolicy 'b' (net/all.yaml:38)
From outside:
  192.0.2.0-192.0.2.255[External] : All Connections, by NetworkPolicy 'b' (net/all.yaml:39)
`);
  expect(ask('--from', 'b').stdout).toContain('May be reached from ns/b[Pod]:\n');
  expect(JSON.parse(ask('--from', 'ns/a', '--to', 'b', '--format', 'json').stdout)).toMatchObject({
    src: 'ns/a[Pod]',
    dst: 'ns/b[Pod]',
    conn: 'TCP 80',
    policies: [{ effect: 'isolates' }, { end: 'ingress', effect: 'allows', kind: 'NetworkPolicy', name: 'b' }],
    calls: [],
  });
  expect(JSON.parse(ask('--to', 'b', '--format', 'json').stdout)).toMatchObject({
    peer: 'ns/b[Pod]',
    direction: 'ingress',
    allowed: [{ peer: 'ns/a[Pod]', conn: 'TCP 80', called: null }],
    denied: [{ peer: 'ns/caller[Pod]', called: 'TCP 8080' }],
  });
  expect(ask('--to', 'b', '--format', 'dot').stdout.match(/->/g)).toHaveLength(2);
  expect(ask('--to', 'a')).toMatchObject({
    status: 2,
    stderr: "kube-netlint: 'a' may mean 'ns/a[Pod]', 'other/a[Pod]': say which\n",
  });
  expect(ask('--to', 'callr')).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean 'caller'?") });
});
