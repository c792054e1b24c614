import type pc from 'picocolors';
import type { Config } from '../lint/config';
import type { Application, Refused } from '../lint/fix-all';
import type { Finding, Severity } from '../lint/rule';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { ColorMode } from './color';
import type { ConfigOptions } from './config';
import type { ReadOptions } from './files';
import type { Links } from './hyperlinks';
import type { OutputOptions } from './outputs';

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const isAtLeast = (severity: Severity, floor: Severity) => order.indexOf(severity) <= order.indexOf(floor);

export interface LintOptions extends OutputOptions, ConfigOptions, ReadOptions {
  readonly cache?: true;
  readonly cacheFile?: string;
  readonly fix?: true;
  readonly diff?: true;
  readonly unsafeFixes?: true;
  /** Rules and areas. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly maxWarnings?: number;
  readonly severity?: Severity;
  readonly all?: true;
  readonly color?: ColorMode;
  /** Only what makes the command fail is shown. */
  readonly quiet?: true;
  readonly statistics?: true;
  readonly exitZero?: true;
  readonly watch?: true;
  readonly pruneBaseline?: true;
}

/** What --fix did, or --diff would. */
export interface Fixing {
  readonly applied: readonly Application[];
  readonly refused: readonly Refused[];
  /** Findings that are left, and whose best fix changes what runs. */
  readonly unsafe: number;
}

/** How text for people is written. */
export interface Paper {
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly links: Links;
  /** Columns of text for people. */
  readonly width: number;
  /** Whether people are shown what is said again and again. */
  readonly all: boolean;
}

/** What an output format is made from. */
export interface Outcome extends Paper {
  readonly workspace: Workspace;
  /** The files that are reported: all, but where single files are named. */
  readonly files: readonly SourceFile[];
  readonly config: Config;
  readonly findings: readonly Finding[];
  /** Files that were not analysed, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly notes: readonly string[];
  /** From where findings make the command fail: `warning`, where nobody said something else. */
  readonly floor?: Severity;
  /** What builds are made of that could not be followed: nothing is called missing in them. */
  readonly unfollowed: readonly string[];
  /** How many findings a baseline knows: they are not among these. */
  readonly known?: number;
  /** What --fix did. */
  readonly fixing?: Fixing | undefined;
}

/** The same, before it is written down. */
export type Unwritten = Omit<Outcome, keyof Paper>;
