import type { MapData, Spot } from '../../../server/src/picture/map-data';
import type { Asked, Told } from './messages';

/** Whoever shows the page: an editor, or nobody but a browser. */
export interface Host {
  /** Undefined where no file can be opened. */
  readonly open: ((spot: Spot) => void) | undefined;
  choose(name: string): void;
  /** Begins to tell what there is. */
  listen(hear: (told: Told) => void): void;
}

interface Editor {
  postMessage(asked: Asked): void;
}

declare const acquireVsCodeApi: (() => Editor) | undefined;

export function hostOf(window: Window): Host {
  if (typeof acquireVsCodeApi !== 'function') return new Browser(window.document);
  const editor = acquireVsCodeApi();
  return {
    open: spot => editor.postMessage({ type: 'open', spot }),
    choose: name => editor.postMessage({ type: 'choose', name }),
    listen(hear) {
      window.addEventListener('message', (event: MessageEvent<Told>) => hear(event.data));
      editor.postMessage({ type: 'ready' });
    },
  };
}

/** A page that has its maps in it. */
class Browser implements Host {
  readonly open = undefined;
  readonly #maps: readonly MapData[];
  #hear: (told: Told) => void = () => {};

  constructor(document: Document) {
    this.#maps = JSON.parse(document.getElementById('maps')?.textContent ?? '[]');
  }

  choose(name: string): void {
    const map = this.#maps.find(known => known.name === name) ?? this.#maps[0] ?? null;
    this.#hear({ type: 'map', names: this.#maps.map(known => known.name), name: map?.name ?? '', map });
  }

  listen(hear: (told: Told) => void): void {
    this.#hear = hear;
    this.choose('');
  }
}
