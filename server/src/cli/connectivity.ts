import { type ConnectivityFormat, connectivityPieces } from '../network/answers/formats';
import { connectivityNotes } from '../network/answers/notes';
import { type Applied, appliedIn } from './applied';
import { askedPieces } from './connectivity-asked';
import { visibleLines } from './visible';

export interface ConnectivityOptions {
  readonly format: ConnectivityFormat;
  readonly from?: string;
  readonly to?: string;
}

/**
 * Prints what the policies of a folder allow, or what is asked of it; all its files are taken as applied to one cluster.
 */
export function connectivityCommand(folder: string, { format, from, to }: ConnectivityOptions): number {
  const applied = appliedIn(folder);
  const pieces =
    from === undefined && to === undefined
      ? connectivityPieces(applied.cluster, format)
      : askedPieces(applied, { from, to }, format);
  for (const note of notesOf(applied)) process.stderr.write(visibleLines(`${note}\n`));
  for (const piece of pieces) process.stdout.write(visibleLines(piece));
  return 0;
}

/** Where the answer may differ from what the cluster does. */
export function notesOf({ cluster, unseen }: Applied): readonly string[] {
  return [...unseen, ...connectivityNotes(cluster)];
}
