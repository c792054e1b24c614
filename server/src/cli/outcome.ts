import type pc from 'picocolors';
import type { Config } from '../lint/config';
import type { Finding } from '../lint/rule';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';

/** What an output format is made from. */
export interface Outcome {
  readonly workspace: Workspace;
  /** The files that are reported: all, but where single files are named. */
  readonly files: readonly SourceFile[];
  readonly config: Config;
  readonly findings: readonly Finding[];
  /** Files that were not analysed, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly notes: readonly string[];
  /** What builds are made of that could not be followed: nothing is called missing in them. */
  readonly unfollowed: readonly string[];
  readonly colors: ReturnType<typeof pc.createColors>;
}
