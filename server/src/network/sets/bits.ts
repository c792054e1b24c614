/** A set of small whole numbers below a fixed size, immutable: the pods, or classes of pods, that something matches. */
export class Bits {
  static none(size: number): Bits {
    return new Bits(size, new Uint32Array((size + 31) >> 5));
  }

  static all(size: number): Bits {
    return Bits.of(
      size,
      Array.from({ length: size }, (_, i) => i),
    );
  }

  static of(size: number, members: Iterable<number>): Bits {
    const words = new Uint32Array((size + 31) >> 5);
    for (const member of members) words[member >> 5] = (words[member >> 5] ?? 0) | (1 << (member & 31));
    return new Bits(size, words);
  }

  private constructor(
    readonly size: number,
    private readonly words: Uint32Array,
  ) {}

  and(other: Bits): Bits {
    return this.#combine(other, (a, b) => a & b);
  }

  or(other: Bits): Bits {
    return this.#combine(other, (a, b) => a | b);
  }

  minus(other: Bits): Bits {
    return this.#combine(other, (a, b) => a & ~b);
  }

  has(member: number): boolean {
    return (((this.words[member >> 5] ?? 0) >>> (member & 31)) & 1) === 1;
  }

  get isEmpty(): boolean {
    return this.words.every(word => word === 0);
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (const [index, word] of this.words.entries()) {
      for (let rest = word; rest !== 0; rest &= rest - 1) yield index * 32 + 31 - Math.clz32(rest & -rest);
    }
  }

  #combine(other: Bits, combine: (a: number, b: number) => number): Bits {
    return new Bits(
      this.size,
      this.words.map((word, i) => combine(word, other.words[i] ?? 0)),
    );
  }
}
