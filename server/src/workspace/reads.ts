import type { Kind } from '../kube/kinds';

/** One question to a view: for a list of the cluster or of a namespace, or for what namespaces there are. */
export interface Question {
  readonly about: 'all' | 'judged' | 'namespaces' | 'assumed';
  /** The namespace that is asked; undefined for the cluster. */
  readonly home: string | undefined;
  readonly kinds: readonly Kind[];
}

/** Who can be asked, the same question again among them. */
export interface Asked {
  answer(question: Question): unknown;
}

/** What somebody asked of a view, and what it answered: what was made of it holds while the answers are the very same. */
export class Reads {
  readonly #answers = new Map<string, { readonly question: Question; readonly answer: unknown }>();

  add(question: Question, answer: unknown): void {
    const { about, home, kinds } = question;
    const key = `${about} ${home ?? ''} ${kinds.join(' ')}`;
    if (!this.#answers.has(key)) this.#answers.set(key, { question, answer });
  }

  holdFor(view: Asked): boolean {
    for (const { question, answer } of this.#answers.values()) if (view.answer(question) !== answer) return false;
    return true;
  }
}

let current: Reads | undefined;

/** Does some work, and gives what it read of views on its way. */
export function recorded(work: () => void): Reads {
  const before = current;
  const reads = new Reads();
  current = reads;
  try {
    work();
  } finally {
    current = before;
  }
  return reads;
}

/** Whoever answers says so. */
export function noteRead(question: Question, answer: unknown): void {
  current?.add(question, answer);
}
