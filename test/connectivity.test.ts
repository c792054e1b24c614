import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../server/src/kube/view';
import { connectionsOf } from '../server/src/network/answers/connectivity';
import { connectivity, connectivityFormats } from '../server/src/network/answers/formats';
import { connectivityNotes } from '../server/src/network/answers/notes';
import { Workspace } from '../server/src/workspace/workspace';
import { resourcesOf, viewOf } from './connectivity/cluster';
import { differences, linesIn } from './connectivity/compare';
import { sharedFolder } from './shared';

const own = join(import.meta.dirname, 'connectivity', 'cases');
const yardstick = sharedFolder('yardsticks/connectivity');

/** The manifests of a folder, by path. */
function filesIn(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(?:ya?ml|json)$/.test(path))
    .sort()
    .map(path => [path, readFileSync(join(folder, path), 'utf8')]);
}

/** Both ways to a cluster: its plain resources, and a workspace that takes all files as applied together. */
function viewsOf(folder: string): Cluster[] {
  const files = filesIn(folder);
  const scopes = [{ name: 'all', namespace: undefined, holds: () => true }];
  const [scope] = Workspace.empty.update(files, { scopes }).views;
  const plain = viewOf(files.flatMap(([, text]) => resourcesOf(text)));
  return scope ? [plain, scope] : [plain];
}

function casesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter(path => path.endsWith('expected.txt')).map(dirname);
}

describe.each([
  ['own cases', own],
  ['the yardstick', yardstick],
])('%s', (_, folder) => {
  if (folder === undefined) return test.skip('agrees', () => {});
  for (const name of casesIn(folder).sort()) {
    test(name, () => {
      const expected = linesIn(readFileSync(join(folder, name, 'expected.txt'), 'utf8'));
      for (const view of viewsOf(join(folder, name, 'manifests'))) {
        const actual = [...connectionsOf(view)];
        expect(differences(expected, actual).slice(0, 5)).toEqual([]);
        const keys = actual.map(({ src, dst }) => `${src} => ${dst}`);
        expect(keys).toEqual([...keys].sort());
      }
    });
  }
});

test('the own cases are found', () => {
  expect(casesIn(own).length).toBeGreaterThan(5);
});

describe('formats', () => {
  const small = viewOf(
    resourcesOf(`
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: 'n'}
spec: {containers: [{name: main, image: a}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: 'n', labels: {app: b}}
spec: {containers: [{name: main, image: b}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: 'n'}
spec: {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: q, namespace: 'n'}
spec: {podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 80}, {port: 8080, endPort: 8090}, {protocol: UDP, port: 53}]}]}
`),
  );

  test('txt is a line per connection', () => {
    expect(connectivity(small, 'txt')).toBe(`\
n/a[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
n/a[Pod] => n/b[Pod] : TCP 80,8080-8090,UDP 53
n/b[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
`);
  });

  test('json is a list', () => {
    const parsed: unknown = JSON.parse(connectivity(small, 'json'));
    expect(parsed).toHaveLength(3);
    expect(parsed).toContainEqual({ src: 'n/a[Pod]', dst: 'n/b[Pod]', conn: 'TCP 80,8080-8090,UDP 53' });
    expect(JSON.parse(connectivity(viewOf([]), 'json'))).toEqual([]);
  });

  test('dot groups by namespace', () => {
    expect(connectivity(small, 'dot')).toBe(`\
digraph {
  "n/a[Pod]" -> "0.0.0.0-255.255.255.255[External]" [label="All Connections"]
  "n/a[Pod]" -> "n/b[Pod]" [label="TCP 80,8080-8090,UDP 53"]
  "n/b[Pod]" -> "0.0.0.0-255.255.255.255[External]" [label="All Connections"]
  subgraph cluster_0 {
    label="n"
    "n/a[Pod]" [label="a[Pod]"]
    "n/b[Pod]" [label="b[Pod]"]
  }
}
`);
  });

  test('mermaid names its nodes by number', () => {
    expect(connectivity(small, 'mermaid')).toBe(`\
flowchart LR
  n0 -->|"All Connections"| n1
  n0 -->|"TCP 80,8080-8090,UDP 53"| n2
  n2 -->|"All Connections"| n1
  n1(["0.0.0.0-255.255.255.255[External]"])
  subgraph g0["n"]
    n0["a[Pod]"]
    n2["b[Pod]"]
  end
`);
  });

  test('names from hostile manifests stay inside their quotes', () => {
    const text = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x"]; evil [label="\n%%', namespace: 'a"b' },
      spec: { containers: [{ name: 'main', image: 'x' }] },
    });
    const view = viewOf(resourcesOf(text));
    expect(connectivity(view, 'dot')).toContain('"a\\"b/x\\"]; evil [label=\\"\\n%%[Pod]"');
    expect(connectivity(view, 'mermaid')).toContain('["x#34;]; evil [label=#34;#10;%%[Pod]"]');
  });

  test.each(connectivityFormats)('%s of nothing is well formed', format => {
    expect(connectivity(viewOf([]), format)).toMatch(/^(?:|\[\]\n|digraph \{\n\}\n|flowchart LR\n)$/);
  });
});

test('notes say where the answer may differ from the cluster', () => {
  const notes = (name: string) => {
    const [view] = viewsOf(join(own, name, 'manifests'));
    return view ? connectivityNotes(view) : [];
  };
  expect(notes('policies-of-other-apis')).toEqual([
    "CiliumNetworkPolicy 'a' is not evaluated: connections of the pods it may select are 'Unknown'.",
  ]);
  expect(notes('primary-user-defined-network')).toEqual([
    "Pods of namespace 'green' have a network of their own: connections with pods of other namespaces are 'Unknown'.",
  ]);
  expect(notes('exposed-by-routes')).toEqual([]);
});
