import type { Requirement, Selector } from '../../kube/labels';
import { add } from '../../text/maps';
import { Bits } from '../sets/bits';
import type { Labelled } from './labelled';

/** What a selector chooses: going by what is written, for sure, and at most. */
export interface Match {
  readonly stated: Bits;
  readonly certain: Bits;
  readonly possible: Bits;
}

/** Answers label selectors for a fixed list of things at once. */
export class LabelIndex {
  readonly #size: number;
  readonly #values = new Map<string, Map<string, number[]>>();
  readonly #matches = new Map<string, Match>();
  readonly #uncertainBy = new Map<string, Bits>();
  readonly #everything: Match;

  constructor(private readonly things: readonly Labelled[]) {
    this.#size = things.length;
    const all = Bits.all(this.#size);
    this.#everything = { stated: all, certain: all, possible: all };
    for (const [index, { labels }] of things.entries()) {
      for (const [key, value] of labels) {
        const byValue = this.#values.get(key) ?? new Map<string, number[]>();
        this.#values.set(key, byValue);
        add(byValue, value, index);
      }
    }
  }

  match(selector: Selector): Match {
    return selector.requirements.map(requirement => this.#match(requirement)).reduce(both, this.#everything);
  }

  #match(requirement: Requirement): Match {
    const key = JSON.stringify([requirement.key, requirement.operator, ...requirement.values]);
    let match = this.#matches.get(key);
    if (match === undefined) {
      const stated = this.#stated(requirement);
      const uncertain = this.#uncertain(requirement.key);
      match = { stated, certain: stated.minus(uncertain), possible: stated.or(uncertain) };
      this.#matches.set(key, match);
    }
    return match;
  }

  #stated({ key, operator, values }: Requirement): Bits {
    const byValue = this.#values.get(key);
    const isNamed = operator === 'In' || operator === 'NotIn';
    const members = isNamed ? [...values].map(value => byValue?.get(value) ?? []) : [...(byValue?.values() ?? [])];
    const having = Bits.of(this.#size, members.flat());
    return operator === 'In' || operator === 'Exists' ? having : this.#everything.stated.minus(having);
  }

  #uncertain(key: string): Bits {
    const known = this.#uncertainBy.get(key);
    if (known !== undefined) return known;
    const members = this.things.flatMap((thing, index) => (thing.isUncertain(key) ? [index] : []));
    const uncertain = Bits.of(this.#size, members);
    this.#uncertainBy.set(key, uncertain);
    return uncertain;
  }
}

/** What both choose. */
export function both(a: Match, b: Match): Match {
  return {
    stated: a.stated.and(b.stated),
    certain: a.certain.and(b.certain),
    possible: a.possible.and(b.possible),
  };
}
