import { folderOf, join, relative } from '../text/paths';
import type { Workspace } from '../workspace/workspace';
import { type Identity, identityOf, keyOf } from './identity';
import type { Finding } from './rule';

/** The version of the form that baselines are written in. */
const version = 1;

/** Findings that were known when somebody wrote them down: nobody is told of them again. */
export class Baseline {
  readonly #keys: ReadonlySet<string>;

  constructor(
    /** Absolute, without a slash at its start. */
    readonly path: string,
    readonly entries: readonly Identity[],
    /** The folder that paths of the workspace count from, absolute; those of entries count from that of the baseline. */
    readonly root: string,
  ) {
    this.#keys = new Set(entries.map(keyOf));
  }

  knows(workspace: Workspace, finding: Finding): boolean {
    return this.#keys.size > 0 && this.#keys.has(this.keyOf(workspace, finding));
  }

  keyOf(workspace: Workspace, finding: Finding): string {
    return keyOf(this.entryOf(workspace, finding));
  }

  /** The file of an entry, as a path of the workspace. */
  fileOf({ file }: Identity): string {
    return relative(this.root, join(folderOf(this.path), file));
  }

  entryOf(workspace: Workspace, finding: Finding): Identity {
    const identity = identityOf(workspace, finding);
    return { ...identity, file: relative(folderOf(this.path), join(this.root, identity.file)) };
  }
}

/** The baseline that a text is, or why it is none. */
export function baselineIn(path: string, text: string, root: string): Baseline | string {
  const { baseline, known }: Record<string, unknown> = Object(parsed(text));
  if (baseline === undefined || !Array.isArray(known)) return 'it is no baseline';
  if (baseline !== version) return `it is a baseline of version ${JSON.stringify(baseline)}, and this reads ${version}`;
  return known.every(isIdentity)
    ? new Baseline(path, known, root)
    : 'an entry of it lacks its rule, file, object or message';
}

/** Whether a text is a baseline of any version, or nothing: what may be written over. */
export function isBaseline(text: string): boolean {
  return text.trim() === '' || 'baseline' in Object(parsed(text));
}

/** One entry a line, in an order of their own: what two branches write can be merged. */
export function baselineText(entries: readonly Identity[]): string {
  const byKey = new Map(entries.map(entry => [keyOf(entry), entry]));
  const lines = Array.from(byKey.values(), ({ file, rule, object, message }) =>
    JSON.stringify({ file, rule, object, message }),
  ).sort();
  return `{\n  "baseline": ${version},\n  "known": [${lines.map(line => `\n    ${line}`).join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): value is Identity {
  const { rule, file, object, message }: Record<string, unknown> = Object(value);
  return [rule, file, message, object ?? ''].every(part => typeof part === 'string');
}
