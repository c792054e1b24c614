import { escapeUTF8 } from 'entities/escape';
import { visible } from '../text/visible';
import type { Arc, Vertex } from './graph';
import type { FindingData, MapData } from './map-data';
import type { Box, Layout, Point } from './placing';

/** The drawing as SVG: classes say what things are, and `data-` attributes which ones; how they look is up to a style sheet. */
export function svgOf({ width, height, areas, boxes, lines }: Layout, map: MapData): string {
  const isolation = new Map(map.namespaces.map(area => [area.name, area]));
  const marks = lines.filter(({ arc }) => arc.answer !== 'allowed');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-margin} ${-margin} ${round(width + 2 * margin)} ${round(height + 2 * margin)}" role="group" aria-label="Network map">`,
    `<defs>${answers.map(arrow).join('')}</defs>`,
    '<g class="scene">',
    ...areas.map(area => areaText(area, isolation.get(area.name))),
    ...lines.map(lineText),
    ...Array.from(boxes.values(), nodeText),
    ...marks.map(markText),
    '</g></svg>',
  ].join('\n');
}

const margin = 24;
const answers: readonly Arc['answer'][] = ['allowed', 'denied', 'partly allowed', 'unknown'];

const arrow = (answer: Arc['answer']) =>
  `<marker id="end-${classOf(answer)}" class="end ${classOf(answer)}" viewBox="0 0 8 8" refX="7.5" refY="4" markerUnits="userSpaceOnUse" markerWidth="10" markerHeight="10" orient="auto-start-reverse"><path d="M0.5 0.5 L7.5 4 L0.5 7.5 z"/></marker>`;

const classOf = (answer: Arc['answer']) => answer.replace(' ', '-');

function areaText(
  { name, x, y, width, height }: Box & { readonly name: string },
  area: MapData['namespaces'][number] | undefined,
) {
  const title = name === '' ? 'outside' : name;
  const state = area === undefined ? '' : isolationWords(area);
  const kind = area === undefined ? 'beyond' : isOpen(area) ? 'open' : 'closed';
  return [
    `<g class="area ${kind}" data-area="${attribute(name)}">`,
    `<rect class="frame" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="10"/>`,
    `<text class="name" x="${round(x + 14)}" y="${round(y + 24)}">${text(shortened(title, Math.max(width / 8 - 2, 10)))}</text>`,
    width > 9 * (title.length + state.length) + 40
      ? `<text class="state" text-anchor="end" x="${round(x + width - 14)}" y="${round(y + 24)}">${text(state)}</text>`
      : `<title>${text(state)}</title>`,
    '</g>',
  ].join('');
}

const isOpen = ({ ingress, egress }: MapData['namespaces'][number]) => ingress === 'open' && egress === 'open';

/** What keeps a new pod of a namespace from being reached, or from reaching. */
export function isolationWords({ ingress, egress }: MapData['namespaces'][number]): string {
  if (ingress === egress) return { open: 'not isolated', isolated: 'isolated', unclear: 'isolation unknown' }[ingress];
  const words = { open: 'open', isolated: 'closed', unclear: 'unknown' };
  return `ingress ${words[ingress]}, egress ${words[egress]}`;
}

function nodeText({ x, y, width, height, vertex }: Box & { readonly vertex: Vertex }) {
  const { id, is, label, detail, nodes, findings } = vertex;
  const room = (width - 56) / 7.4;
  return [
    `<g class="node ${is}${nodes.length > 1 ? ' several' : ''}" data-id="${attribute(id)}" tabindex="0" role="button" aria-label="${attribute(spoken(vertex))}" transform="translate(${round(x)} ${round(y)})">`,
    `<title>${text(
      nodes.length > 1
        ? nodes
            .slice(0, 20)
            .map(node => node.name)
            .join(', ')
        : label,
    )}</title>`,
    ...(nodes.length > 1 ? [`<rect class="behind" x="4" y="4" width="${width}" height="${height}" rx="8"/>`] : []),
    `<rect class="body" width="${width}" height="${height}" rx="${is === 'entry' || is === 'outside' ? height / 2 : 8}"/>`,
    `<path class="icon" transform="translate(13 13)" d="${icons[is]}"/>`,
    `<text class="label" x="42" y="${detail === '' ? 27 : 20}">${text(shortened(label, room))}</text>`,
    ...(detail === '' ? [] : [`<text class="detail" x="42" y="35">${text(shortened(detail, room * 1.15))}</text>`]),
    badge(findings, width),
    '</g>',
  ].join('');
}

function badge(findings: readonly FindingData[], width: number): string {
  const [worst] = [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  if (worst === undefined) return '';
  const count = findings.length > 99 ? '99+' : String(findings.length);
  const sign = worst.severity === 'error' ? '!' : '';
  return `<g class="badge ${worst.severity}" transform="translate(${width} 0)"><rect class="pill" x="-${11 + 3 * count.length}" y="-9" width="${22 + 6 * (count.length - 1)}" height="18" rx="9"/><text class="count" text-anchor="middle" x="-3" y="4">${sign}${count}</text></g>`;
}

const severities: readonly FindingData['severity'][] = ['error', 'warning', 'info', 'hint'];

function spoken({ label, is, detail, area, findings }: Vertex): string {
  const found = findings.length === 0 ? '' : `, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  return `${label}, ${detail || is}${area === '' ? '' : ` in ${area}`}${found}`;
}

function lineText({ arc, points }: Layout['lines'][number]): string {
  const [edge] = arc.edges;
  const kind = `${classOf(arc.answer)} ${edge?.purpose ?? 'call'}`;
  return `<path class="line ${kind}" data-arc="${attribute(arc.id)}" data-from="${attribute(arc.from)}" data-to="${attribute(arc.to)}" marker-end="url(#end-${classOf(arc.answer)})" d="${curve(points)}"><title>${text(told(arc))}</title></path>`;
}

/** Colours alone say nothing to some: what is cut bears a cross, what is unknown a question mark. */
function markText({ arc, points }: Layout['lines'][number]): string {
  const { x, y } = points[Math.floor((points.length - 1) / 2)] ?? { x: 0, y: 0 };
  const next = points[Math.floor((points.length - 1) / 2) + 1] ?? { x, y };
  const [left, top] = [round((x + next.x) / 2), round((y + next.y) / 2)];
  const sign = arc.answer === 'unknown' ? '?' : '×';
  return `<g class="mark ${classOf(arc.answer)}" data-from="${attribute(arc.from)}" data-to="${attribute(arc.to)}" transform="translate(${left} ${top})"><circle r="8"/><text text-anchor="middle" y="4.5">${sign}</text></g>`;
}

/** What an arc says, in a line for each of the first of its edges. */
export function told({ edges }: Arc): string {
  const lines = edges.slice(0, 8).map(({ answer, connections, deciding }) => {
    const by =
      answer === 'allowed' || deciding.length === 0
        ? ''
        : `, by ${[...new Set(deciding.map(({ name }) => name))].join(', ')}`;
    return `${words[answer]}: ${connections}${by}`;
  });
  return [...new Set(lines)].join('\n') + (edges.length > 8 ? `\nand ${edges.length - 8} more` : '');
}

export const words = {
  allowed: 'allowed',
  denied: 'blocked',
  'partly allowed': 'partly blocked',
  unknown: 'unknown',
} as const satisfies Record<Arc['answer'], string>;

/** Through the middles between points, so that no corner is left. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const [second, third] = rest;
  if (rest.length === 3 && second && third) return `M${at(first)} C${at(second)} ${at(third)} ${at(last)}`;
  const turns = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const isLast = index === rest.length - 2;
    return `Q${at(point)} ${at(isLast ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return turns.length === 0 ? `M${at(first)} L${at(last)}` : `M${at(first)} ${turns.join(' ')}`;
}

const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
const round = (value: number) => Math.round(value * 10) / 10;

const shortened = (name: string, room: number) =>
  name.length <= room ? name : `${name.slice(0, Math.max(Math.floor(room) - 1, 1))}…`;

const text = (value: string) => escapeUTF8(value.split('\n').map(visible).join('\n'));
const attribute = (value: string) => escapeUTF8(visible(value));

/** @own drawn on 18 by 18: a box, a barrel, a funnel, a book of names, gears, an arrow that enters, a globe, a frame */
const icons: Readonly<Record<Vertex['is'], string>> = {
  workload: 'M2 5 L9 1 L16 5 V13 L9 17 L2 13 z M2 5 L9 9 L16 5 M9 9 V17',
  database: 'M3 4 C3 1 15 1 15 4 V14 C15 17 3 17 3 14 z M3 4 C3 7 15 7 15 4 M3 9 C3 12 15 12 15 9',
  pooler: 'M2 2 H16 L11 9 V16 L7 14 V9 z',
  dns: 'M3 2 H15 V16 H3 z M6 6 H12 M6 9 H12 M6 12 H10',
  controller: 'M2 4 H8 M2 9 H8 M2 14 H8 M8 4 L13 9 L8 14 M8 9 H16',
  entry: 'M1 9 H11 M7 5 L11 9 L7 13 M12 2 H16 V16 H12',
  outside: 'M9 1 A8 8 0 1 0 9 17 A8 8 0 1 0 9 1 M1 9 H17 M9 1 C4 6 4 12 9 17 M9 1 C14 6 14 12 9 17',
  namespace: 'M2 2 H8 V8 H2 z M10 2 H16 V8 H10 z M2 10 H8 V16 H2 z M10 10 H16 V16 H10 z',
};
