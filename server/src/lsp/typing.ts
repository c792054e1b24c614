import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

/** Milliseconds without a keystroke after which what was typed is taken to be meant. */
const pause = 700;

interface Cursor {
  readonly offset: number;
  /** When something was typed there. */
  readonly since: number;
}

/** Where somebody types: in each open document behind what was changed last. */
export class Typing {
  readonly #cursors = new Map<string, Cursor>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    /** Told when somebody has typed and pauses, or leaves. */
    readonly onPause: () => void,
  ) {}

  /** How open documents are made and changed: as ever, but that it is noted where. */
  get documents() {
    return {
      create: TextDocument.create,
      update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument => {
        const [change, ...others] = changes;
        // Of several changes nobody can tell which is typed, and a whole text may be new in any place.
        const start =
          change && 'range' in change && others.length === 0 ? document.offsetAt(change.range.start) : undefined;
        if (start === undefined) this.leave(document.uri);
        else this.#type(document.uri, start + (change?.text.length ?? 0));
        return TextDocument.update(document, changes, version);
      },
    };
  }

  #type(uri: string, offset: number): void {
    this.#cursors.set(uri, { offset, since: Date.now() });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onPause, pause);
  }

  /** In the text as it is; undefined where nobody types. */
  cursorIn(uri: string): number | undefined {
    return this.#cursors.get(uri)?.offset;
  }

  isGoingOn(uri: string): boolean {
    return Date.now() - (this.#cursors.get(uri)?.since ?? 0) < pause;
  }

  /** Whoever saves a document, or goes elsewhere in it, means what it says. */
  leave(uri: string): void {
    this.#cursors.delete(uri);
    this.onPause();
  }

  /** An editor that asks about another line shows that its cursor went there. */
  visit(document: TextDocument | undefined, line: number): void {
    const cursor = document && this.cursorIn(document.uri);
    if (document === undefined || cursor === undefined || document.positionAt(cursor).line === line) return;
    this.leave(document.uri);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
