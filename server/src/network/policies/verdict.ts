import { Connections } from '../sets/connections';

/** 'partly': some of the connections asked for are allowed and the others denied. */
export type Answer = 'allowed' | 'denied' | 'partly' | 'unknown';

/** What is allowed from one end to another. */
export class Verdict {
  static readonly all = new Verdict(Connections.all, Connections.all, Connections.all);

  constructor(
    /** Going by what is written, as the field's tools do. */
    readonly stated: Connections,
    /** Surely allowed. */
    readonly certain: Connections,
    /** Not surely denied. */
    readonly possible: Connections,
  ) {}

  /** The answer for some connections: a rule speaks up on 'denied' or 'allowed' only. */
  of(connections: Connections): Answer {
    if (this.certain.contains(connections)) return 'allowed';
    const possible = this.possible.intersect(connections);
    if (possible.isEmpty) return 'denied';
    return this.certain.contains(possible) ? 'partly' : 'unknown';
  }

  and(other: Verdict): Verdict {
    if (other === Verdict.all) return this;
    return new Verdict(
      this.stated.intersect(other.stated),
      this.certain.intersect(other.certain),
      this.possible.intersect(other.possible),
    );
  }

  /** For ends that stand for several pods: what all of them can is certain, what one of them can is possible. */
  orElse(other: Verdict): Verdict {
    return new Verdict(
      this.stated.intersect(other.stated),
      this.certain.intersect(other.certain),
      this.possible.union(other.possible),
    );
  }
}
