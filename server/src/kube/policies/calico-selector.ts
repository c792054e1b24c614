import { and, type LabelFacts, not, or, type Truth } from '../truth';

/** A Calico selector: what it says about labels; undefined where it says something that is not known here. */
export type CalicoSelector = (facts: LabelFacts) => Truth;

/**
 * Reads a Calico selector expression such as `has(app) && tier in {'web', 'api'}`; undefined where it isn't one.
 * Grammar: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export function parseCalicoSelector(text: string): CalicoSelector | undefined {
  if (text.trim() === '') return () => true;
  if (text.length > 10_000) return undefined;
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens);
  const selector = reader.either(0);
  return reader.isAtEnd ? selector : undefined;
}

interface Token {
  readonly type: 'word' | 'string' | 'sign';
  readonly text: string;
}

const pattern = /\s+|(?<string>"[^"]*"|'[^']*')|(?<sign>&&|\|\||==|!=|[!(){},])|(?<word>[A-Za-z0-9_./-]+)/y;

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { string, sign, word } = groups;
    if (string !== undefined) tokens.push({ type: 'string', text: string.slice(1, -1) });
    else if (sign !== undefined) tokens.push({ type: 'sign', text: sign });
    else if (word !== undefined) tokens.push({ type: 'word', text: word });
  }
  return tokens;
}

const deepest = 100;

/** Reads from left to right. Each part gives undefined where the text is no such part. */
class Reader {
  #at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.#at === this.tokens.length;
  }

  either(depth: number): CalicoSelector | undefined {
    const parts = this.#list('||', () => this.#both(depth));
    return parts && (facts => or(parts.map(part => part(facts))));
  }

  #both(depth: number): CalicoSelector | undefined {
    const parts = this.#list('&&', () => this.#term(depth));
    return parts && (facts => and(parts.map(part => part(facts))));
  }

  #list(sign: string, read: () => CalicoSelector | undefined): CalicoSelector[] | undefined {
    const parts: CalicoSelector[] = [];
    do {
      const part = read();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (this.#skip(sign));
    return parts;
  }

  #term(depth: number): CalicoSelector | undefined {
    if (depth > deepest) return undefined;
    if (this.#skip('!')) {
      const inner = this.#term(depth + 1);
      return inner && (facts => not(inner(facts)));
    }
    if (this.#skip('(')) {
      const inner = this.either(depth + 1);
      return this.#skip(')') ? inner : undefined;
    }
    const word = this.#word();
    if (word === undefined) return undefined;
    return this.#skip('(') ? this.#call(word) : this.#comparison(word);
  }

  #call(name: string): CalicoSelector | undefined {
    const key = this.#word();
    if (!this.#skip(')')) return undefined;
    if (name === 'all' && key === undefined) return () => true;
    // Only what has no namespace is global: no pod is.
    if (name === 'global' && key === undefined) return () => false;
    return name === 'has' && key !== undefined ? facts => about(facts(key), value => value !== null) : undefined;
  }

  #comparison(key: string): CalicoSelector | undefined {
    if (this.#skip('==')) return this.#onString(key, (value, wanted) => value === wanted);
    if (this.#skip('!=')) return this.#onString(key, (value, wanted) => value !== wanted);
    switch (this.#operator()) {
      case 'in':
        return this.#onSet(key, (value, wanted) => value !== null && wanted.has(value));
      case 'notin':
        return this.#onSet(key, (value, wanted) => value === null || !wanted.has(value));
      case 'contains':
        return this.#onString(key, (value, wanted) => value?.includes(wanted) === true);
      case 'startswith':
        return this.#onString(key, (value, wanted) => value?.startsWith(wanted) === true);
      case 'endswith':
        return this.#onString(key, (value, wanted) => value?.endsWith(wanted) === true);
      default:
        return undefined;
    }
  }

  /** Of one word or two: `not in` may be written without the blank. */
  #operator(): string | undefined {
    const word = this.#word();
    return word === 'not' || word === 'starts' || word === 'ends' ? `${word}${this.#word() ?? ''}` : word;
  }

  #onString(key: string, test: (value: string | null, wanted: string) => boolean): CalicoSelector | undefined {
    const wanted = this.#string();
    return wanted === undefined ? undefined : facts => about(facts(key), value => test(value, wanted));
  }

  #onSet(key: string, test: (value: string | null, wanted: ReadonlySet<string>) => boolean) {
    if (!this.#skip('{')) return undefined;
    const wanted = new Set<string>();
    while (!this.#skip('}')) {
      const item = this.#string();
      if (item === undefined) return undefined;
      wanted.add(item);
      this.#skip(',');
    }
    return (facts: LabelFacts) => about(facts(key), value => test(value, wanted));
  }

  #word(): string | undefined {
    const token = this.tokens[this.#at];
    if (token?.type !== 'word') return undefined;
    this.#at++;
    return token.text;
  }

  #string(): string | undefined {
    const token = this.tokens[this.#at];
    if (token?.type !== 'string') return undefined;
    this.#at++;
    return token.text;
  }

  #skip(sign: string): boolean {
    const token = this.tokens[this.#at];
    const isThere = token?.type === 'sign' && token.text === sign;
    if (isThere) this.#at++;
    return isThere;
  }
}

function about(value: string | null | undefined, test: (value: string | null) => boolean): Truth {
  return value === undefined ? undefined : test(value);
}
