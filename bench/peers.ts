/** The server beside yaml-language-server, which people know: the same file and the same edits, in turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openEditor, type Wishes } from './editor';
import { type Input, longFile } from './inputs';
import { type Edit, type Opened, openedIn, ranks, type TypedEdit, typing, whenRight } from './keystroke';
import { ours, type Program } from './processes';
import { median, pairedRatio } from './statistics';
import { factRow, figures, goalColumns, goalRow, type Table } from './table';
import { debounce, type Peer, yamlLanguageServer } from './yaml-language-server';

/** Of one session. */
const edits = 24;

export async function peers(rounds: number): Promise<Table> {
  const peer = yamlLanguageServer();
  const input = longFile();
  return {
    title: `Against yaml-language-server${peer ? ` ${peer.version}` : ''}`,
    note:
      `Over standard streams, ${input.name}. ${rounds} sessions of ${edits} edits, each made in both in turn; ratios pair by ` +
      'pair. The peer reads the file against its schema of Kubernetes, and looks at no other file. The editor gives it what ' +
      'it would fetch, so that no network is in its figures: a strict schema made from the OpenAPI of Kubernetes 1.30, ' +
      `smaller than its own, in its favour. It waits ${debounce} ms before it reads an edit: on the wall, without CPU.`,
    columns: goalColumns,
    rows: peer ? await rowsAgainst(peer, input, rounds) : [factRow('all', 'not measured: npm could not install it')],
  };
}

/** What was measured of both; the same place in both lists was taken under the same load. */
interface Pairs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

async function rowsAgainst(peer: Peer, input: Input, rounds: number): Promise<string[][]> {
  const sessions: (readonly [ours: Session, theirs: Session])[] = [];
  for (let round = 0; round < rounds; round++) sessions.push(await sideBySide(peer, input));
  const each = (what: 'initialized' | 'opened' | 'openedCpu' | 'peak'): Pairs => ({
    ours: sessions.map(([ours]) => ours[what]),
    theirs: sessions.map(([, theirs]) => theirs[what]),
  });
  const eachEdit = (what: 'cpu' | 'wall'): Pairs => ({
    ours: sessions.flatMap(([ours]) => ours.edits.map(edit => edit[what])),
    theirs: sessions.flatMap(([, theirs]) => theirs.edits.map(edit => edit[what])),
  });
  const [cpu, wall] = [eachEdit('cpu'), eachEdit('wall')];
  const undelayed = { ...wall, theirs: wall.theirs.map(each => each - debounce) };
  return [
    ratioRow("keystroke to findings, server's CPU, p50 / p95", cpu, ranks, 1 / 100, 'ms'),
    ratioRow('… on the wall', wall, ranks, 1 / 100, 'ms'),
    ratioRow('… on the wall, but for what the peer waits', undelayed, ranks, 1 / 50, 'ms'),
    ratioRow('opening the file to its right findings', each('opened'), middle, 1 / 50, 's'),
    ratioRow("… server's CPU, until nothing is left to do", each('openedCpu'), middle, 1 / 50, 's'),
    ratioRow('the answer of `initialize`', each('initialized'), middle, 1 / 3.5, 'ms'),
    ratioRow('memory of the server, peak', each('peak'), middle, 1 / 5, 'MB'),
    factRow(
      "the peer's findings before and after an unknown field is written: one more if it reads its schema",
      sessions.at(-1)?.[1].findings.join(', then ') ?? '',
    ),
  ];
}

type Shown = (values: readonly number[]) => number[];

const middle: Shown = values => [median(values)];

/** Ours as a share of theirs. */
function ratioRow(what: string, { ours, theirs }: Pairs, shown: Shown, must: number, unit: string): string[] {
  const detail = `${figures(shown(ours), unit)} against ${figures(shown(theirs), unit)}`;
  return goalRow(what, [pairedRatio(ours, theirs)], { must: [must], unit: 'x' }, detail);
}

interface Session {
  readonly edits: readonly Edit[];
  /** Milliseconds from the start of the process to its answer. */
  readonly initialized: number;
  /** Seconds from opening the file to the findings that stay. */
  readonly opened: number;
  /** Seconds of CPU that opening it took in all. */
  readonly openedCpu: number;
  readonly peak: number;
  /** How many there were before and after a field was written that Kubernetes doesn't know. */
  readonly findings: readonly number[];
}

/** Both servers on one file; an edit is made in one when the other has told its findings. */
async function sideBySide({ program, wishes }: Peer, { folder }: Input): Promise<readonly [Session, Session]> {
  const [file] = openedIn(folder);
  if (file === undefined) throw new Error(`${folder} has no manifest to edit.`);
  const first = await begin([ours.server, '--stdio'], folder, file);
  const second = await begin(program, folder, file, wishes);
  let made = 0;
  for (const edit of typing([file])) {
    if (made++ === edits) break;
    await first.type(edit);
    await second.type(edit);
  }
  return [await first.end(), await second.end()];
}

/** Opens a file in a server, up to when it has nothing left to do. */
async function begin(program: Program, folder: string, { file, text }: Opened, wishes?: Wishes) {
  const editor = await openEditor(program, folder, wishes);
  const [since, cpu] = [editor.now(), editor.cpu()];
  await editor.open(file, text);
  await editor.settled();
  const opened = (whenRight(editor.told(file)) - since) / 1000;
  const openedCpu = (editor.cpu() - cpu) / 1000;
  const made: Edit[] = [];
  const findings = () => editor.told(file).at(-1)?.diagnostics.length ?? 0;
  return {
    type: async ({ version, change }: TypedEdit) => {
      made.push(await editor.edit(file, version, [change]));
      await sleep(50); // garbage that is collected a little later
    },
    end: async (): Promise<Session> => {
      const before = findings();
      const line = text.split('\n').indexOf('spec:') + 1;
      const place = { line, character: 0 };
      const change = { range: { start: place, end: place }, text: '  nonsense: true\n' };
      await editor.edit(file, made.length + 2, [change]);
      const after = findings();
      const { peak } = await editor.close();
      return { edits: made, initialized: editor.initialized, opened, openedCpu, peak, findings: [before, after] };
    },
  };
}
