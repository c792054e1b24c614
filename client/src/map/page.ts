import { foldedAtFirst, type Graph, graphOf, type Vertex } from '../../../server/src/picture/graph';
import type { MapData, NodeData } from '../../../server/src/picture/map-data';
import { type Layout, layoutOf } from '../../../server/src/picture/placing';
import { barOf, legend, type Settings } from './bar';
import { detailsOf, permittedOf } from './details';
import { Drawing } from './drawing';
import { element } from './elements';
import { hostOf } from './host';
import type { Cursor } from './messages';
import { tableOf } from './table';

/** The page with a map: it draws what it is given, and what a person chooses of it. */
class Page {
  readonly #host = hostOf(window);
  readonly #drawing: Drawing;
  readonly #details = element('aside', { class: 'details', attributes: { 'aria-live': 'polite' } });
  readonly #table = element('section', { class: 'table' });
  readonly #bar = element('div', {});
  readonly #folded = new Map<string, Set<string>>();
  #names: readonly string[] = [];
  #map: MapData | undefined;
  #settings: Settings = {
    name: '',
    text: '',
    purposes: new Set(['call', 'entry', 'outside']),
    isPermittedShown: false,
    isTable: false,
  };
  #graph: Graph = { areas: [], arcs: [] };
  #selected: string | undefined;

  constructor() {
    this.#drawing = new Drawing({ select: id => this.#select(id), fold: name => this.#fold(name) });
    const main = element('main', {}, this.#drawing.element, this.#table, this.#details);
    document.body.append(this.#bar, main, legend());
    this.#host.listen(told => {
      if (told.type === 'cursor') this.#follow(told.cursor);
      else this.#take(told.names, told.name, told.map ?? undefined);
    });
  }

  /** The map of what was edited, or another: what is chosen and selected stays as far as it is still there. */
  #take(names: readonly string[], name: string, map: MapData | undefined): void {
    const isOther = name !== this.#settings.name || names.join() !== this.#names.join();
    this.#names = names;
    this.#map = map;
    if (isOther) {
      this.#settings = { ...this.#settings, name };
      this.#drawing.fit();
      this.#showBar();
    }
    this.#draw();
  }

  #foldedIn(map: MapData): Set<string> {
    const known = this.#folded.get(map.name) ?? new Set(foldedAtFirst(map, this.#settings.purposes));
    this.#folded.set(map.name, known);
    return known;
  }

  #showBar(): void {
    const bar = barOf(this.#names, this.#settings, {
      choose: name => this.#host.choose(name),
      set: change => {
        this.#settings = { ...this.#settings, ...change };
        // Who types keeps the field in which he types.
        if (change.text === undefined) this.#showBar();
        this.#draw();
      },
      foldAll: () => this.#foldThose(this.#map?.namespaces.map(({ name }) => name) ?? []),
      unfoldAll: () => this.#foldThose([]),
      scale: by => this.#drawing.scale(by),
      fit: () => this.#drawing.fit(),
    });
    this.#bar.replaceChildren(bar);
  }

  #draw(): void {
    const map = this.#map;
    if (map === undefined || map.nodes.length === 0) {
      this.#drawing.element.replaceChildren(element('p', { class: 'empty' }, 'There are no pods in these manifests.'));
      this.#details.replaceChildren();
      return;
    }
    const { text, purposes, isTable } = this.#settings;
    const wanted = text.trim() === '' ? undefined : (node: NodeData) => isMeant(node, text.trim().toLowerCase());
    this.#graph = graphOf(map, { folded: this.#foldedIn(map), purposes, wanted });
    const layout: Layout = layoutOf(this.#graph);
    if (layout.boxes.size === 0) {
      this.#drawing.element.replaceChildren(element('p', { class: 'empty' }, `Nothing is called '${text}'.`));
    } else this.#drawing.draw(layout, map);
    this.#table.hidden = !isTable;
    this.#drawing.element.hidden = isTable;
    this.#table.replaceChildren(...(isTable ? [tableOf(map, purposes, this.#host.open)] : []));
    this.#show(map);
  }

  #show(map: MapData): void {
    const vertex = this.#vertexOf(({ id }) => id === this.#selected);
    this.#drawing.highlight(vertex?.id);
    this.#details.hidden = vertex === undefined;
    const select = (id: string) => this.#selectNode(id);
    this.#details.replaceChildren(...(vertex ? detailsOf(vertex, map, this.#host.open, select) : []));
    if (!vertex || !this.#settings.isPermittedShown) return;
    const { into, out } = permittedOf(vertex.nodes[0]?.id ?? '', map);
    const idOf = (node: string) => this.#vertexOf(({ nodes }) => nodes.some(({ id }) => id === node))?.id ?? '';
    const ends = { into: new Set(into.map(idOf)), out: new Set(out.map(idOf)) };
    this.#drawing.permit([
      ...Array.from(ends.into, from => ({ from, to: vertex.id })),
      ...Array.from(ends.out, to => ({ from: vertex.id, to })),
    ]);
  }

  #select(id: string | undefined): void {
    this.#selected = id;
    if (this.#map) this.#show(this.#map);
  }

  /** One that is in a folded namespace is shown. */
  #selectNode(node: string): void {
    const namespace = this.#map?.nodes.find(({ id }) => id === node)?.namespace;
    if (this.#map && namespace && this.#foldedIn(this.#map).delete(namespace)) this.#draw();
    this.#select(this.#vertexOf(({ nodes }) => nodes.some(({ id }) => id === node))?.id);
  }

  /** Selects what the document around the cursor is about: what stands nearest above it, else what comes first. */
  #follow({ file, line, from, to }: Cursor): void {
    const written = (this.#map?.nodes ?? []).flatMap(node =>
      [node, ...node.services].flatMap(({ at }) => {
        return at?.file === file && from <= at.line && at.line <= to ? [{ node, line: at.line }] : [];
      }),
    );
    written.sort((a, b) => a.line - b.line);
    const meant = written.findLast(each => each.line <= line) ?? written[0];
    if (meant) this.#select(this.#vertexOf(({ nodes }) => nodes.includes(meant.node))?.id);
  }

  #fold(name: string): void {
    const folded = this.#map && this.#foldedIn(this.#map);
    if (!folded) return;
    if (!folded.delete(name)) folded.add(name);
    this.#draw();
  }

  #foldThose(names: readonly string[]): void {
    if (this.#map) this.#folded.set(this.#map.name, new Set(names));
    this.#draw();
  }

  #vertexOf(isMeant: (vertex: Vertex) => boolean): Vertex | undefined {
    return this.#graph.areas.flatMap(({ nodes }) => nodes).find(isMeant);
  }
}

function isMeant({ name, namespace, kind, findings }: NodeData, text: string): boolean {
  const words = [name, namespace ?? '', kind, ...findings.map(({ rule }) => rule)];
  return words.some(word => word.toLowerCase().includes(text));
}

new Page();
