/** The server while somebody types: each keystroke, the first findings, blocks and memory. */
import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { type Editor, openEditor, type Telling } from './editor';
import { type Input, longFile, manifestsIn, thousand } from './inputs';
import { ours } from './processes';
import { quantile } from './statistics';
import { factRow, figures, type Goal, goalColumns, goalRow, type Table } from './table';

const most = 120;
const least = 8;
/** Milliseconds after which no further edit begins. */
const budget = 45_000;

const cpu = (must: readonly number[], aim: readonly number[]): Goal => ({ must, aim, unit: 'ms' });

export async function keystroke(corpus: Input): Promise<Table> {
  const long = await session(longFile());
  const middle = await session(thousand(corpus));
  const whole = await session(corpus);
  const key = (name: string, { edits }: Session, goal: Goal) => [
    goalRow(
      `keystroke to findings, server's CPU, p50 / p95: ${name}`,
      ranks(edits.map(edit => edit.cpu)),
      goal,
      `${edits.length} edits`,
    ),
    factRow('… on the wall', figures(ranks(edits.map(edit => edit.wall)), 'ms')),
    factRow('… until the findings of all files are there', figures(ranks(edits.map(edit => edit.all)), 'ms')),
  ];
  return {
    title: 'In the editor',
    note:
      'Over standard streams. Edits of a name, of a comment line, and both taken back, at places all over the open files. ' +
      'Right findings are those that stay; times count from the answer of `initialize`. ' +
      'A block is a time in which the event loop did not turn, from the first turn to the exit.',
    columns: goalColumns,
    rows: [
      ...key(long.name, long, cpu([5, 15], [2, 5])),
      ...key(middle.name, middle, cpu([10, 40], [3, 10])),
      ...key(`${whole.name}, open as a folder`, whole, cpu([20, 80], [5, 20])),
      goalRow(`longest block, start-up and edits: ${whole.name}`, [whole.longestBlock], cpu([50], [20])),
      factRow(`… ${middle.name}`, figures([middle.longestBlock], 'ms')),
      ...rightRows(whole, middle),
      factRow(`all work of the start done: ${whole.name}`, figures([whole.done], 's')),
      goalRow(`memory of the server, peak: ${whole.name}`, [whole.peak], { must: [400], aim: [250], unit: 'MB' }),
      factRow(`… ${middle.name}`, figures([middle.peak], 'MB')),
      factRow(`… ${long.name}`, figures([long.peak], 'MB')),
    ],
  };
}

/** A made file may have nothing to tell. */
function rightRows(...sessions: readonly [Session, ...Session[]]): string[][] {
  const goal = { must: [1], aim: [0.4], unit: 's' };
  return sessions.map(({ name, right }, i) => {
    const what = `right findings of the open file: ${name}`;
    if (Number.isNaN(right)) return factRow(what, 'it has none');
    return i === 0 ? goalRow(what, [right], goal) : factRow(what, figures([right], 's'));
  });
}

export interface Edit {
  readonly wall: number;
  readonly cpu: number;
  /** Until the findings of all files were there. */
  readonly all: number;
}

interface Session {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Seconds. */
  readonly right: number;
  readonly done: number;
  readonly longestBlock: number;
  readonly peak: number;
}

async function session({ name, folder }: Input): Promise<Session> {
  const [first, ...others] = openedIn(folder);
  if (first === undefined) throw new Error(`${folder} has no manifest to edit.`);
  const editor = await openEditor([ours.server, '--stdio'], folder);
  await editor.open(first.file, first.text);
  await editor.settled();
  const history = editor.told(first.file);
  const right = (whenRight(history) - editor.initialized) / 1000;
  const done = (editor.lastTold() - editor.initialized) / 1000;
  for (const { file, text } of others) await editor.open(file, text);
  await editor.settled();
  const edits = await typeIn(editor, [first, ...others]);
  const { peak, longestBlock } = await editor.close();
  return { name, edits, right, done, longestBlock, peak };
}

/** When a file was first told what it was told for good; NaN when it never was. */
export function whenRight(history: readonly Telling[]): number {
  const said = history.map(({ diagnostics }) => JSON.stringify(diagnostics));
  const lastWrong = said.findLastIndex(each => each !== said.at(-1));
  return history[lastWrong + 1]?.at ?? Number.NaN;
}

export interface Opened {
  readonly file: string;
  readonly text: string;
  readonly names: readonly number[];
}

/** Six files with names to edit, spread over a folder; the first is one that people know. */
export function openedIn(folder: string): Opened[] {
  const all = manifestsIn(folder);
  const known = all.filter(file => file.endsWith('microservices-demo/kubernetes-manifests/frontend.yaml'));
  const spread = Array.from({ length: 20 }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / 20)] ?? []).flat();
  const opened = [...new Set([...known, ...spread])].map((file): Opened => {
    const text = fs.readFileSync(file, 'utf8');
    const names = text.split('\n').flatMap((line, i) => (/^ {2}name: [\w-]+$/.test(line) ? [i] : []));
    return { file, text, names };
  });
  return opened.filter(({ text, names }) => names.length > 0 && /^kind:/m.test(text)).slice(0, 6);
}

/** Types as long as the budget lasts. */
async function typeIn(editor: Editor, files: readonly Opened[]): Promise<Edit[]> {
  const edits: Edit[] = [];
  const began = editor.now();
  for (const { file, version, change } of typing(files)) {
    if (edits.length === most || (edits.length >= least && editor.now() - began > budget)) break;
    edits.push(await editor.edit(file, version, [change]));
    await sleep(50); // garbage that is collected a little later
  }
  return edits;
}

export interface TypedEdit {
  readonly file: string;
  readonly version: number;
  readonly change: TextDocumentContentChangeEvent;
}

/** Edits at one place after the other, without end; of each four, two take back the others. */
export function* typing(files: readonly Opened[]): Generator<TypedEdit> {
  const versions = new Map<string, number>();
  for (let round = 0; ; round++) {
    const opened = files[round % files.length];
    if (opened === undefined) return;
    const { file, text, names } = opened;
    // A step that is prime to most lengths comes by most places.
    const line = names[(round * 7919) % names.length] ?? 0;
    const end = { line, character: text.split('\n')[line]?.length ?? 0 };
    const start = { line, character: 0 };
    const changes = [
      { range: { start: end, end }, text: 'x' },
      { range: { start: end, end: { line, character: end.character + 1 } }, text: '' },
      { range: { start, end: start }, text: '# c\n' },
      { range: { start, end: { line: line + 1, character: 0 } }, text: '' },
    ];
    for (const change of changes) {
      const version = (versions.get(file) ?? 1) + 1;
      versions.set(file, version);
      yield { file, version, change };
    }
  }
}

export function ranks(values: readonly number[]): number[] {
  return [quantile(values, 0.5), quantile(values, 0.95)];
}
