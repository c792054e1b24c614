import type { Kind } from '../../kinds';
import { type ValueType, valueTypeOf } from './annotation-types';

/** One annotation or one key of a ConfigMap, as a controller knows it. */
export interface KeyFacts {
  /** In full: with its prefix, if it has one. A `*` stands for a part that the user chooses. */
  readonly key: string;
  readonly type: ValueType;
  /** The column as written: `bool`, `= on, off`. */
  readonly typeName: string;
  readonly default: string | undefined;
  /** Where it is read. */
  readonly on: readonly Kind[];
  /** For people: the part of the configuration it is about, how dangerous it is, what it needs. */
  readonly marks: readonly string[];
  /** One sentence. */
  readonly about: string;
}

/** All keys of one kind that a controller knows. */
export class Vocabulary {
  readonly #byKey = new Map<string, KeyFacts>();
  readonly #patterns: { readonly start: string; readonly end: string; readonly facts: KeyFacts }[] = [];

  constructor(readonly keys: readonly KeyFacts[]) {
    for (const facts of keys) {
      const star = facts.key.indexOf('*');
      if (star === -1) this.#byKey.set(facts.key, facts);
      else this.#patterns.push({ start: facts.key.slice(0, star), end: facts.key.slice(star + 1), facts });
    }
  }

  find(key: string): KeyFacts | undefined {
    const exact = this.#byKey.get(key);
    if (exact) return exact;
    return this.#patterns.find(
      ({ start, end }) => key.length > start.length + end.length && key.startsWith(start) && key.endsWith(end),
    )?.facts;
  }

  /** Keys without a part to fill in: what can be proposed. */
  get names(): Iterable<string> {
    return this.#byKey.keys();
  }
}

/** Reads the rows of a table: `key | type | default | marks | sentence`. What is no row is left out. */
export function keysIn(rows: string, prefix: string, on: readonly Kind[]): KeyFacts[] {
  return rows.split('\n').flatMap(row => {
    const [key, typeName, byDefault, marks, about] = row.split(' | ').map(column => column.trim());
    if (!key || !typeName || about === undefined) return [];
    const words = (marks ?? '').split(' ').filter(word => word !== '');
    const kinds = words.flatMap(word => kindsByMark[word] ?? []);
    return [
      {
        key: prefix + key,
        type: valueTypeOf(typeName),
        typeName,
        default: byDefault || undefined,
        on: kinds.length > 0 ? kinds : on,
        marks: words.filter(word => !(word in kindsByMark)),
        about,
      },
    ];
  });
}

/** @own the words that the tables of this folder write for a kind */
const kindsByMark: Readonly<Record<string, Kind>> = {
  'on:Ingress': 'Ingress',
  'on:Service': 'Service',
  'on:ConfigMap': 'ConfigMap',
  'on:Namespace': 'Namespace',
  'on:Pod': 'Pod',
};
