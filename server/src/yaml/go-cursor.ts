/** go-yaml can't read on: why, in its own words, and where. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const space = 0x20;
const tab = 0x09;

export const isBlank = (code: number) => code === space || code === tab;

/** YAML 1.1 knows five line ends, a lone CR and U+2028 among them. */
export const isBreak = (code: number) =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;

/** A blank, a line end, or the end of the text, whose code is NaN. */
export const isBlankOrEnd = (code: number) => isBlank(code) || isBreak(code) || Number.isNaN(code);

/** A place in a text that moves on, and knows where its line begins. */
export class Cursor {
  at = 0;
  lineStart = 0;

  constructor(readonly text: string) {}

  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  get next(): number {
    return this.text.charCodeAt(this.at + 1);
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether `---` or `...` stands here, alone at the start of a line. */
  get isAtMarker(): boolean {
    return (
      this.column === 0 &&
      (this.text.startsWith('---', this.at) || this.text.startsWith('...', this.at)) &&
      isBlankOrEnd(this.text.charCodeAt(this.at + 3))
    );
  }

  get isAtTab(): boolean {
    return this.code === tab;
  }

  /** Moves behind one line end, and gives what it counts for in a value. */
  takeBreak(): string {
    const { code } = this;
    this.at += code === 0x0d && this.next === 0x0a ? 2 : 1;
    this.lineStart = this.at;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  takeSpaces(limit = Number.POSITIVE_INFINITY): void {
    while (this.code === space && this.column < limit) this.at++;
  }

  takeBlanks(): void {
    while (isBlank(this.code)) this.at++;
  }

  /** Gives the rest of the line, and moves before its line end. */
  takeLine(): string {
    const from = this.at;
    while (!this.isAtEnd && !isBreak(this.code)) this.at++;
    return this.text.slice(from, this.at);
  }

  refuse(message: string): never {
    throw new Refusal(message, this.at);
  }
}
