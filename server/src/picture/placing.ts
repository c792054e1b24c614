import { Graph as DagreGraph, layout as dagre } from '@dagrejs/dagre';
import type { Arc, Graph, Vertex } from './graph';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything is drawn, in pixels from the upper left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly areas: readonly (Box & { readonly name: string })[];
  /** By the id of the vertex. */
  readonly boxes: ReadonlyMap<string, Box & { readonly vertex: Vertex }>;
  readonly lines: readonly { readonly arc: Arc; readonly points: readonly Point[] }[];
}

const nodeHeight = 44;
const gap = 26;
/** Between a box and a line that passes it: less than leads into the name of a namespace. */
const clearance = 8;
const padding = { side: 18, top: 40, bottom: 18 };
/** Beyond this, layers take longer than people wait; then a grid is drawn. */
const mostInLayers = 260;

/**
 * First the inside of each namespace, then the namespaces: what is edited in one moves nothing inside of another. The same
 * graph is always drawn the same.
 */
export function layoutOf({ areas, arcs }: Graph): Layout {
  const areaOf = new Map(areas.flatMap(({ name, nodes }) => nodes.map(({ id }) => [id, name] as const)));
  const isInside = ({ from, to }: Arc) => areaOf.get(from) === areaOf.get(to);
  const inner = areas.map(({ name, nodes }) => {
    const own = arcs.filter(arc => isInside(arc) && areaOf.get(arc.from) === name);
    return {
      name,
      ...arranged(
        nodes.map(vertex => ({ id: vertex.id, vertex, ...sizeOf(vertex) })),
        own,
        1.6,
      ),
    };
  });
  const blocks = inner.map(({ name, width, height }) => ({
    id: name,
    width: width + 2 * padding.side,
    height: height + padding.top + padding.bottom,
  }));
  const between = new Map<string, Pick<Arc, 'from' | 'to'>>();
  for (const arc of arcs) {
    const [from = '', to = ''] = [areaOf.get(arc.from), areaOf.get(arc.to)];
    if (from !== to) between.set(JSON.stringify([from, to]), { from, to });
  }
  const outer = arranged(blocks, [...between.values()], 1.8);
  const boxes = new Map<string, Box & { readonly vertex: Vertex }>();
  const bends = new Map<string, readonly Point[]>();
  for (const { name, places, paths } of inner) {
    const area = outer.places.get(name);
    if (area === undefined) continue;
    const [left, top] = [area.x + padding.side, area.y + padding.top];
    for (const [id, place] of places) {
      const { vertex } = place.of;
      boxes.set(id, { vertex, x: place.x + left, y: place.y + top, width: place.width, height: place.height });
    }
    for (const [id, path] of paths)
      bends.set(
        id,
        path.map(({ x, y }) => ({ x: x + left, y: y + top })),
      );
  }
  const lines = arcs.flatMap(arc => {
    const [from, to] = [boxes.get(arc.from), boxes.get(arc.to)];
    if (!from || !to) return [];
    const others = () => [...boxes.values()].filter(box => box !== from && box !== to);
    return [{ arc, points: bends.get(JSON.stringify([arc.from, arc.to])) ?? around(others(), straight(from, to)) }];
  });
  const frames = blocks.flatMap(({ id, width, height }) => {
    const place = outer.places.get(id);
    return place ? [{ name: id, x: place.x, y: place.y, width, height }] : [];
  });
  return { width: outer.width, height: outer.height, areas: frames, boxes, lines };
}

function sizeOf({ label, detail }: Vertex) {
  const letters = Math.max(label.length, detail.length * 0.85);
  return { width: Math.round(Math.min(Math.max(letters * 7.4 + 58, 120), 250)), height: nodeHeight };
}

interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

interface Arranged<T extends Sized> {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Box & { readonly of: T }>;
  /** By from and to. */
  readonly paths: ReadonlyMap<string, readonly Point[]>;
}

/** What is connected in layers from left to right, the rest in rows beneath. */
function arranged<T extends Sized>(
  things: readonly T[],
  arcs: readonly Pick<Arc, 'from' | 'to'>[],
  shape: number,
): Arranged<T> {
  const linked = new Set(arcs.flatMap(({ from, to }) => [from, to]));
  const inLayers = linked.size > mostInLayers ? [] : things.filter(({ id }) => linked.has(id));
  const rest = inLayers.length === 0 ? things : things.filter(({ id }) => !linked.has(id));
  const layers = inLayers.length === 0 ? nothing<T>() : layered(inLayers, arcs);
  const area = rest.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(layers.width, Math.sqrt(area * shape), ...rest.map(({ width }) => width));
  const places = new Map(layers.places);
  let [x, y, tallest, width] = [0, layers.height === 0 ? 0 : layers.height + gap, 0, layers.width];
  for (const thing of rest) {
    if (x > 0 && x + thing.width > widest) [x, y, tallest] = [0, y + tallest + gap, 0];
    places.set(thing.id, { of: thing, x, y, width: thing.width, height: thing.height });
    width = Math.max(width, x + thing.width);
    x += thing.width + gap;
    tallest = Math.max(tallest, thing.height);
  }
  return { width, height: rest.length === 0 ? layers.height : y + tallest, places, paths: layers.paths };
}

const nothing = <T extends Sized>(): Arranged<T> => ({ width: 0, height: 0, places: new Map(), paths: new Map() });

function layered<T extends Sized>(things: readonly T[], arcs: readonly Pick<Arc, 'from' | 'to'>[]): Arranged<T> {
  const graph = new DagreGraph();
  graph.setGraph({ rankdir: 'LR', nodesep: gap, ranksep: 74, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  const sorted = [...things].sort((a, b) => (a.id < b.id ? -1 : 1));
  // The library takes an empty id for none.
  const keys = new Map(sorted.map(({ id }, index) => [id, String(index)]));
  const keyOf = (id: string) => keys.get(id) ?? '';
  for (const { id, width, height } of sorted) graph.setNode(keyOf(id), { width, height });
  for (const { from, to } of arcs) graph.setEdge(keyOf(from), keyOf(to));
  dagre(graph);
  const places = new Map<string, Box & { readonly of: T }>();
  for (const thing of sorted) {
    const { x = 0, y = 0 } = graph.node(keyOf(thing.id));
    const { width, height } = thing;
    places.set(thing.id, { of: thing, x: x - width / 2, y: y - height / 2, width, height });
  }
  const paths = arcs.map(({ from, to }): [string, readonly Point[]] => {
    return [JSON.stringify([from, to]), graph.edge(keyOf(from), keyOf(to)).points ?? []];
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, places, paths: new Map(paths) };
}

/** From border to border: to the right, or back by the lower sides. */
function straight(from: Box, to: Box): readonly Point[] {
  const isForward = to.x >= from.x + from.width;
  const start = {
    x: isForward ? from.x + from.width : from.x + from.width / 2,
    y: isForward ? from.y + from.height / 2 : from.y + from.height,
  };
  const end = {
    x: isForward ? to.x : to.x + to.width / 2,
    y: isForward ? to.y + to.height / 2 : to.y > from.y ? to.y : to.y + to.height,
  };
  if (isForward) {
    const middle = (start.x + end.x) / 2;
    return [start, { x: middle, y: start.y }, { x: middle, y: end.y }, end];
  }
  const below = to.y > from.y ? (start.y + end.y) / 2 : Math.max(start.y, end.y) + gap;
  return [start, { x: start.x, y: below }, { x: end.x, y: below }, end];
}

/** A line that would run through boxes, as if it were theirs, passes above or below them. */
function around(boxes: readonly Box[], points: readonly Point[]): readonly Point[] {
  const [start, end] = [points[0], points.at(-1)];
  const crossed = boxes.filter(box => points.some((point, i) => isCrossed(box, point, points[i + 1] ?? point)));
  if (!start || !end || crossed.length === 0) return points;
  const [left, right] = [Math.min(...crossed.map(({ x }) => x)), Math.max(...crossed.map(({ x, width }) => x + width))];
  const [top, bottom] = [
    Math.min(...crossed.map(({ y }) => y)),
    Math.max(...crossed.map(({ y, height }) => y + height)),
  ];
  const isAbove = start.y + end.y < top + bottom;
  const y = isAbove ? top - clearance : bottom + clearance;
  const level = [left - gap, left, right, right + gap].map(x => ({ x, y }));
  return [start, ...(start.x < end.x ? level : level.reverse()), end];
}

/** Whether a line that is level or upright runs through a box. */
const isCrossed = ({ x, y, width, height }: Box, from: Point, to: Point) =>
  Math.max(from.x, to.x) > x &&
  Math.min(from.x, to.x) < x + width &&
  Math.max(from.y, to.y) > y &&
  Math.min(from.y, to.y) < y + height;
