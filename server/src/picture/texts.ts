import type { EdgeData, MapData } from './map-data';

/** A map in Graphviz' language, by namespace. */
export function dotOf({ name, nodes, edges }: MapData): string {
  const lines = byArea({ nodes }).flatMap(([area, own], index) => {
    const written = own.map(node => `    ${dot(node.id)} [label=${dot(node.name)} shape=${shapes[node.is]}]`);
    if (area === '') return written;
    return [`  subgraph cluster_${index} {`, `    label=${dot(area)}`, ...written, '  }'];
  });
  const arrows = edges.map(
    edge => `  ${dot(edge.from)} -> ${dot(edge.to)} [label=${dot(labelOf(edge))} ${styles[edge.answer]}]`,
  );
  return `digraph ${dot(name)} {\n  rankdir=LR\n${[...lines, ...arrows].join('\n')}\n}\n`;
}

/** A map in Mermaid's language, which GitHub draws. */
export function mermaidOf({ nodes, edges }: MapData): string {
  const numbers = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = byArea({ nodes }).flatMap(([area, own], index) => {
    const written = own.map(({ id, name, is }) => {
      const [open, close] = brackets[is];
      return `    ${numbers.get(id)}${open}${mermaid(name)}${close}`;
    });
    return area === '' ? written : [`  subgraph g${index}[${mermaid(area)}]`, ...written, '  end'];
  });
  const arrows = edges.map(
    edge => `  ${numbers.get(edge.from)} ${strokes[edge.answer]}|${mermaid(labelOf(edge))}| ${numbers.get(edge.to)}`,
  );
  const cut = edges.flatMap(({ answer }, index) => (answer === 'denied' || answer === 'partly allowed' ? [index] : []));
  const red = cut.length === 0 ? [] : [`  linkStyle ${cut.join(',')} stroke:#d1242f,color:#d1242f`];
  return `flowchart LR\n${[...lines, ...arrows, ...red].join('\n')}\n`;
}

function byArea({ nodes }: Pick<MapData, 'nodes'>): readonly (readonly [string, MapData['nodes']])[] {
  const areas = [...new Set(nodes.map(({ namespace }) => namespace ?? ''))].sort();
  return areas.map(area => [area, nodes.filter(({ namespace }) => (namespace ?? '') === area)]);
}

function labelOf({ answer, connections }: EdgeData): string {
  const sign = { allowed: '', denied: 'blocked: ', 'partly allowed': 'partly blocked: ', unknown: 'unknown: ' }[answer];
  return `${sign}${connections}`;
}

/** @own how this program draws each */
const shapes = {
  workload: 'box',
  database: 'cylinder',
  pooler: 'box',
  dns: 'note',
  controller: 'box',
  entry: 'cds',
  outside: 'ellipse',
} as const;
/** @own how this program draws each */
const brackets = {
  workload: ['[', ']'],
  database: ['[(', ')]'],
  pooler: ['[', ']'],
  dns: ['[[', ']]'],
  controller: ['[', ']'],
  entry: ['{{', '}}'],
  outside: ['([', '])'],
} as const satisfies Record<MapData['nodes'][number]['is'], readonly [string, string]>;
/** @own how this program draws each */
const styles = {
  allowed: '',
  denied: 'color=red fontcolor=red',
  'partly allowed': 'color=red style=dashed',
  unknown: 'style=dotted',
} as const;
/** @own how this program draws each */
const strokes = { allowed: '-->', denied: '-.-x', 'partly allowed': '-.->', unknown: '-.->' } as const;

const dot = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** Mermaid has entities instead of escapes. */
const mermaid = (text: string) => `"${text.replace(/[#"&<>\n]/g, character => `#${character.charCodeAt(0)};`)}"`;
