/** The command line on real manifests, against what merely reads or parses them. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Input } from './inputs';
import { inTurn, jsYaml, Measured, ours, type Program, reader, yaml } from './processes';
import { median, pairedRatio } from './statistics';
import { factRow, figures, goalColumns, goalRow, type Table } from './table';

const chosen = [
  'argoproj__argo-cd',
  'kubeflow__manifests',
  'GoogleCloudPlatform__microservices-demo',
  'ministryofjustice__cloud-platform-environments',
  'nginx__kubernetes-ingress',
];

export async function commandLine({ name, folder }: Input, rounds: number): Promise<Table> {
  const lint = new Measured(lintOf(folder));
  const read = new Measured([reader, folder]);
  const parse = new Measured([jsYaml, folder]);
  const slow = new Measured([yaml, folder]);
  const few = Math.min(rounds, 2);
  await inTurn(few, [lint, read, parse, slow]);
  await inTurn(rounds - few, [lint, read, parse]);
  const seconds = (walls: readonly number[]) => figures([median(walls)], 's');
  const against = (walls: readonly number[]) => `${seconds(lint.walls)} against ${seconds(walls)}`;
  return {
    title: `The command line on ${name}`,
    note: `\`kube-netlint --format json\`, whole processes, Node's start included. ${howMany(rounds)}`,
    columns: goalColumns,
    rows: [
      goalRow(
        'against walking and reading it',
        [pairedRatio(lint.walls, read.walls)],
        { must: [8], aim: [5], unit: 'x' },
        against(read.walls),
      ),
      goalRow(
        'against js-yaml parsing it',
        [pairedRatio(lint.walls, parse.walls)],
        { must: [1.5], aim: [1], unit: 'x' },
        against(parse.walls),
      ),
      factRow(
        'against `yaml` parsing it',
        `${figures([pairedRatio(lint.walls.slice(0, few), slow.walls)], 'x')} (${against(slow.walls)}, ${few} rounds)`,
      ),
      goalRow('peak of its memory', [median(lint.peaks)], { must: [350], aim: [200], unit: 'MB' }),
    ],
  };
}

/** Folders as people have them: where Node's start weighs more. */
export async function folders({ name, folder }: Input, rounds: number): Promise<Table> {
  const rows: string[][] = [];
  for (const repository of chosen) {
    const full = path.join(folder, repository);
    if (!fs.existsSync(full)) continue;
    const lint = new Measured(lintOf(full));
    const read = new Measured([reader, full]);
    await inTurn(rounds, [lint, read]);
    const walls = figures([median(lint.walls), median(read.walls)], 's');
    rows.push(goalRow(repository, [pairedRatio(lint.walls, read.walls)], { must: [4], aim: [3], unit: 'x' }, walls));
  }
  const none = rows.length === 0 ? ` There is none of them in ${name}.` : '';
  return {
    title: 'The command line on single repositories, against walking and reading them',
    note: `Whole processes, Node's start included on both sides. ${howMany(rounds)}${none}`,
    columns: goalColumns,
    rows,
  };
}

function lintOf(folder: string): Program {
  return [ours.cli, '--format', 'json', folder];
}

function howMany(rounds: number): string {
  return `Medians of ${rounds} rounds in turn, ratios pair by pair.`;
}
