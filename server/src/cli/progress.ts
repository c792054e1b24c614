/** Milliseconds before a run is long, and between two words about it. */
const long = 1000;
const pause = 100;

/** Says how far a long run is, in one line of a terminal that goes away at the end. */
export class Progress {
  #next = Date.now() + long;
  #isShown = false;

  constructor(readonly stream: Pick<NodeJS.WriteStream, 'write'> | undefined) {}

  /** Called for each small step: what it says is made only when it is shown. */
  tell(words: () => string): void {
    const now = Date.now();
    if (this.stream === undefined || now < this.#next) return;
    this.#next = now + pause;
    this.#isShown = true;
    this.stream.write(`\r${words()}\u001b[K`);
  }

  end(): void {
    if (this.#isShown) this.stream?.write('\r\u001b[K');
    this.#isShown = false;
  }
}

/** On a terminal that somebody looks at: a log of CI would keep each word, and whoever wants quiet gets it. */
export function progressFor({ quiet, watch }: { readonly quiet?: true; readonly watch?: true }): Progress {
  const { CI, TERM } = process.env;
  const isSeen = process.stderr.isTTY && !CI && TERM !== 'dumb' && !quiet && !watch;
  return new Progress(isSeen ? process.stderr : undefined);
}
