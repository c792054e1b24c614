import { add } from '../../text/maps';
import { type AddressSet, everyAddress } from '../sets/addresses';
import { Bits } from '../sets/bits';
import { intervalSet } from '../sets/intervals';
import type { Atom } from './evaluate';

/**
 * The classes of pods, by which of the sets they are in. The cost is that of listing the members of the sets, without
 * those that are all of `everything`, the very object.
 */
export function bitAtoms(sets: readonly Bits[], everything: Bits): readonly Atom<Bits>[] {
  const universal: number[] = [];
  const members = new Map<number, number[]>();
  let touched = Bits.none(everything.size);
  for (const [index, set] of sets.entries()) {
    if (set === everything) {
      universal.push(index);
      continue;
    }
    touched = touched.or(set);
    for (const id of set) {
      add(members, id, index);
    }
  }
  const groups = new Groups<number>();
  for (const [id, list] of members) groups.add(list, id);
  const atoms = groups.list.map(group => ({
    peers: Bits.of(everything.size, group.things),
    members: [...group.members, ...universal].sort((a, b) => a - b),
  }));
  const rest = everything.minus(touched);
  return rest.isEmpty ? atoms : [...atoms, { peers: rest, members: universal }];
}

interface Border {
  readonly at: bigint;
  readonly index: number;
  readonly isStart: boolean;
}

/** All addresses, by which of the sets they are in: a walk along the line from border to border. */
export function addressAtoms(sets: readonly AddressSet[]): readonly Atom<AddressSet>[] {
  const borders = [...sets.entries(), [-1, everyAddress] as const].flatMap(([index, set]) =>
    set.flatMap(({ start, end }): Border[] => [
      { at: start, index, isStart: true },
      { at: end, index, isStart: false },
    ]),
  );
  borders.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const groups = new Groups<{ readonly start: bigint; readonly end: bigint }>();
  const inside = new Set<number>();
  for (const [i, { at, index, isStart }] of borders.entries()) {
    if (isStart) inside.add(index);
    else inside.delete(index);
    const next = borders[i + 1];
    if (next === undefined || next.at === at) continue;
    const members = [...inside].filter(member => member >= 0).sort((a, b) => a - b);
    groups.add(members, { start: at, end: next.at });
  }
  return groups.list.map(({ things, members }) => ({ peers: intervalSet(things), members }));
}

/** Things that are in the same sets. */
class Groups<T> {
  readonly #groups: { readonly things: T[]; readonly members: readonly number[] }[] = [];
  readonly #byHash = new Map<number, number[]>();

  get list(): readonly { readonly things: readonly T[]; readonly members: readonly number[] }[] {
    return this.#groups;
  }

  add(members: readonly number[], thing: T): void {
    const hash = hashOf(members);
    const candidates = this.#byHash.get(hash) ?? [];
    for (const candidate of candidates) {
      const group = this.#groups[candidate];
      if (group === undefined || !sameNumbers(group.members, members)) continue;
      group.things.push(thing);
      return;
    }
    candidates.push(this.#groups.length);
    this.#byHash.set(hash, candidates);
    this.#groups.push({ things: [thing], members });
  }
}

function hashOf(numbers: readonly number[]): number {
  let hash = numbers.length;
  for (const number of numbers) hash = (Math.imul(hash, 0x01000193) ^ number) >>> 0;
  return hash;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number, i) => number === b[i]);
}
