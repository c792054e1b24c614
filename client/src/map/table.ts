import type { EdgeData, MapData, Spot } from '../../../server/src/picture/map-data';
import { words } from '../../../server/src/picture/svg';
import { link, namesIn } from './details';
import { element } from './elements';

/** The same facts as the drawing, for who would rather read them, or hear them. */
export function tableOf(
  map: MapData,
  purposes: ReadonlySet<EdgeData['purpose']>,
  open: ((spot: Spot) => void) | undefined,
): HTMLElement {
  const nameOf = namesIn(map);
  const nodes = new Map(map.nodes.map(node => [node.id, node]));
  const head = ['From', 'To', 'Answer', 'Connections', 'Decided by', 'Shown at'];
  const rows = map.edges
    .filter(({ purpose }) => purposes.has(purpose))
    .map(edge =>
      element(
        'tr',
        { class: edge.answer.replace(' ', '-') },
        element('td', {}, link(nameOf(edge.from), nodes.get(edge.from)?.at ?? null, open)),
        element('td', {}, link(nameOf(edge.to), nodes.get(edge.to)?.at ?? null, open)),
        element('td', {}, words[edge.answer]),
        element('td', {}, edge.connections),
        element('td', {}, ...edge.deciding.map(({ name, at }) => link(name, at, open))),
        element('td', {}, ...edge.shown.slice(0, 3).map(spot => link(`${spot.file}:${spot.line}`, spot, open))),
      ),
    );
  const headings = head.map(title => element('th', { attributes: { scope: 'col' } }, title));
  return element(
    'table',
    { class: 'edges' },
    element('caption', {}, `${rows.length} connections`),
    element('thead', {}, element('tr', {}, ...headings)),
    element('tbody', {}, ...rows),
  );
}
