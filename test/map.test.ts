import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { mapDataOf } from '../server/src/assist/drawn-map';
import { Linter } from '../server/src/lint/linter';
import type { AnyRule } from '../server/src/lint/rule';
import { type Choice, foldedAtFirst, graphOf } from '../server/src/picture/graph';
import type { MapData } from '../server/src/picture/map-data';
import { layoutOf } from '../server/src/picture/placing';
import { svgOf } from '../server/src/picture/svg';
import { dotOf, mermaidOf } from '../server/src/picture/texts';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

/** A Deployment, its Service on port 80, and whom it calls. */
const app = (namespace: string, name: string, calls: readonly string[] = [], image = 'example.com/app:1') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: app
          image: ${image}
          ports: [{containerPort: 80}]
          env: [${calls.map((host, i) => `{name: URL_${i}, value: "http://${host}"}`).join(', ')}]
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
---`;

const deny = (namespace: string, rest: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: ${namespace}}
spec: {podSelector: {}, ${rest}}
---`;

function mapOf(text: string, judging: readonly AnyRule[] = rules): MapData {
  const workspace = Workspace.empty.update([['all.yaml', text]]);
  const [view] = workspace.views;
  if (view === undefined) throw new Error('There is no view.');
  return mapDataOf(workspace, view, new Linter(judging).lint(workspace));
}

const everything: Choice = {
  folded: new Set(),
  purposes: new Set(['call', 'entry', 'outside', 'metrics']),
  wanted: undefined,
};

const edgesOf = ({ edges }: MapData) =>
  edges.map(({ from, to, answer, connections }) => `${from} ${answer} ${to} ${connections}`);

describe('what a map says', () => {
  const shop = [
    app(
      'shop',
      'web',
      ['api', 'db.data', 'https://api.example.com'].map(host => host.replace('https://', '')),
    ),
    app('shop', 'api'),
    app('data', 'db', [], 'postgres:16'),
    deny('data', 'policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]'),
    `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---`,
  ].join('');
  const map = mapOf(shop);

  test('calls that are allowed and blocked, what enters, and what leaves', () => {
    expect(edgesOf(map)).toEqual([
      'shop/web[Deployment] denied data/db[Deployment] TCP 80',
      'shop/web[Deployment] allowed shop/api[Deployment] TCP 80',
      'shop/shop[Ingress] allowed shop/web[Deployment] TCP 80',
      'shop/web[Deployment] allowed outside:api.example.com TCP 80',
    ]);
  });

  test('why it is blocked, and the lines of both', () => {
    const [blocked] = map.edges;
    expect(blocked?.deciding).toEqual([
      {
        name: "NetworkPolicy 'deny'",
        end: 'ingress',
        effect: 'isolates',
        at: { file: 'all.yaml', line: shop.split('\n').findIndex(line => line.includes('name: deny')) + 1 },
      },
    ]);
    expect(blocked?.shown).toEqual([
      { file: 'all.yaml', line: shop.split('\n').findIndex(line => line.includes('db.data')) + 1 },
    ]);
  });

  test('what nodes are, and whether namespaces are isolated', () => {
    expect(map.nodes.map(({ id, is }) => `${is} ${id}`)).toEqual([
      'database data/db[Deployment]',
      'workload shop/api[Deployment]',
      'workload shop/web[Deployment]',
      'entry shop/shop[Ingress]',
      'outside outside:api.example.com',
    ]);
    expect(map.namespaces.map(({ name, ingress, egress }) => ({ name, ingress, egress }))).toEqual([
      { name: 'shop', ingress: 'open', egress: 'open' },
      { name: 'data', ingress: 'isolated', egress: 'open' },
    ]);
    expect(map.nodes.find(({ name }) => name === 'db')?.policies.map(({ name }) => name)).toEqual([
      "NetworkPolicy 'deny'",
    ]);
    expect(map.nodes.find(({ name }) => name === 'web')?.findings.map(({ rule }) => rule)).toContain(
      'network-policy/blocks-known-call',
    );
  });

  test('what is allowed though nobody calls, for those that are treated alike', () => {
    const crowdOf = (name: string) => map.allowed.crowds.findIndex(ids => ids.some(id => id.includes(name)));
    const reach = (from: string) => map.allowed.reach[crowdOf(from)]?.flatMap(({ to }) => map.allowed.crowds[to]);
    expect(reach('db')).toContain('shop/api[Deployment]');
    expect(reach('api')).not.toContain('data/db[Deployment]');
  });

  test('what a policy of another API may touch is unknown, never allowed', () => {
    const cilium = `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: some, namespace: shop}
spec: {endpointSelector: {matchLabels: {app: api}}, ingress: [{fromEndpoints: [{matchLabels: {app: x}}]}]}
---`;
    const answers = mapOf(shop + cilium).edges.filter(({ to }) => to.includes('api['));
    expect(answers.map(({ answer }) => answer)).toEqual(['unknown']);
  });

  test('an entry into pods that let only some in is unknown, one into closed pods is blocked', () => {
    const answerWith = (policy: string) =>
      mapOf(shop + policy).edges.find(({ purpose }) => purpose === 'entry')?.answer;
    expect(answerWith(deny('shop', 'policyTypes: [Ingress]'))).toBe('denied');
    const some = 'policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {team: edge}}}]}]';
    expect(answerWith(deny('shop', some))).toBe('unknown');
  });

  test('what leaves pods that no policy limits is allowed, whoever it is', () => {
    const strange = app('shop', 'lost', ['nobody-knows.elsewhere.svc']);
    const answers = mapOf(strange).edges.map(({ to, answer }) => `${to} ${answer}`);
    expect(answers).toEqual(['outside:nobody-knows.elsewhere.svc allowed']);
  });

  test('what leaves pods that may not is blocked', () => {
    const closed = mapOf(shop + deny('shop', 'policyTypes: [Egress]'));
    expect(closed.edges.filter(({ purpose }) => purpose === 'outside').map(({ answer }) => answer)).toEqual(['denied']);
  });
});

describe('what is drawn of it', () => {
  const alike = mapOf(
    [app('shop', 'hub'), ...[1, 2, 3, 4].map(i => app('shop', `worker-${i}`, ['hub'])), app('other', 'alone')].join(''),
  );

  test('equal pods are one, and a folded namespace is one', () => {
    const labels = (choice: Partial<Choice>) =>
      graphOf(alike, { ...everything, ...choice }).areas.flatMap(({ nodes }) => nodes.map(({ label }) => label));
    expect(labels({})).toEqual(['alone', 'hub', 'worker-1 and 3 like it']);
    expect(labels({ folded: new Set(['shop']) })).toEqual(['alone', 'shop']);
    expect(labels({ wanted: ({ name }) => name === 'worker-2' })).toEqual(['hub', 'worker-2']);
  });

  test('an arc is as bad as the worst of its edges', () => {
    const map = mapOf(
      [
        app('a', 'one', ['two.b', 'three.b']),
        app('b', 'two'),
        app('b', 'three'),
        deny('b', 'podSelector: {matchLabels: {app: two}}, policyTypes: [Ingress]').replace('podSelector: {}, ', ''),
      ].join(''),
    );
    const graph = graphOf(map, { ...everything, folded: new Set(['a', 'b']) });
    expect(graph.arcs.map(({ from, to, answer, edges }) => [from, to, answer, edges.length])).toEqual([
      ['namespace a', 'namespace b', 'denied', 2],
    ]);
  });

  test('boxes lie in their namespace and on no other box', () => {
    const layout = layoutOf(graphOf(alike, everything));
    const boxes = [...layout.boxes.values()];
    for (const box of boxes) {
      const area = layout.areas.find(({ name }) => name === box.vertex.area);
      expect(
        area &&
          box.x >= area.x &&
          box.y >= area.y &&
          box.x + box.width <= area.x + area.width &&
          box.y + box.height <= area.y + area.height,
      ).toBe(true);
      const others = boxes.filter(other => other !== box && overlaps(box, other));
      expect(others).toEqual([]);
    }
  });

  test('lines run through no box, also to one behind another, and back', () => {
    const text = [
      app('a', 'one', ['pool.b', 'db.b']),
      app('b', 'pool', ['db']),
      app('b', 'db', ['one.a']),
      app('b', 'tail', ['pool', 'one.a']),
    ].join('');
    const { lines, boxes } = layoutOf(graphOf(mapOf(text), everything));
    expect(lines).toHaveLength(6);
    for (const { arc, points } of lines) {
      const others = [...boxes.values()].filter(({ vertex }) => vertex.id !== arc.from && vertex.id !== arc.to);
      const along = points.flatMap((from, i) => {
        const to = points[i + 1] ?? from;
        return [0, 0.25, 0.5, 0.75].map(part => ({
          x: from.x + (to.x - from.x) * part,
          y: from.y + (to.y - from.y) * part,
        }));
      });
      const crossed = others.filter(box => along.some(point => overlaps(box, { ...point, width: 0, height: 0 })));
      expect([arc.id, crossed.map(({ vertex }) => vertex.id)]).toEqual([arc.id, []]);
    }
  });

  test('an edit in one namespace moves nothing inside of another', () => {
    const text = [app('a', 'one', ['two']), app('a', 'two', ['three']), app('a', 'three'), app('b', 'four')].join('');
    const inside = (map: MapData) => {
      const layout = layoutOf(graphOf(map, everything));
      const area = layout.areas.find(({ name }) => name === 'a');
      return [...layout.boxes.values()].flatMap(({ vertex, x, y }) =>
        vertex.area === 'a' && area ? [[vertex.id, x - area.x, y - area.y]] : [],
      );
    };
    expect(inside(mapOf(text + app('b', 'five', ['four'])))).toEqual(inside(mapOf(text)));
  });

  test('1,000 workloads are drawn with the largest namespaces folded', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `app-${i}`);
    const text = names
      .map((name, i) => app(`ns-${i % 25}`, name, i % 3 === 0 ? [`app-${(i + 25) % 1000}`] : []))
      .join('');
    const map = mapOf(text, []);
    const purposes = new Set(['call'] as const);
    const folded = foldedAtFirst(map, purposes);
    const layout = layoutOf(graphOf(map, { folded, purposes, wanted: undefined }));
    expect(map.nodes).toHaveLength(1000);
    expect(layout.boxes.size).toBeLessThan(250);
    expect(layout.areas).toHaveLength(25);
  });

  test('names are text wherever they stand', async () => {
    const evil = `a"><script>alert(1)</script>\u202e&`;
    const map: MapData = {
      ...alike,
      namespaces: [{ name: evil, isAssumed: false, ingress: 'open', egress: 'open', at: null, findings: [] }],
      nodes: alike.nodes.map(node => ({ ...node, name: evil, kind: evil, namespace: evil })),
    };
    const svg = svgOf(layoutOf(graphOf(map, everything)), map);
    expect((await validateXML({ xml: svg, normalization: 'format' })).errors).toEqual([]);
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u202e');
    expect(mermaidOf(map)).not.toContain('<script');
    expect(dotOf(map)).toContain('\\"><script>');
  });

  test('Mermaid and Graphviz tell blocked from allowed', () => {
    const map = mapOf([app('a', 'one', ['two']), app('a', 'two'), deny('a', 'policyTypes: [Ingress]')].join(''));
    expect(mermaidOf(map)).toBe(`flowchart LR
  subgraph g0["a"]
    n0["one"]
    n1["two"]
  end
  n0 -.-x|"blocked: TCP 80"| n1
  linkStyle 0 stroke:#d1242f,color:#d1242f
`);
    expect(dotOf(map)).toContain(
      '"a/one[Deployment]" -> "a/two[Deployment]" [label="blocked: TCP 80" color=red fontcolor=red]',
    );
  });
});

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlaps = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
