import { isPods, type Vertex } from '../../../server/src/picture/graph';
import type { EdgeData, FindingData, MapData, NodeData, Spot } from '../../../server/src/picture/map-data';
import { words } from '../../../server/src/picture/svg';
import { element } from './elements';

type Open = ((spot: Spot) => void) | undefined;

/** What is known of what is selected: who reaches it and why, what it reaches, and what was found. */
export function detailsOf(
  vertex: Vertex,
  map: MapData,
  open: Open,
  select: (id: string) => void,
): readonly HTMLElement[] {
  const ids = new Set(vertex.nodes.map(({ id }) => id));
  const [node] = vertex.nodes;
  const nameOf = namesIn(map);
  const rows = (edges: readonly EdgeData[], other: (edge: EdgeData) => string) =>
    edges.map(edge => edgeRow(edge, other(edge), nameOf(other(edge)), open, select));
  const into = map.edges.filter(({ from, to }) => ids.has(to) && !ids.has(from));
  const out = map.edges.filter(({ from, to }) => ids.has(from) && !ids.has(to));
  const isOne = vertex.nodes.length === 1;
  return [
    element('h2', {}, vertex.label),
    element(
      'p',
      { class: 'kind' },
      [vertex.detail, vertex.area && `namespace ${vertex.area}`].filter(Boolean).join(' · '),
    ),
    ...(isOne && node ? spotOf(node.at, open) : []),
    ...(isOne ? [] : [list(vertex.nodes.map(each => link(each.name, each.at, open)))]),
    ...(isOne && node ? aboutPods(node, open) : []),
    ...section(
      'Findings',
      vertex.findings.map(finding => findingRow(finding, open)),
    ),
    ...section(
      `Reached by ${into.length}`,
      rows(into, ({ from }) => from),
    ),
    ...section(
      `Reaches ${out.length}`,
      rows(out, ({ to }) => to),
    ),
    ...(isOne && node && isPods(node) ? permitted(node, map, nameOf) : []),
  ];
}

export function namesIn({ nodes }: MapData): (id: string) => string {
  const names = new Map(
    nodes.map(({ id, name, namespace }) => [id, namespace === null ? name : `${namespace}/${name}`]),
  );
  return id => names.get(id) ?? id;
}

function aboutPods(node: NodeData, open: Open): readonly HTMLElement[] {
  if (!isPods(node)) return [];
  const isolated = node.policies.map(({ direction, name, at }) => link(`${direction}: ${name}`, at, open));
  const policies = isolated.length > 0 ? isolated : [element('span', {}, 'No policy isolates these pods.')];
  return [
    ...section(
      'Services',
      node.services.map(({ name, ports, at }) => link(`${name} (${ports})`, at, open)),
    ),
    ...section('Policies', policies),
  ];
}

/** The pods that the policies let talk to these, without a call that the manifests show. */
function permitted(node: NodeData, map: MapData, nameOf: (id: string) => string): readonly HTMLElement[] {
  const pairs = permittedOf(node.id, map);
  if (!map.allowed.isKnown) return section('Allowed besides', [element('span', {}, 'Not worked out among so many.')]);
  const names = (ids: readonly string[]) => {
    const shown = ids.slice(0, 12).map(nameOf).join(', ');
    return ids.length > 12 ? `${shown} and ${ids.length - 12} more` : shown;
  };
  const lines = [
    ...(pairs.into.length > 0 ? [`May be reached by ${names(pairs.into)}.`] : []),
    ...(pairs.out.length > 0 ? [`May reach ${names(pairs.out)}.`] : []),
  ];
  return section(
    'Allowed though nobody calls',
    lines.map(line => element('span', {}, line)),
  );
}

/** Ends of what is allowed, but for those with an edge. */
export function permittedOf(
  id: string,
  { allowed, edges }: MapData,
): { readonly into: readonly string[]; readonly out: readonly string[] } {
  const own = allowed.crowds.findIndex(ids => ids.includes(id));
  const met = new Set(edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])));
  const others = (crowds: readonly number[]) =>
    crowds.flatMap(crowd => allowed.crowds[crowd] ?? []).filter(other => other !== id && !met.has(other));
  const into = allowed.reach.flatMap((reach, from) => (reach.some(({ to }) => to === own) ? [from] : []));
  const out = (allowed.reach[own] ?? []).map(({ to }) => to);
  return { into: others(into), out: others(out) };
}

function edgeRow(edge: EdgeData, id: string, name: string, open: Open, select: (id: string) => void): HTMLElement {
  const because = edge.deciding.map(({ name: policy, effect, at }) => link(`${policy} ${effect} it`, at, open));
  const shown = edge.shown.slice(0, 4).map(spot => link(`${spot.file}:${spot.line}`, spot, open));
  return element(
    'div',
    { class: `edge ${edge.answer.replace(' ', '-')}` },
    element('button', { class: 'name', onClick: () => select(id) }, name),
    element('span', { class: 'answer' }, `${words[edge.answer]}: ${edge.connections}`),
    ...(edge.services.length > 0 ? [element('span', { class: 'via' }, `as ${edge.services.join(', ')}`)] : []),
    ...(because.length > 0 ? [list(because)] : []),
    ...(shown.length > 0 ? [element('span', { class: 'shown' }, 'shown at '), ...shown] : []),
  );
}

function findingRow({ severity, what, at, rule }: FindingData, open: Open): HTMLElement {
  return element(
    'div',
    { class: `finding ${severity}` },
    element('b', {}, severity),
    ' ',
    link(what, at, open),
    element('code', {}, rule),
  );
}

function section(title: string, rows: readonly HTMLElement[]): readonly HTMLElement[] {
  return rows.length === 0 ? [] : [element('h3', {}, title), list(rows)];
}

const list = (rows: readonly HTMLElement[]) => element('ul', {}, ...rows.map(row => element('li', {}, row)));

/** Leads to the line in an editor; on a page it only says where it is. */
export function link(label: string, at: Spot | null, open: Open): HTMLElement {
  const place = at ? `${at.file}:${at.line}` : '';
  if (at && open)
    return element('button', { class: 'link', attributes: { title: place }, onClick: () => open(at) }, label);
  return element(
    'span',
    {},
    label,
    ...(place === '' || place === label ? [] : [' ', element('code', { class: 'place' }, place)]),
  );
}

const spotOf = (at: Spot | null, open: Open) =>
  at ? [element('p', { class: 'spot' }, link(`${at.file}:${at.line}`, at, open))] : [];
