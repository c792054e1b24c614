import type { Told } from '../assist/difference-words';
import { differenceOf, isSomething } from '../network/answers/difference';
import { appliedOrNothingIn, isNothing } from './applied';
import { notesOf } from './connectivity';
import { differenceTexts } from './difference-formats';
import type { DifferenceOptions } from './difference-options';
import { visibleLines } from './visible';

/** Prints what is opened and closed from one folder to another: each is taken as applied to one cluster. */
export function connectivityDiffCommand(
  before: string,
  after: string,
  { format, exitCode }: DifferenceOptions,
): number {
  const [old, now] = [before, after].map(appliedOrNothingIn);
  if (old === undefined || now === undefined || (isNothing(old) && isNothing(now)))
    throw new Error(`${before} and ${after}: no Kubernetes manifests in them`);
  const difference = differenceOf(old.cluster, now.cluster);
  const notes = [...notesOf(old).map(note => `before: ${note}`), ...notesOf(now).map(note => `after: ${note}`)];
  const told: Told = { difference, workspace: now.workspace, notes };
  process.stdout.write(visibleLines(differenceTexts[format](told)));
  // The other formats hold them.
  if (format === 'txt') for (const note of notes) process.stderr.write(visibleLines(`${note}\n`));
  return exitCode && isSomething(difference) ? 1 : 0;
}
