import type { Cluster } from '../../kube/view';
import { add } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';
import { connectionsOf, type Line } from './connectivity';

/** @own the formats that this program writes */
export const connectivityFormats = ['txt', 'json', 'dot', 'mermaid'] as const;
export type ConnectivityFormat = (typeof connectivityFormats)[number];

/** The connections that the policies of a cluster allow, as text. Ends with a line break unless it is empty. */
export function connectivity(view: Cluster<NetworkKind>, format: ConnectivityFormat): string {
  return [...connectivityPieces(view, format)].join('');
}

/** The same, piece by piece: thousands of pods that all reach each other make more text than one string holds. */
export function connectivityPieces(view: Cluster<NetworkKind>, format: ConnectivityFormat): Iterable<string> {
  return piecesOf(connectionsOf(view), format);
}

/** Some of the connections. */
export function piecesOf(lines: Iterable<Line>, format: ConnectivityFormat): Iterable<string> {
  return writers[format](lines);
}

/** @own how this program writes each of them */
const writers: Readonly<Record<ConnectivityFormat, (lines: Iterable<Line>) => Iterable<string>>> = {
  txt: function* (lines) {
    for (const { src, dst, connections } of lines) yield `${src} => ${dst} : ${connections}\n`;
  },
  json: function* (lines) {
    let separator = '[\n';
    for (const { src, dst, connections } of lines) {
      yield `${separator}  ${JSON.stringify({ src, dst, conn: connections })}`;
      separator = ',\n';
    }
    yield separator === '[\n' ? '[]\n' : '\n]\n';
  },
  dot: function* (lines) {
    const ends = new Ends();
    yield 'digraph {\n';
    for (const { src, dst, connections } of lines) {
      yield `  ${dotText(ends.see(src))} -> ${dotText(ends.see(dst))} [label=${dotText(connections)}]\n`;
    }
    for (const [index, [namespace, members]] of [...ends.byNamespace].entries()) {
      yield `  subgraph cluster_${index} {\n    label=${dotText(namespace)}\n`;
      for (const member of members) yield `    ${dotText(member)} [label=${dotText(shortNameOf(member))}]\n`;
      yield '  }\n';
    }
    yield '}\n';
  },
  mermaid: function* (lines) {
    const ends = new Ends();
    yield 'flowchart LR\n';
    for (const { src, dst, connections } of lines) {
      const [from, to] = [ends.see(src), ends.see(dst)].map(id => ends.numberOf(id));
      yield `  n${from} -->|${mermaidText(connections)}| n${to}\n`;
    }
    for (const id of ends.outside) yield `  n${ends.numberOf(id)}([${mermaidText(id)}])\n`;
    for (const [index, [namespace, members]] of [...ends.byNamespace].entries()) {
      yield `  subgraph g${index}[${mermaidText(namespace)}]\n`;
      for (const member of members) yield `    n${ends.numberOf(member)}[${mermaidText(shortNameOf(member))}]\n`;
      yield '  end\n';
    }
  },
};

/** The ends met so far, by namespace. */
class Ends {
  readonly byNamespace = new Map<string, string[]>();
  readonly outside: string[] = [];
  readonly #numbers = new Map<string, number>();

  see(id: string): string {
    if (this.#numbers.has(id)) return id;
    this.#numbers.set(id, this.#numbers.size);
    const slash = id.indexOf('/');
    if (slash === -1) this.outside.push(id);
    else {
      add(this.byNamespace, id.slice(0, slash), id);
    }
    return id;
  }

  numberOf(id: string): number {
    return this.#numbers.get(id) ?? -1;
  }
}

const shortNameOf = (id: string) => id.slice(id.indexOf('/') + 1);

const dotText = (text: string) => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** Mermaid has entities instead of escapes. */
const mermaidText = (text: string) => `"${text.replace(/[#"&<>\n]/g, character => `#${character.charCodeAt(0)};`)}"`;
