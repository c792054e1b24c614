import type { Kind } from '../kube/kinds';

/** One question to a view: for a list of the cluster or of a namespace, or for what namespaces there are. */
export interface Question {
  readonly about: 'all' | 'judged' | 'namespaces' | 'assumed';
  /** The namespace that is asked; undefined for the cluster. */
  readonly home: string | undefined;
  readonly kinds: readonly Kind[];
  /** Of a question for a list: one text for all that ask this. */
  readonly key: string;
}

/** What a view answered: the same object to all who ask. */
export interface Answer<T = unknown> {
  readonly question: Question;
  readonly value: T;
}

/** Who can be asked, the same question again among them. */
export interface Asked {
  answer(question: Question): unknown;
}

/** What somebody asked of a view, and what it answered: what was made of it holds while the answers are the very same. */
export class Reads {
  constructor(private readonly answers: readonly Answer[]) {}

  holdFor(view: Asked): boolean {
    return this.answers.every(({ question, value }) => view.answer(question) === value);
  }
}

let current: Set<Answer> | undefined;

/** Does some work, and gives what it read of views on its way. */
export function recorded(work: () => void): Reads {
  const before = current;
  const answers = new Set<Answer>();
  current = answers;
  try {
    work();
  } finally {
    current = before;
  }
  return new Reads([...answers]);
}

/** Whoever answers says so; gives what it answered. */
export function noteRead<T>(answer: Answer<T>): T {
  current?.add(answer);
  return answer.value;
}
