import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import type { MapData } from '../../../server/src/picture/map-data';
import type { Layout } from '../../../server/src/picture/placing';
import { svgOf } from '../../../server/src/picture/svg';

/** What a person does with the drawing. */
export interface Wishes {
  select(vertex: string | undefined): void;
  fold(namespace: string): void;
}

/** The drawing of a map: it can be moved, and what is selected stands out. */
export class Drawing {
  readonly element = document.createElement('div');
  #layout: Layout | undefined;
  #zoom: ZoomBehavior<SVGSVGElement, unknown> | undefined;
  #isMoved = false;

  constructor(private readonly wishes: Wishes) {
    this.element.className = 'canvas';
    this.element.addEventListener('click', event => this.#click(event.target));
    this.element.addEventListener('dblclick', event => {
      const area = within(event.target, '.area')?.getAttribute('data-area') ?? undefined;
      const folded = within(event.target, '.node.namespace')
        ?.getAttribute('data-id')
        ?.replace(/^namespace /, '');
      const name = folded ?? area;
      if (name) wishes.fold(name);
    });
    this.element.addEventListener('keydown', event => this.#press(event));
  }

  /** Draws anew; what was moved or made larger stays so. */
  draw(layout: Layout, map: MapData): void {
    const before = this.#svg?.querySelector('.scene')?.getAttribute('transform');
    const focused = document.activeElement?.getAttribute('data-id');
    this.#layout = layout;
    const text = svgOf(layout, map);
    // The names in it are escaped; no script would run, whatever they were.
    this.element.replaceChildren(
      document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true),
    );
    const svg = this.#svg;
    const scene = svg?.querySelector('.scene');
    if (!svg || !scene) return;
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.1, 6])
      .filter((event: Event) => event.type !== 'dblclick')
      .on('zoom', ({ transform, sourceEvent }: { transform: { toString(): string }; sourceEvent: unknown }) => {
        if (sourceEvent) this.#isMoved = true;
        scene.setAttribute('transform', transform.toString());
      });
    const own = select(svg);
    own.call(this.#zoom).on('dblclick.zoom', null);
    const moved = /translate\(([-\d.e]+),([-\d.e]+)\) scale\(([-\d.e]+)\)/.exec(before ?? '');
    if (moved && this.#isMoved) {
      const [, x = '0', y = '0', scale = '1'] = moved;
      own.call(this.#zoom.transform, zoomIdentity.translate(Number(x), Number(y)).scale(Number(scale)));
    }
    if (focused) this.#nodeOf(focused)?.focus();
  }

  /** Lets a vertex stand out, with all that it has to do with. */
  highlight(vertex: string | undefined): void {
    const svg = this.#svg;
    if (!svg) return;
    for (const extra of svg.querySelectorAll('.permitted')) extra.remove();
    svg.classList.toggle('focused', vertex !== undefined);
    const near = new Set<string | null>([vertex ?? null]);
    for (const line of svg.querySelectorAll('.line, .mark')) {
      const [from, to] = [line.getAttribute('data-from'), line.getAttribute('data-to')];
      const isNear = vertex !== undefined && (from === vertex || to === vertex);
      line.classList.toggle('near', isNear);
      if (isNear) near.add(from).add(to);
    }
    for (const node of svg.querySelectorAll('.node')) {
      const id = node.getAttribute('data-id');
      node.classList.toggle('near', near.has(id));
      node.classList.toggle('selected', id === vertex);
      node.setAttribute('aria-pressed', String(id === vertex));
    }
  }

  /** Thin lines for what is allowed though nobody calls. */
  permit(pairs: readonly { readonly from: string; readonly to: string }[]): void {
    const [scene, first] = [this.#svg?.querySelector('.scene'), this.#svg?.querySelector('.scene > .node')];
    for (const { from, to } of pairs) {
      const [source, target] = [this.#layout?.boxes.get(from), this.#layout?.boxes.get(to)];
      if (!scene || !source || !target) continue;
      const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      line.setAttribute('class', 'permitted');
      line.setAttribute(
        'd',
        `M${source.x + source.width / 2} ${source.y + source.height / 2} L${target.x + target.width / 2} ${target.y + target.height / 2}`,
      );
      scene.insertBefore(line, first ?? null);
    }
  }

  scale(by: number): void {
    if (this.#svg && this.#zoom) select(this.#svg).call(this.#zoom.scaleBy, by);
  }

  fit(): void {
    this.#isMoved = false;
    if (this.#svg && this.#zoom) select(this.#svg).call(this.#zoom.transform, zoomIdentity);
  }

  get #svg(): SVGSVGElement | null {
    return this.element.querySelector('svg');
  }

  #nodeOf(id: string): SVGElement | undefined {
    return [...this.element.querySelectorAll<SVGElement>('.node')].find(node => node.getAttribute('data-id') === id);
  }

  #click(target: EventTarget | null): void {
    const id = within(target, '.node')?.getAttribute('data-id') ?? undefined;
    if (id !== undefined || within(target, 'svg')) this.wishes.select(id);
  }

  #press(event: KeyboardEvent): void {
    const node = within(event.target, '.node');
    if (event.key === 'Escape') this.wishes.select(undefined);
    else if (event.key === '+' || event.key === '=') this.scale(1.25);
    else if (event.key === '-') this.scale(0.8);
    else if (event.key === '0') this.fit();
    else if (node && (event.key === 'Enter' || event.key === ' ')) this.#click(node);
    else if (node && event.key.startsWith('Arrow')) this.#step(node, event.key);
    else return;
    event.preventDefault();
  }

  /** To the next node in a direction: the nearest, where what lies aside counts twice. */
  #step(node: Element, key: string): void {
    const boxes = this.#layout?.boxes;
    const here = boxes?.get(node.getAttribute('data-id') ?? '');
    if (boxes === undefined || here === undefined) return;
    const ways: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const [right, down] = ways[key] ?? [0, 0];
    let best: { readonly id: string; readonly far: number } | undefined;
    for (const [id, { x, y }] of boxes) {
      const along = (x - here.x) * right + (y - here.y) * down;
      const aside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
      if (along > 0 && along + 2 * aside < (best?.far ?? Number.POSITIVE_INFINITY))
        best = { id, far: along + 2 * aside };
    }
    if (best) this.#nodeOf(best.id)?.focus();
  }
}

function within(target: EventTarget | null, selector: string): Element | null {
  return target instanceof Element ? target.closest(selector) : null;
}
