import type { Bits } from '../sets/bits';
import { Connections } from '../sets/connections';
import type { Parts } from './evaluate';
import type { ClassId } from './universe';

/** What is allowed with each class of pods. There may be thousands of rows: a class costs two bytes in each. */
export class Row {
  readonly #parts: Parts<Bits>;
  readonly #values: Connections[] = [Connections.none];
  readonly #indices: Uint16Array | Uint32Array;

  /** Equal values become one object of the pool, so that rows can compare theirs by identity. */
  constructor(parts: Parts<Bits>, size: number, pool: Map<string, Connections>) {
    this.#parts = parts.filter(({ connections }) => !connections.isEmpty);
    this.#indices = parts.length < 0xffff ? new Uint16Array(size) : new Uint32Array(size);
    for (const { connections, peers } of this.#parts) {
      const key = connections.toString();
      const shared = pool.get(key) ?? connections;
      pool.set(key, shared);
      for (const id of peers) this.#indices[id] = this.#values.length;
      this.#values.push(shared);
    }
  }

  at(id: ClassId): Connections {
    return this.#values[this.#indices[id] ?? 0] ?? Connections.none;
  }

  /** The classes with which anything is allowed. */
  *reached(): Iterable<ClassId> {
    for (const { peers } of this.#parts) yield* peers;
  }
}
