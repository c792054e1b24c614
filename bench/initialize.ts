/** How soon the server answers. */
import { openEditor } from './editor';
import { scratch } from './inputs';
import { emptyServer, ours, type Program } from './processes';
import { median, pairedRatio } from './statistics';
import { factRow, figures, goalColumns, goalRow, type Table } from './table';

export async function initialize(rounds: number): Promise<Table> {
  const folder = scratch();
  const servers: Record<string, Program> = {
    empty: [emptyServer],
    server: [ours.server, '--stdio'],
    cli: [ours.cli, 'server', '--stdio'],
  };
  const answers: Record<string, number[]> = { empty: [], server: [], cli: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, program] of Object.entries(servers)) answers[name]?.push(await answerOf(program, folder));
  }
  const { empty = [], server = [], cli = [] } = answers;
  return {
    title: 'The answer of `initialize`',
    note: `From the start of the process to the answer, in turn, medians of ${rounds} rounds.`,
    columns: goalColumns,
    rows: [
      goalRow(
        'against an empty Node process that answers by hand',
        [pairedRatio(server, empty)],
        { must: [1.8], unit: 'x' },
        figures([median(server), median(empty)], 'ms'),
      ),
      factRow('… started as `kube-netlint server --stdio`', figures([pairedRatio(cli, empty)], 'x')),
    ],
  };
}

async function answerOf(program: Program, folder: string): Promise<number> {
  const editor = await openEditor(program, folder);
  await editor.close();
  return editor.initialized;
}
