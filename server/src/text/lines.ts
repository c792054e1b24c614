import { memo } from './maps';

/** 0-based, in UTF-16 code units: what LSP calls a position. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Line starts of a text. A line ends with \n, \r\n or a lone \r, as in the language server protocol. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(readonly text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  offsetAt(position: Position): number {
    const start = this.#starts[position.line];
    if (start === undefined) return this.text.length;
    const next = this.#starts[position.line + 1] ?? this.text.length;
    return Math.min(start + Math.max(0, position.character), next);
  }

  /** The text of a line, without its line end. */
  line(line: number): string {
    const start = this.#starts[line] ?? this.text.length;
    return this.text.slice(start, this.#starts[line + 1] ?? this.text.length).replace(/\r?\n?$/, '');
  }
}

/** The lines of what has a text, found once. */
export const linesOf = memo(({ text }: { readonly text: string }) => new LineIndex(text));
