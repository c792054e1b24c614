/** Linting inside this process, measured by its CPU: what a whole process can't tell apart. */
import pc from 'picocolors';
import { json } from '../server/src/cli/formats/json';
import { noLinks } from '../server/src/cli/hyperlinks';
import type { Outcome } from '../server/src/cli/outcome';
import { pretty } from '../server/src/cli/pretty';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import type { Files } from './inputs';

/** Milliseconds of CPU after which nothing is run again, and no larger size is begun. */
const patience = 8000;

/** Reads and lints files; no fix is built. */
export function lint(files: Files): Outcome {
  const workspace = Workspace.empty.update(files.map(([path, text]): [string, string] => [path, text]));
  return {
    workspace,
    files: [...workspace.files.values()],
    config: defaultConfig,
    findings: new Linter(rules).lint(workspace, defaultConfig),
    skipped: [],
    notes: [],
    unfollowed: [],
    colors: pc.createColors(false),
    links: noLinks,
    width: 100,
    all: true,
  };
}

export const asJson = (files: Files): string => json(lint(files));
export const asPretty = (files: Files): string => pretty(lint(files));

/** Milliseconds of CPU that work takes: the least of several tries, which other programs disturbed least. */
export function costOf(work: () => unknown, tries = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let total = 0, i = 0; i < tries && total < patience; i++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    const cost = (user + system) / 1000;
    total += cost;
    least = Math.min(least, cost);
  }
  return least;
}

/** The costs of growing sizes, up to the one that took too long. */
export function costsOf(sizes: readonly number[], make: (size: number) => Files, run: (files: Files) => unknown) {
  const [smallest = 1] = sizes;
  for (let i = 0; i < 3; i++) costOf(() => run(make(smallest)), 1); // until the code is compiled
  const costs: number[] = [];
  for (const size of sizes) {
    if ((costs.at(-1) ?? 0) > patience) break;
    const files = make(size);
    costs.push(costOf(() => run(files)));
  }
  return costs;
}
