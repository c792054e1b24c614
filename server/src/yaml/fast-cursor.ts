/** Control characters, and line ends that only YAML 1.1 knows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
export const odd = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;

export const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];
export const [quote, hash, apostrophe, comma, dash, dot] = [0x22, 0x23, 0x27, 0x2c, 0x2d, 0x2e];
export const [colon, question, backslash, bar, greater] = [0x3a, 0x3f, 0x5c, 0x7c, 0x3e];
export const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

export const isBlank = (code: number) => code === space || code === tab;

/** A line end, or that of the text, whose code is NaN. */
export const isEnd = (code: number) => code === lineFeed || code === carriageReturn || Number.isNaN(code);
export const isBlankOrEnd = (code: number) => isBlank(code) || isEnd(code);

/** Says that the text is for another reader. Thrown often, so without a stack. */
export const other = new Error('not of the subset');

/** A place in a text of the subset that `fastTree` reads. */
export class FastCursor {
  at = 0;
  lineStart = 0;
  /** Where the last token of go-yaml's ends: a block that ends is a token where the next one begins. */
  end = 0;

  constructor(readonly text: string) {}

  refuse(): never {
    throw other;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  /** To the next text, over blanks, comments and line ends. At a place where a comment may begin. */
  skip(): void {
    const { text } = this;
    for (;;) {
      let code = text.charCodeAt(this.at);
      while (code === space) code = text.charCodeAt(++this.at);
      if (code === hash) {
        const end = text.indexOf('\n', this.at);
        this.at = end === -1 ? text.length : end;
        code = lineFeed;
        if (end === -1) return;
      } else if (code === carriageReturn) code = text.charCodeAt(++this.at);
      else if (code === tab) this.refuse();
      if (code !== lineFeed) return;
      this.lineStart = ++this.at;
    }
  }

  /** Over what may stand behind a value in its line: blanks and a comment that is apart from it. */
  skipLineEnd(): void {
    const { text } = this;
    const from = this.at;
    while (text.charCodeAt(this.at) === space) this.at++;
    if (isEnd(text.charCodeAt(this.at))) return;
    if (text.charCodeAt(this.at) !== hash || this.at === from) this.refuse();
  }

  isMarker(): boolean {
    const { text } = this;
    const code = text.charCodeAt(this.at);
    return (
      (code === dash || code === dot) &&
      this.at === this.lineStart &&
      text.charCodeAt(this.at + 1) === code &&
      text.charCodeAt(this.at + 2) === code &&
      isBlankOrEnd(text.charCodeAt(this.at + 3))
    );
  }

  /** Moves over blanks; whether nothing but a comment follows in the line. */
  isLineEnd(): boolean {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === space) code = text.charCodeAt(++this.at);
    return isEnd(code) || code === hash;
  }

  /** Behind the colon that follows a key in its line. */
  colonEnd(): number | undefined {
    const { text } = this;
    let at = this.at;
    while (text.charCodeAt(at) === space) at++;
    return text.charCodeAt(at) === colon && isBlankOrEnd(text.charCodeAt(at + 1)) ? at + 1 : undefined;
  }

  /** To the first text of a later line, be it a comment; how many lines in between are blank. */
  skipBlankLines(): number {
    const { text } = this;
    for (let count = -1; ; count++) {
      let code = text.charCodeAt(this.at);
      while (code === space) code = text.charCodeAt(++this.at);
      if (code === carriageReturn) code = text.charCodeAt(++this.at);
      else if (code === tab) this.refuse();
      if (code !== lineFeed) return count;
      this.lineStart = ++this.at;
    }
  }

  /** Over lines without text, and into the indentation of the next. */
  takeBlankLines(indent: number): number {
    const { text } = this;
    for (let count = 0; ; count++) {
      const limit = this.lineStart + indent;
      while (this.at < limit && text.charCodeAt(this.at) === space) this.at++;
      let code = text.charCodeAt(this.at);
      if (code === tab && this.at < limit) this.refuse();
      if (code === carriageReturn) code = text.charCodeAt(++this.at);
      if (code !== lineFeed) return count;
      this.lineStart = ++this.at;
    }
  }
}
