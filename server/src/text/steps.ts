/** Work in steps of some milliseconds, so that a caller can do other things in between. */
export type Steps<T> = Generator<undefined, T>;

/** What comes of some work that is done in steps, done at once; told of each step. */
export function finished<T>(steps: Generator<unknown, T>, onStep?: () => void): T {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    onStep?.();
  }
}
