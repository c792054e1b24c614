import { beforeAll, describe, expect, test } from 'vitest';
import { differenceTexts } from '../server/src/cli/difference-formats';
import { type Difference, differenceOf, isSomething } from '../server/src/network/answers/difference';
import { Workspace } from '../server/src/workspace/workspace';
import { commandLine } from './command-line';
import { resourcesOf, viewOf } from './connectivity/cluster';
import { namespace, pod, policy, two } from './connectivity/texts';

const differenceIn = (before: string, after: string): Difference =>
  differenceOf(viewOf(resourcesOf(before)), viewOf(resourcesOf(after)));

/** A line for each pair: `src => dst : +opened -closed`. */
const changesIn = (before: string, after: string) =>
  differenceIn(before, after).changes.map(({ src, dst, before: was, after: is, opened, closed }) => {
    const parts = [...(opened.isEmpty ? [] : [`+${opened}`]), ...(closed.isEmpty ? [] : [`-${closed}`])];
    return `${src} => ${dst} : ${parts.join(' ') || `${was}, now ${is}`}`;
  });

const isolated = (port: number) =>
  policy(
    'b',
    `{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {}}], ports: [{port: ${port}}]}]}`,
  );

const shop = (target: number, url = 'http://b') => `${namespace('ns')}---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: ns, labels: {app: a}}
spec: {containers: [{name: main, image: x, env: [{name: API_URL, value: "${url}"}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: ns}
spec: {selector: {app: b}, ports: [{port: 80, targetPort: ${target}}]}
${pod('ns/b')}`;

const everyone = '0.0.0.0-255.255.255.255[External]';

describe('what is opened and closed', () => {
  test('nothing, where the same is written in another way', () => {
    const other = policy(
      'renamed',
      '{podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress], ingress: [{ports: [{port: 80, protocol: TCP}], from: [{podSelector: {}}]}]}',
    );
    const difference = differenceIn(two + isolated(80), other + two);
    expect(difference).toEqual({ changes: [], calls: [], added: [], removed: [] });
    expect(isSomething(difference)).toBe(false);
  });

  test('a call that two overlays of one base bring, once', () => {
    const closed = policy('b', '{podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress]}');
    const twice = (text: string) => `${text}---\n${text.replace('image: x', 'image: y')}`;
    const { calls } = differenceIn(twice(shop(80)), twice(shop(80)) + closed);
    expect(calls.map(({ after }) => `${after.caller} ${after.service} ${after.answer}`)).toEqual([
      'ns/a[Pod] ns/b denied',
    ]);
  });

  test('a policy that isolates', () => {
    expect(changesIn(two, two + isolated(80))).toEqual([
      `${everyone} => ns/b[Pod] : -All Connections`,
      'ns/a[Pod] => ns/b[Pod] : -SCTP 1-65535,TCP 1-79,81-65535,UDP 1-65535',
    ]);
  });

  test('another port is one opened and one closed', () => {
    expect(changesIn(two + isolated(80), two + isolated(443))).toEqual(['ns/a[Pod] => ns/b[Pod] : +TCP 443 -TCP 80']);
  });

  test('only the addresses that changed, however the policies list them', () => {
    const egress = (to: string) =>
      two + policy('out', `{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [${to}]}`);
    const before = egress('{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}');
    const after = egress(
      '{to: [{ipBlock: {cidr: 10.0.0.0/9}}, {ipBlock: {cidr: 10.128.0.0/9}}, {ipBlock: {cidr: 192.0.2.0/24}}]}',
    );
    expect(changesIn(before, after)).toEqual(['ns/a[Pod] => 192.0.2.0-192.0.2.255[External] : +All Connections']);
    // A block of the other family on one side says nothing about the first family.
    const six = egress('{to: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: "2001:db8::/32"}}]}');
    expect(changesIn(before, six)).toEqual([
      'ns/a[Pod] => 2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff[External] : +All Connections',
    ]);
  });

  test('unknown is neither opened nor closed', () => {
    const cilium = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: ns}
spec: {endpointSelector: {matchLabels: {app: b}}, ingress: [{fromEntities: [cluster]}]}
`;
    expect(changesIn(two, two + cilium)).toEqual([
      `${everyone} => ns/b[Pod] : All Connections, now Unknown`,
      'ns/a[Pod] => ns/b[Pod] : All Connections, now Unknown',
    ]);
    expect(changesIn(two + cilium, two)).toContain('ns/a[Pod] => ns/b[Pod] : Unknown, now All Connections');
    expect(changesIn(two + isolated(80) + cilium, two + cilium)).toEqual([]);
  });

  test('what is on one side only is said, and not compared', () => {
    const difference = differenceIn(two, namespace('ns') + pod('ns/a') + pod('ns/c') + pod('other/d'));
    expect(difference).toMatchObject({ changes: [], added: ['ns/c[Pod]', 'other/d[Pod]'], removed: ['ns/b[Pod]'] });
    expect(isSomething(difference)).toBe(true);
    expect(differenceIn('', two)).toMatchObject({ changes: [], added: ['ns/a[Pod]', 'ns/b[Pod]'], removed: [] });
  });

  test('pods of one owner that are told apart on one side only', () => {
    const owned = (name: string, role: string) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: ns, labels: {role: ${role}}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: rs, controller: true}]}
spec: {containers: [{name: main, image: x}]}
`;
    const pods = two + owned('one', 'x') + owned('two', 'y');
    const closed = policy('x', '{podSelector: {matchLabels: {role: x}}}');
    expect(differenceIn(pods, pods)).toMatchObject({ changes: [], added: [], removed: [] });
    expect(changesIn(pods, pods + closed)).toEqual([
      `${everyone} => ns/one[Pod] : -All Connections`,
      'ns/a[Pod] => ns/one[Pod] : -All Connections',
      'ns/b[Pod] => ns/one[Pod] : -All Connections',
      'ns/two[Pod] => ns/one[Pod] : -All Connections',
    ]);
  });

  test('what an Ingress exposes', () => {
    const service = `---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: ns}
spec: {selector: {app: b}, ports: [{port: 80, targetPort: 8080}]}
`;
    const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: b, namespace: ns}
spec: {defaultBackend: {service: {name: b, port: {number: 80}}}}
`;
    const open = two + service;
    expect(changesIn(open, open + ingress)).toEqual(['{ingress-controller} => ns/b[Pod] : +TCP 8080']);
    expect(changesIn(open + ingress, open)).toEqual(['{ingress-controller} => ns/b[Pod] : -TCP 8080']);
  });
});

describe('calls that the manifests show', () => {
  const callsIn = (before: string, after: string) =>
    differenceIn(before, after).calls.map(({ before: was, after: { caller, service, answer, deciding } }) => {
      const by = deciding.map(({ end, effect, policy: { name } }) => `${name.text} ${effect} ${end}`);
      return `${caller} calls ${service}: ${was}, now ${answer} (${by.join(', ')})`;
    });

  test('become denied, and allowed', () => {
    expect(callsIn(shop(80), shop(80) + isolated(443))).toEqual([
      'ns/a[Pod] calls ns/b: allowed, now denied (b isolates ingress)',
    ]);
    expect(callsIn(shop(80) + isolated(443), shop(80) + isolated(80))).toEqual([
      'ns/a[Pod] calls ns/b: denied, now allowed (b allows ingress)',
    ]);
    expect(callsIn(shop(80), shop(80) + isolated(80))).toEqual([]);
  });

  test('by another target port, though no connection changes', () => {
    expect(changesIn(shop(80) + isolated(80), shop(8080) + isolated(80))).toEqual([]);
    expect(callsIn(shop(80) + isolated(80), shop(8080) + isolated(80))).toEqual([
      'ns/a[Pod] calls ns/b: allowed, now denied (b isolates ingress)',
    ]);
  });

  test('that are new and denied', () => {
    expect(callsIn(shop(80, 'none') + isolated(443), shop(80) + isolated(443))).toEqual([
      'ns/a[Pod] calls ns/b: undefined, now denied (b isolates ingress)',
    ]);
    expect(callsIn(shop(80, 'none') + isolated(80), shop(80) + isolated(80))).toEqual([]);
  });
});

describe('the command line', () => {
  const { write, run } = commandLine();
  const diff = (...args: readonly string[]) => run('diff', 'connectivity', 'diff', ...args);

  beforeAll(() => {
    write('diff/before/all.yaml', shop(80));
    write('diff/after/all.yaml', `${shop(80)}${isolated(443)}${pod('ns/c')}`);
    write('diff/diff/all.yaml', two);
    write('diff/empty/none.yaml', 'a: 1\n');
  });

  test('prints text', () => {
    expect(diff('before', 'after')).toEqual({
      stdout: `\
2 connections closed, 1 call denied now and 1 peer added.

Calls that the manifests show:
- ns/a[Pod] => Service ns/b : TCP 80: was allowed, now denied, by NetworkPolicy 'b' (after/all.yaml:23)

Connections:
- ${everyone} => ns/b[Pod] : All Connections
- ns/a[Pod] => ns/b[Pod] : SCTP 1-65535,TCP 1-442,444-65535,UDP 1-65535

Only afterwards (their connections are not listed):
+ ns/c[Pod]
`,
      stderr: '',
      status: 0,
    });
    expect(diff('after', 'before').stdout).toContain('+ ns/a[Pod] => Service ns/b : TCP 80: was denied, now allowed\n');
  });

  test('says in one sentence that nothing changes', () => {
    expect(diff('before', 'before', '--exit-code')).toEqual({
      stdout: 'No connection changes.\n',
      stderr: '',
      status: 0,
    });
    expect(diff('before', 'after', '--exit-code').status).toBe(1);
  });

  test('prints JSON', () => {
    expect(JSON.parse(diff('before', 'after', '--format', 'json').stdout)).toMatchObject({
      version: 1,
      changed: true,
      connections: [
        { src: everyone, opened: null, closed: 'All Connections' },
        { before: 'All Connections', after: 'TCP 443' },
      ],
      calls: [{ src: 'ns/a[Pod]', service: 'ns/b', before: 'allowed', after: 'denied', shown: ['after/all.yaml:9'] }],
      added: ['ns/c[Pod]'],
      removed: [],
      notes: [],
    });
  });

  test('prints Markdown in which names are only names', () => {
    const name = 'x`|@you <img src=x> [l](http://y)\u202e\n# h';
    const hostile = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'ns', labels: { app: 'b' } },
      spec: { containers: [{ name: 'main', image: 'x' }] },
    });
    write('diff/old/all.yaml', `${two}---\n${hostile}\n`);
    write('diff/new/all.yaml', `${two}---\n${hostile}\n${isolated(80)}`);
    const { stdout } = diff('old', 'new', '--format', 'md');
    const shown = '`` ns/x`\\u007c@you <img src=x> [l](http://y)\\u202e\\n# h[Pod] ``';
    expect(stdout).toContain(`| closed | \`ns/a[Pod]\` | ${shown} | SCTP 1-65535,TCP 1-79,81-65535,UDP 1-65535 |\n`);
    for (const line of stdout.split('\n').filter(each => each.startsWith('|'))) expect(line.split('|')).toHaveLength(6);
    expect(diff('old', 'old', '--format', 'md').stdout).toBe(
      '### Network connectivity\n\n**No connection changes.**\n',
    );
    expect(diff('before', 'after', '--format', 'md').stdout).toContain(
      "| `ns/a[Pod]` | `ns/b` | TCP 80 | allowed → **denied** | `NetworkPolicy 'b' (after/all.yaml:23)` |\n",
    );
  });

  test('folds in Markdown what is more than a person reads', () => {
    const many = namespace('ns') + Array.from({ length: 12 }, (_, i) => pod(`ns/p${i + 10}`)).join('');
    const difference = differenceIn(many, many + policy('all', '{podSelector: {}}'));
    const text = differenceTexts.md({ difference, workspace: Workspace.empty, notes: [] });
    expect(text).toContain('**144 connections closed.**');
    expect(text.match(/^\| closed/gm)).toHaveLength(12);
    expect(text).toContain(
      `| closed | \`${everyone}\`, \`ns/p11[Pod]\`, \`ns/p12[Pod]\` and 9 more | \`ns/p10[Pod]\` | All Connections |`,
    );
  });

  test('says what is not known', () => {
    write('diff/broken/all.yaml', `${two}---\napiVersion: v1\nkind: Pod\nmetadata: {name: c\nspec: {}\n`);
    write('diff/base/kustomization.yaml', 'resources: [https://example.com/base, all.yaml]\n');
    write('diff/base/all.yaml', two);
    const broken = diff('diff', 'broken');
    expect(broken.stderr).toContain('after: not read: broken/all.yaml:19: ');
    expect(broken.stdout).toBe('No connection changes, as far as is known.\n');
    const { notes } = JSON.parse(diff('base', 'broken', '--format', 'json').stdout);
    expect(notes).toEqual([
      expect.stringContaining("before: not followed: base, resources[0] 'https://example.com/base': "),
      expect.stringContaining('after: not read: broken/all.yaml:19: '),
    ]);
  });

  test('takes a folder of its own name, and an empty side', () => {
    expect(run('diff', 'connectivity', './diff').stdout).toContain('ns/a[Pod] => ns/b[Pod] : All Connections\n');
    expect(diff('./diff', 'diff').stdout).toBe('No connection changes.\n');
    expect(diff('empty', 'diff').stdout).toContain('+ ns/a[Pod]\n+ ns/b[Pod]\n');
  });

  test('refuses what it does not understand', () => {
    expect(diff('before').status).toBe(2);
    expect(diff('before', 'gone')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('gone: there is no such'),
    });
    expect(diff('empty', 'empty')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no Kubernetes manifests'),
    });
    expect(diff('before', 'after', '--format', 'dot').status).toBe(2);
    const before = run('diff', 'connectivity', '--format', 'json', 'diff', 'before', 'after');
    expect(before).toMatchObject({ status: 2, stderr: expect.stringContaining("--format stands before 'diff'") });
  });
});
