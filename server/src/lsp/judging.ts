import type { Finding } from '../lint/rule';
import type { Root } from './root';

/** Milliseconds that judging takes before it lets requests through. */
const slice = 10;
/** Milliseconds without a keystroke before more is judged than the file that is edited. */
const patience = 250;

/** Judges roots one after another, in slices; whoever starts anew ends what runs. */
export class Judging {
  #runs = 0;

  constructor(
    /** Told of the findings in the files that are urgent, as soon as they are known. */
    readonly onEarly: (root: Root, findings: readonly Finding[]) => void,
    readonly onDone: () => void,
  ) {}

  stop(): void {
    this.#runs++;
  }

  /** First what is urgent in each root, then, once nobody types, the rest. Gives whether all of it was done. */
  async run(roots: readonly Root[]): Promise<boolean> {
    const run = ++this.#runs;
    const isOver = () => run !== this.#runs;
    const rest: Judged[] = [];
    let isTyping = false;
    for (const root of roots) {
      const steps = root.judging();
      for await (const findings of inSlices(steps, isOver)) {
        if (findings === undefined) continue;
        this.onEarly(root, findings);
        isTyping ||= root.wasJudged;
        rest.push(steps);
        break;
      }
      if (isOver()) return false;
    }
    if (isTyping) await new Promise(resolve => setTimeout(resolve, patience));
    for (const steps of rest) {
      for await (const _ of inSlices(steps, isOver));
    }
    if (isOver()) return false;
    this.onDone();
    return true;
  }
}

type Judged = ReturnType<Root['judging']>;

/** The steps that give something, or none where they are over before; others run in between. */
async function* inSlices(steps: Judged, isOver: () => boolean) {
  let until = Date.now() + slice;
  for (let step = steps.next(); !step.done; step = steps.next()) {
    if (step.value) yield step.value;
    if (Date.now() < until) continue;
    await new Promise(resolve => setImmediate(resolve));
    if (isOver()) return;
    until = Date.now() + slice;
  }
}
