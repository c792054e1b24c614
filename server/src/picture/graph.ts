import type { EdgeData, FindingData, MapData, NodeData } from './map-data';

/** What a person has chosen to see. */
export interface Choice {
  /** Namespaces that are drawn as one node with counts. */
  readonly folded: ReadonlySet<string>;
  readonly purposes: ReadonlySet<EdgeData['purpose']>;
  /** Nodes that are looked for stay, with those that they have to do with; undefined keeps all. */
  readonly wanted: ((node: NodeData) => boolean) | undefined;
}

/** What is drawn: some nodes stand for several of the map. */
export interface Graph {
  readonly areas: readonly { readonly name: string; readonly nodes: readonly Vertex[] }[];
  readonly arcs: readonly Arc[];
}

export interface Vertex {
  readonly id: string;
  readonly is: NodeData['is'] | 'namespace';
  readonly label: string;
  readonly detail: string;
  /** '' for what is in no namespace. */
  readonly area: string;
  /** Those of the map for which it stands. */
  readonly nodes: readonly NodeData[];
  readonly findings: readonly FindingData[];
}

export interface Arc {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly answer: EdgeData['answer'];
  /** Those of the map for which it stands. */
  readonly edges: readonly EdgeData[];
}

/** The nodes and edges that a choice leaves, with equal pods as one, and folded namespaces as one. */
export function graphOf(map: MapData, { folded, purposes, wanted }: Choice): Graph {
  const edges = map.edges.filter(({ purpose }) => purposes.has(purpose));
  const shown = wanted ? nodesAround(map, edges, wanted) : new Set(map.nodes);
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  // An entry is there for what it leads to, and outside is who is called.
  const nodes = map.nodes.filter(node => shown.has(node) && (isPods(node) || linked.has(node.id)));
  const vertices = verticesOf(nodes, edges, map, folded);
  const vertexOf = new Map(vertices.flatMap(vertex => vertex.nodes.map(({ id }) => [id, vertex] as const)));
  const names = [...new Set(vertices.map(({ area }) => area))].sort();
  const byArea = new Map(names.map((name): [string, Vertex[]] => [name, []]));
  for (const vertex of vertices) byArea.get(vertex.area)?.push(vertex);
  return {
    areas: Array.from(byArea, ([name, own]) => ({ name, nodes: own })),
    arcs: arcsBetween(edges, vertexOf),
  };
}

/** So many nodes are readable at once. */
const readable = 120;

/** The namespaces that are folded at first: the largest, until the rest is readable. */
export function foldedAtFirst(map: MapData, purposes: Choice['purposes']): ReadonlySet<string> {
  const folded = new Set<string>();
  const { areas } = graphOf(map, { folded, purposes, wanted: undefined });
  let count = areas.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const largest = areas.filter(({ name }) => name !== '').sort((a, b) => b.nodes.length - a.nodes.length);
  for (const { name, nodes } of largest) {
    if (count <= readable || nodes.length < 2) break;
    folded.add(name);
    count -= nodes.length - 1;
  }
  return folded;
}

export const isPods = ({ is }: NodeData) => is !== 'entry' && is !== 'outside';

function nodesAround(
  map: MapData,
  edges: readonly EdgeData[],
  isWanted: (node: NodeData) => boolean,
): ReadonlySet<NodeData> {
  const wanted = new Set(map.nodes.filter(isWanted).map(({ id }) => id));
  const near = new Set(edges.flatMap(({ from, to }) => (wanted.has(from) || wanted.has(to) ? [from, to] : [])));
  return new Set(map.nodes.filter(({ id }) => wanted.has(id) || near.has(id)));
}

function verticesOf(
  nodes: readonly NodeData[],
  edges: readonly EdgeData[],
  map: MapData,
  folded: ReadonlySet<string>,
): readonly Vertex[] {
  const groups = new Map<string, NodeData[]>();
  const likeness = likenessIn(edges, map);
  for (const node of nodes) {
    const isFolded = node.namespace !== null && folded.has(node.namespace);
    const key = isFolded ? `namespace ${node.namespace}` : likeness(node);
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push(node);
  }
  return Array.from(groups, ([key, group]) => {
    if (key.startsWith('namespace ')) return [folding(key, group)];
    return group.length < 3 ? group.map(node => vertexOf([node])) : [vertexOf(group)];
  }).flat();
}

function folding(key: string, nodes: readonly NodeData[]): Vertex {
  const name = key.slice('namespace '.length);
  const pods = nodes.filter(isPods).length;
  const detail = `${pods} ${pods === 1 ? 'workload' : 'workloads'}`;
  return { id: key, is: 'namespace', label: name, detail, area: name, nodes, findings: findingsOf(nodes) };
}

function vertexOf(nodes: readonly NodeData[]): Vertex {
  const [first] = nodes;
  const { id = '', is = 'workload', name = '', kind = '', namespace = null } = first ?? {};
  const isSeveral = nodes.length > 1;
  return {
    id,
    is,
    label: isSeveral ? `${name} and ${nodes.length - 1} like it` : name,
    detail: kind,
    area: namespace ?? '',
    nodes,
    findings: findingsOf(nodes),
  };
}

const findingsOf = (nodes: readonly NodeData[]) => nodes.flatMap(({ findings }) => findings);

/** Pods are alike that no policy tells apart, and that have the same to do with the same others. */
function likenessIn(edges: readonly EdgeData[], { allowed }: MapData): (node: NodeData) => string {
  const crowdOf = new Map(allowed.crowds.flatMap((ids, crowd) => ids.map(id => [id, crowd] as const)));
  const ties = new Map<string, string[]>();
  const tie = (id: string, text: string) => {
    const own = ties.get(id) ?? [];
    if (own.length === 0) ties.set(id, own);
    own.push(text);
  };
  for (const { from, to, purpose, answer, connections } of edges) {
    tie(from, `${purpose} ${answer} ${connections} to ${to}`);
    tie(to, `${purpose} ${answer} ${connections} from ${from}`);
  }
  return node => {
    if (node.is !== 'workload') return `one ${node.id}`;
    const own = ties.get(node.id) ?? [];
    return JSON.stringify([node.namespace, node.kind, crowdOf.get(node.id) ?? -1, own.sort()]);
  };
}

/** The worst comes first: an arc is as bad as the worst of its edges. */
const answers = ['denied', 'partly allowed', 'unknown', 'allowed'] as const satisfies readonly EdgeData['answer'][];

function arcsBetween(edges: readonly EdgeData[], vertexOf: ReadonlyMap<string, Vertex>): readonly Arc[] {
  const arcs = new Map<string, { from: string; to: string; edges: EdgeData[] }>();
  for (const edge of edges) {
    const [from, to] = [vertexOf.get(edge.from)?.id, vertexOf.get(edge.to)?.id];
    if (from === undefined || to === undefined || from === to) continue;
    const id = JSON.stringify([from, to]);
    const arc = arcs.get(id) ?? { from, to, edges: [] };
    arcs.set(id, arc);
    arc.edges.push(edge);
  }
  return Array.from(arcs, ([id, arc]) => {
    const answer = answers.find(worst => arc.edges.some(edge => edge.answer === worst)) ?? 'unknown';
    return { id, answer, ...arc };
  });
}
