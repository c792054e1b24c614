import * as fs from 'node:fs';
import * as path from 'node:path';
import { readText, writeNamed } from '../host/read';
import { largest } from '../host/source';
import { Baseline, baselineText, isBaseline } from '../lint/baseline';
import type { Configs } from '../lint/configs';
import { type Identity, keyOf } from '../lint/identity';
import type { Judge } from '../lint/judge';
import { counted } from '../text/words';
import { belowTop, fromTop } from './config';
import { selects } from './fix';
import type { LintOptions, Unwritten } from './outcome';

type Seen = Unwritten;

const usual = '.kube-netlint-baseline.json';

/** Writes down what is found, in the place of what was written down before; gives what to say of it. */
export function writeBaseline(
  { workspace, findings }: Seen,
  options: LintOptions,
  /** What the config file names, absolute. */
  named: string | undefined,
): string {
  const root = process.cwd();
  const own = named === undefined ? undefined : path.relative(root, belowTop(named));
  const { writeBaseline: asked } = options;
  const name = typeof asked === 'string' ? asked : (options.baseline ?? own ?? usual);
  const full = path.resolve(root, name);
  const old = readText(full, largest);
  if (typeof old === 'object' && !('text' in old && isBaseline(old.text)))
    throw new Error(`${name} was not written: what is there is no baseline`);
  const baseline = new Baseline(fromTop(full), [], fromTop(root));
  const entries = findings.map(finding => baseline.entryOf(workspace, finding));
  write(full, name, entries);
  const count = counted(new Set(entries.map(keyOf)).size, 'known finding');
  const isUsed = full === path.resolve(root, options.baseline ?? own ?? '');
  return `Wrote ${count} to ${name}${isUsed ? '' : `: name it in the config file (baseline: ${name}), or with --baseline`}.\n`;
}

/** What to say of entries that nothing is found for any more; they are taken out, where that is asked for. */
export function staleNotes(seen: Seen, configs: Configs, judge: Judge, options: LintOptions): readonly string[] {
  const root = process.cwd();
  const baselines = new Map<string, Baseline>();
  for (const file of seen.files) {
    const { baseline } = configs.of(file.path);
    if (baseline) baselines.set(baseline.path, baseline);
  }
  return [...baselines.values()].flatMap(baseline => {
    const stale = new Set(staleIn(baseline, seen, judge, options));
    if (stale.size === 0) return [];
    const full = belowTop(baseline.path);
    const name = path.relative(root, full);
    const left = baseline.entries.filter(entry => !stale.has(entry));
    if (options.pruneBaseline) write(full, name, left);
    const entries = stale.size === 1 ? '1 entry' : `${stale.size} entries`;
    return options.pruneBaseline
      ? [`${entries} taken out of ${name}`]
      : [`${name}: nothing is found any more for ${entries}; --prune-baseline takes what is stale out`];
  });
}

/** Of what was not looked at, nothing can be said. */
function staleIn(
  baseline: Baseline,
  { workspace, files, skipped }: Seen,
  judge: Judge,
  options: LintOptions,
): readonly Identity[] {
  const looked = new Set(files.map(file => file.path));
  for (const { file } of skipped) looked.delete(file);
  const used = new Set(judge.known.map(finding => baseline.keyOf(workspace, finding)));
  const isSelected = selects(options);
  const wasLookedAt = (file: string) => looked.has(file) || !fs.existsSync(path.resolve(file));
  return baseline.entries.filter(
    entry => !used.has(keyOf(entry)) && isSelected({ id: entry.rule }) && wasLookedAt(baseline.fileOf(entry)),
  );
}

function write(full: string, name: string, entries: readonly Identity[]): void {
  const reason = writeNamed(full, baselineText(entries));
  if (reason !== undefined) throw new Error(`${name} was not written: ${reason}`);
}
