/**
 * `npm run mutants [area or rule | engine]`: breaks the code on purpose, piece by piece, and says which breaks no test
 * notices. Rules run against their pages; the engine (see engine.ts) against the tests named there.
 */
import { runEngineMutants } from './engine';
import { runRuleMutants } from './rules';

main(process.argv[2] ?? '').catch(error => {
  console.error(error);
  process.exitCode = 1;
});

async function main(wanted: string): Promise<void> {
  if (wanted === 'engine') runEngineMutants();
  else await rules(wanted);
}

async function rules(wanted: string): Promise<void> {
  const { tallies, survivors } = await runRuleMutants(wanted);
  for (const { file, mutant } of survivors) console.log(`${file}:${mutant.line}: ${mutant.kind}: ${mutant.text}`);
  for (const group of ['kind', 'area'] as const) {
    console.log(`\n| ${group} | survive | of | share |\n| --- | --- | --- | --- |`);
    for (const name of [...new Set(tallies.map(tally => tally[group]))].sort()) {
      const all = tallies.filter(tally => tally[group] === name);
      const left = all.filter(({ survived }) => survived).length;
      console.log(`| ${name} | ${left} | ${all.length} | ${((left / all.length) * 100).toFixed(0)} % |`);
    }
  }
}
