import type { Kind } from '../kube/kinds';
import type { Resource } from '../kube/resource';
import type { Entry } from './index';
import { type Answer, noteRead, type Question } from './reads';

type Lists = ReadonlyMap<Kind, readonly Entry[]>;

/** What a view makes of the entries of an index. */
export interface Choice {
  /** Of entries of one kind those that it sees: its own first, and of twins one. */
  shown(entries: readonly Entry[]): readonly Entry[];
  /** Entries of several kinds in the order of files, its own first. */
  inOrder(entries: readonly Entry[]): readonly Entry[];
  isSubject(resource: Resource): boolean;
  homeOf(resource: Resource): string | undefined;
  /** Whether another one makes the same of these kinds. */
  showsAs(other: Choice, kinds: readonly Kind[]): boolean;
}

/** The list of nothing, always the same. */
export const nobody: readonly Resource[] = [];

/** What a view shows of lists by kind. A list that came out as it was before is the one of before. */
export class Shown {
  /** By kind, or by several kinds that are there. */
  readonly known = new Map<string, readonly Resource[]>();
  /** By what was asked: the same list for kinds of which nothing is there. */
  private readonly answers = new Map<string, Answer<readonly Resource[]>>();
  private readonly entries = new Map<Kind, readonly Entry[]>();
  private before: Shown | undefined;

  constructor(
    readonly lists: Lists,
    readonly view: Choice,
    /** The namespace; undefined for the cluster. */
    readonly home: string | undefined,
    old: Shown | undefined,
  ) {
    this.before = old;
    if (old) old.before = undefined; // else every view that ever was would stay
  }

  read<Q extends Kind>(kinds: readonly Q[], about: 'all' | 'judged'): readonly Resource<Q>[] {
    // The lists are by kind, which the type of a resource repeats: the one place where that is stated.
    return noteRead(this.answer(kinds, about)) as readonly Resource<Q>[];
  }

  answer(kinds: readonly Kind[], about: 'all' | 'judged'): Answer<readonly Resource[]> {
    const key = `${about} ${kinds.join(' ')}`;
    return this.answers.get(key) ?? this.answerTo({ about, home: this.home, kinds, key });
  }

  answerTo(question: Question): Answer<readonly Resource[]> {
    const { about, kinds, key } = question;
    let answer = this.answers.get(key);
    if (answer === undefined) {
      const before =
        this.before && this.view.showsAs(this.before.view, kinds) ? this.before.answers.get(key) : undefined;
      answer = before ?? { question, value: this.#of(kinds, about === 'judged' ? 'judged' : 'all') };
      this.answers.set(key, answer);
    }
    return answer;
  }

  #of(kinds: readonly Kind[], which: 'all' | 'judged'): readonly Resource[] {
    const present = kinds.filter((kind, i) => this.lists.has(kind) && kinds.indexOf(kind) === i);
    const [first] = present;
    let list: readonly Resource[] = nobody;
    if (first !== undefined) {
      const key = (which === 'all' ? '' : 'judged ') + (present.length === 1 ? first : present.join(' '));
      list = this.known.get(key) ?? this.#like(key, this.#listed(present, which));
      this.known.set(key, list);
    }
    return list;
  }

  #listed(kinds: readonly Kind[], which: 'all' | 'judged'): readonly Resource[] {
    if (which === 'judged') return this.answer(kinds, 'all').value.filter(resource => this.view.isSubject(resource));
    const entries = kinds.flatMap(kind => this.#ofKind(kind));
    return (kinds.length === 1 ? entries : this.view.inOrder(entries)).map(({ resource }) => resource);
  }

  #ofKind(kind: Kind): readonly Entry[] {
    let entries = this.entries.get(kind);
    if (entries === undefined) {
      entries = this.view.shown(this.lists.get(kind) ?? []);
      this.entries.set(kind, entries);
    }
    return entries;
  }

  /** An object that moved to another namespace is another fact. */
  #like(key: string, list: readonly Resource[]): readonly Resource[] {
    const before = this.before?.known.get(key);
    const isSame =
      before?.length === list.length &&
      list.every((one, i) => one === before[i] && this.view.homeOf(one) === this.before?.view.homeOf(one));
    return isSame && before ? before : list;
  }
}
