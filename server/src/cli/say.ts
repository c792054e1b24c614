import { writeNamed } from '../host/read';
import { visible } from '../text/visible';
import type { Output } from './outputs';

/** Longer lines are hard to read. */
const widest = 100;

/** How wide text for people is. */
export const columns = () => Math.min(process.stdout.columns || widest, widest);

/** What a run says, and how it ends. */
export interface Report {
  /** One for each output. */
  readonly texts: readonly string[];
  /** What to know of it, though nothing failed. */
  readonly notes: readonly string[];
  readonly failures: readonly string[];
  readonly code: number;
}

/**
 * Gives the exit code: what failed is said, after what else is to be told, and counts more than what was found. Where a
 * text is asked back, that is what goes to standard output, and reports aside.
 */
export async function say(
  { texts, notes, failures, code }: Report,
  outputs: readonly Output[],
  back?: string,
): Promise<number> {
  const unwritten: string[] = [];
  const stream = back === undefined ? process.stdout : process.stderr;
  if (back !== undefined) await toEnd(process.stdout, back);
  for (const [i, { file }] of outputs.entries()) {
    const text = texts[i] ?? '';
    if (file === undefined) await toEnd(stream, text);
    else {
      const reason = writeNamed(file, text);
      if (reason !== undefined) unwritten.push(`${file} was not written: ${reason}`);
    }
  }
  const all = [...failures, ...unwritten];
  for (const line of [...notes, ...all]) process.stderr.write(`${visible(line)}\n`);
  return all.length > 0 ? 2 : code;
}

/** Waits until a pipe has taken everything: a long report must not be cut off by the exit. */
function toEnd(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise(resolve => void stream.write(text, () => resolve()));
}
