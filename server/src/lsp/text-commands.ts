import { ErrorCodes, type Position, ResponseError } from 'vscode-languageserver';
import { textCommands } from './client';
import { type Committed, differenceTextOf } from './differing';
import type { Reading } from './language';
import { reachTextAt } from './reaching';

type ReadingOf = (uri: string) => Reading | undefined;

/** `kube-netlint.reach` takes a URI and a position, `kube-netlint.difference` a URI and `{ before: [{ uri, text }] }`. */
export function answered(
  command: string,
  given: readonly unknown[],
  readingOf: ReadingOf,
): string | Promise<string> | ResponseError {
  const [uri, asked] = given;
  if (typeof uri === 'string' && command === 'kube-netlint.reach' && isPosition(asked)) {
    return reachTextAt(readingOf(uri), asked);
  }
  const before = command === 'kube-netlint.difference' ? committedIn(asked) : undefined;
  if (typeof uri === 'string' && before) return differenceTextOf(readingOf(uri), before);
  const isKnown = textCommands.includes(command);
  return new ResponseError(
    ErrorCodes.InvalidParams,
    isKnown ? `${command} was given what it can't read.` : `There is no command ${command} here.`,
  );
}

function committedIn(asked: unknown): readonly Committed[] | undefined {
  const before: unknown = isRecord(asked) ? asked['before'] : undefined;
  return Array.isArray(before) && before.every(isCommitted) ? before : undefined;
}

const isCommitted = (one: unknown): one is Committed =>
  isRecord(one) && typeof one['uri'] === 'string' && (one['text'] === null || typeof one['text'] === 'string');

const isPosition = (asked: unknown): asked is Position =>
  isRecord(asked) && Number.isInteger(asked['line']) && Number.isInteger(asked['character']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
