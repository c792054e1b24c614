import type { Steps } from '../text/steps';

/** Milliseconds that work takes before it lets requests through. */
const slice = 10;

/** What comes of some work, while others run in between. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  let until = Date.now() + slice;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (Date.now() < until) continue;
    await new Promise(resolve => setImmediate(resolve));
    until = Date.now() + slice;
  }
}
