/** What it costs to say what was found: fixes are built to be named, and lines are shown. */
import { asJson, costsOf, lint } from './in-process';
import { written } from './inputs';
import { inTurn, Measured, ours } from './processes';
import { findingsInOneFile, listOfServices } from './shapes';
import { median, pairedRatio } from './statistics';
import { figures, goalColumns, goalRow, type Table } from './table';

const sizes = [50, 200, 800];
const findings = 4000;

export async function output(rounds: number): Promise<Table> {
  const linted = costsOf(sizes, listOfServices, lint);
  const told = costsOf(sizes, listOfServices, asJson);
  const last = told.at(-1) ?? Number.NaN;
  const folder = written(findingsInOneFile(findings));
  const pretty = new Measured([ours.cli, folder]);
  const json = new Measured([ours.cli, '--format', 'json', folder]);
  await inTurn(rounds, [pretty, json]);
  const many = '`kind: List` of';
  return {
    title: 'Output',
    note: `Lists: CPU in one process, the least of three runs. Pretty: whole processes, medians of ${rounds} rounds in turn.`,
    columns: goalColumns,
    rows: [
      ...sizes.map((size, i) => {
        const [all, bare] = [told[i], linted[i]];
        const what = `${many} ${size} Services with findings, JSON against lint without fixes`;
        if (all === undefined || bare === undefined) {
          const why = `not run: ${sizes[told.length - 1]} took ${figures([last / 1000], 's')}`;
          return [what, why, '≤ 2x', '–', 'no'];
        }
        return goalRow(what, [all / bare], { must: [2], unit: 'x' }, figures([all, bare], 'ms'));
      }),
      ...told.slice(1).map((cost, i) => {
        const [smaller = 1, larger = 1] = sizes.slice(i);
        const perService = cost / larger / ((told[i] ?? Number.NaN) / smaller);
        const what = `… cost of a Service in a List of ${larger}, against ${smaller}: linear is 1`;
        return goalRow(what, [perService], { must: [1.2], unit: 'x' });
      }),
      goalRow(
        `${findings} findings in one file, pretty against JSON`,
        [pairedRatio(pretty.walls, json.walls)],
        { must: [1.3], unit: 'x' },
        figures([median(pretty.walls), median(json.walls)], 's'),
      ),
    ],
  };
}
