/** What a snippet writes, and what is wrong with it as a snippet (not as YAML). */
export interface Expansion {
  readonly text: string;
  /** The options of each choice, by the number of its tab stop. */
  readonly choices: ReadonlyMap<number, readonly string[]>;
  readonly problems: readonly string[];
}

/**
 * The text that VS Code inserts for a snippet body, each tab stop holding its default or, where `chosen` names one, that text.
 * Speaks the part of the syntax that reads the same in the moment of insertion: tab stops, nested defaults, mirrors and
 * choices. Variables and transforms are problems, because VS Code runs a transform only when its tab stop is left.
 */
export function expandSnippet(body: string, chosen: ReadonlyMap<number, string> = new Map()): Expansion {
  const { parts, problems } = new SnippetParser(body).parse();
  const stops = new Map<number, TabStop>();
  const choices = new Map<number, readonly string[]>();
  for (const stop of stopsIn(parts)) {
    if (stop.options.length > 0) choices.set(stop.number, stop.options);
    if (!isDefinition(stop)) continue;
    if (stops.has(stop.number)) problems.push(`tab stop ${stop.number} has two defaults`);
    else stops.set(stop.number, stop);
  }
  for (const { number } of stopsIn(parts)) {
    if (number > 0 && !stops.has(number)) problems.push(`tab stop ${number} has no default`);
    if (number > 1 && !stops.has(number - 1)) problems.push(`there is a tab stop ${number} but none before it`);
  }
  const written = (part: Part, within: readonly number[]): string => {
    if (typeof part === 'string') return part;
    if (within.includes(part.number)) {
      problems.push(`tab stop ${part.number} stands in its own default`);
      return '';
    }
    const stop = stops.get(part.number) ?? part;
    const inside = [...within, stop.number];
    return chosen.get(stop.number) ?? stop.options[0] ?? stop.parts.map(child => written(child, inside)).join('');
  };
  const text = parts.map(part => written(part, [])).join('');
  return { text, choices, problems };
}

interface TabStop {
  readonly number: number;
  readonly parts: readonly Part[];
  readonly options: readonly string[];
}

type Part = string | TabStop;

class SnippetParser {
  readonly #body: string;
  readonly #problems: string[] = [];
  #at = 0;

  constructor(body: string) {
    this.#body = body;
  }

  parse(): { readonly parts: readonly Part[]; readonly problems: string[] } {
    const parts = this.#partsUntil('');
    return { parts, problems: this.#problems };
  }

  /** Parts up to the closing brace of a default, or up to the end where `closing` is empty. */
  #partsUntil(closing: '}' | ''): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#body.length) {
      const char = this.#body.charAt(this.#at);
      if (char === closing) {
        this.#at += 1;
        return parts;
      }
      if (char === '$') parts.push(this.#dollar());
      else parts.push(this.#character('$}\\'));
    }
    if (closing !== '') this.#problems.push('a default is not closed');
    return parts;
  }

  /** One character; a backslash before one of `escapable` is dropped, before any other it stays. */
  #character(escapable: string): string {
    const next = this.#body.charAt(this.#at + 1);
    const escaped = this.#body.charAt(this.#at) === '\\' && next !== '' && escapable.includes(next);
    const char = escaped ? next : this.#body.charAt(this.#at);
    this.#at += escaped ? 2 : 1;
    return char;
  }

  #dollar(): Part {
    const bare = /\$(\d+)/y;
    const braced = /\$\{(\d+)([:|}])/y;
    bare.lastIndex = braced.lastIndex = this.#at;
    const mirror = bare.exec(this.#body);
    if (mirror !== null) {
      this.#at = bare.lastIndex;
      return { number: Number(mirror[1]), parts: [], options: [] };
    }
    const stop = braced.exec(this.#body);
    if (stop === null) {
      this.#problems.push(`'${this.#body.slice(this.#at, this.#at + 12)}…' is no tab stop: write '\\$' for a dollar`);
      this.#at += 1;
      return '$';
    }
    this.#at = braced.lastIndex;
    const number = Number(stop[1]);
    if (stop[2] === '}') return { number, parts: [], options: [] };
    if (stop[2] === '|') return { number, parts: [], options: this.#options() };
    return { number, parts: this.#partsUntil('}'), options: [] };
  }

  #options(): string[] {
    const options = [''];
    while (this.#at < this.#body.length) {
      if (this.#body.startsWith('|}', this.#at)) {
        this.#at += 2;
        if (options.includes('')) this.#problems.push('a choice has an empty option');
        return options;
      }
      if (this.#body.charAt(this.#at) === ',') {
        this.#at += 1;
        options.push('');
      } else {
        options.push((options.pop() ?? '') + this.#character(',|\\'));
      }
    }
    this.#problems.push('a choice is not closed');
    return options;
  }
}

function isDefinition(stop: TabStop): boolean {
  return stop.parts.length > 0 || stop.options.length > 0;
}

function* stopsIn(parts: readonly Part[]): Iterable<TabStop> {
  for (const part of parts) {
    if (typeof part === 'string') continue;
    yield part;
    yield* stopsIn(part.parts);
  }
}
