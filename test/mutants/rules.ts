import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { chosen, ruleIds, rulesFolder } from '../../server/scripts/rule-ids';
import type { AnyRule } from '../../server/src/lint/rule';
import type { inDoubt } from '../doubt';
import type * as Spec from '../spec';
import { type Mutant, mutantsIn } from './find';

declare global {
  /** The number of the mutant that is awake. */
  var mutant: number;
}

export interface Survivor {
  readonly file: string;
  readonly mutant: Pick<Mutant, 'kind' | 'line' | 'text'>;
}

export interface Tally {
  readonly area: string;
  readonly kind: string;
  readonly survived: boolean;
}

const root = path.resolve(__dirname, '..', '..');

/** Runs the pages of each rule against each mutant of it. */
export async function runRuleMutants(wanted: string): Promise<{ tallies: Tally[]; survivors: Survivor[] }> {
  const ids = chosen(ruleIds(), wanted);
  const mutants = new Map<string, Mutant[]>();
  const loaded = await load(ids, mutants);
  const tallies: Tally[] = [];
  const survivors: Survivor[] = [];
  for (const id of ids) {
    const rule = loaded.rules[id];
    if (rule === undefined) throw new Error(`${id} was not loaded`);
    const cases = casesOf(loaded.spec, id);
    const passes = (mutant: AnyRule) => isPassing(loaded.spec, cases, mutant);
    globalThis.mutant = -1;
    if (!passes(rule)) throw new Error(`${id} fails its page without any mutant: run the tests first.`);
    const count = (mutant: Survivor['mutant'], survived: boolean) => {
      tallies.push({ area: id.slice(0, id.indexOf('/')), kind: mutant.kind, survived });
      if (survived) survivors.push({ file: `server/src/rules/${id}.ts`, mutant });
    };
    for (const mutant of mutants.get(id) ?? []) {
      globalThis.mutant = mutant.number;
      count(mutant, passes(rule));
    }
    globalThis.mutant = -1;
    const { about, ...other } = rule;
    // What a rule about absence says where not all is in sight is the affair of test/absence.test.ts.
    const saidInDoubt = (mutant: AnyRule) => JSON.stringify(cases.map(({ files }) => loaded.inDoubt(mutant, files)));
    if (about)
      count({ kind: 'about', line: 1, text: about }, passes(other) && saidInDoubt(rule) === saidInDoubt(other));
  }
  return { tallies, survivors };
}

interface Loaded {
  readonly rules: Readonly<Record<string, AnyRule>>;
  readonly spec: typeof Spec;
  readonly inDoubt: typeof inDoubt;
}

/** Bundles rules and the reader of pages into one module, in which the mutants sleep. */
async function load(ids: readonly string[], mutants: Map<string, Mutant[]>): Promise<Loaded> {
  const outfile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-mutants-')), 'rules.cjs');
  let number = 0;
  await build({
    stdin: {
      contents: `
        export * as spec from './test/spec';
        export { inDoubt } from './test/doubt';
        ${ids.map((id, i) => `import r${i} from './server/src/rules/${id}';`).join('\n')}
        export const rules = { ${ids.map((id, i) => `'${id}': r${i}`).join(', ')} };`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    plugins: [
      {
        name: 'mutants',
        setup: ({ onLoad }) => {
          onLoad({ filter: /[/\\]rules[/\\][a-z-]+[/\\][a-z0-9-]+\.ts$/ }, ({ path: file }) => {
            const id = path.relative(rulesFolder, file).replaceAll(path.sep, '/').slice(0, -'.ts'.length);
            const source = fs.readFileSync(file, 'utf8');
            if (!ids.includes(id)) return { contents: source, loader: 'ts' };
            const found = mutantsIn(file, source, number);
            number += found.mutants.length;
            mutants.set(id, found.mutants);
            return { contents: found.code, loader: 'ts' };
          });
        },
      },
    ],
  });
  const loaded: Loaded = await import(outfile);
  fs.rmSync(path.dirname(outfile), { recursive: true });
  return loaded;
}

/** The cases of a rule's page, and those beside it. */
function casesOf({ readPage }: typeof Spec, id: string): readonly Spec.Case[] {
  return [path.join(rulesFolder, `${id}.md`), path.join(root, 'test', 'cases', `${id}.md`)]
    .filter(file => fs.existsSync(file))
    .flatMap(file => readPage(fs.readFileSync(file, 'utf8')).cases);
}

function isPassing({ run, marksOf, diffsOf }: typeof Spec, cases: readonly Spec.Case[], rule: AnyRule): boolean {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  try {
    return cases.every(({ files, expected, diffs }) => {
      const result = run(files, [rule]);
      const isMarked = result.failures.length === 0 && isSame([...marksOf(result)].sort(), [...expected].sort());
      return isMarked && isSame(diffsOf(result), diffs);
    });
  } catch {
    return false; // a fix that throws is noticed too
  }
}
