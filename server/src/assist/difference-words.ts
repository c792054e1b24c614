import { type CallChange, type Change, type Difference, isSomething } from '../network/answers/difference';
import { unknown } from '../network/answers/end-table';
import { grouped } from '../text/maps';
import { counted, inWords } from '../text/words';
import type { Workspace } from '../workspace/workspace';
import { byWhom, namedDecisions } from './decided';
import { code } from './markdown';

export interface Told {
  readonly difference: Difference;
  /** Of what is there afterwards. */
  readonly workspace: Workspace;
  /** What keeps the answer from being all there is to know. */
  readonly notes: readonly string[];
}

/** Words for all of it, as one sentence. */
export function summaryOf({ difference, notes }: Told): string {
  if (!isSomething(difference)) {
    return notes.length === 0 ? 'No connection changes.' : 'No connection changes, as far as is known.';
  }
  const { changes, calls, added, removed } = difference;
  const some = (count: number, noun: string, end: string) => (count > 0 ? [`${counted(count, noun)} ${end}`] : []);
  const callsThat = (answer: string) => calls.filter(({ after }) => after.answer === answer).length;
  const parts = [
    ...some(changes.filter(({ opened }) => !opened.isEmpty).length, 'connection', 'opened'),
    ...some(changes.filter(({ closed }) => !closed.isEmpty).length, 'connection', 'closed'),
    ...some(changes.filter(isDoubtful).length, 'connection', 'unknown on one side'),
    ...some(callsThat('allowed'), 'call', 'allowed now'),
    ...some(callsThat('denied'), 'call', 'denied now'),
    ...some(callsThat('partly allowed'), 'call', 'partly allowed now'),
    ...some(callsThat('unknown'), 'call', 'unknown now'),
    ...some(added.length, 'peer', 'added'),
    ...some(removed.length, 'peer', 'removed'),
  ];
  return `${inWords(parts)}.`;
}

const isDoubtful = ({ before, after }: Change) => before === unknown || after === unknown;

/** A change as one or two facts, the bad news first where a connection is cut. */
function factsOf(change: Change) {
  const { before, after, opened, closed } = change;
  if (isDoubtful(change)) return [{ sign: '?', what: 'unknown', how: `was ${before}, now ${after}` }];
  return [
    ...(closed.isEmpty ? [] : [{ sign: '-', what: 'closed', how: `${closed}` }]),
    ...(opened.isEmpty ? [] : [{ sign: '+', what: 'opened', how: `${opened}` }]),
  ];
}

const wasOf = ({ before }: CallChange) => before ?? 'no such call';

const portsOf = ({ after }: CallChange) =>
  [...new Set(after.targets.map(({ connections }) => `${connections}`))].join();

/** As a difference of texts has it: whether the call fares better or worse. */
function signOf({ before, after: { answer } }: CallChange): string {
  if (answer === 'unknown') return '?';
  return answer === 'allowed' || (answer === 'partly allowed' && before === 'denied') ? '+' : '-';
}

/** As lines of a terminal. */
export function differenceText(told: Told): string {
  const { difference, workspace } = told;
  const { changes, calls, added, removed } = difference;
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  const lines = [
    summaryOf(told),
    // What is cut or mended comes before all that may be otherwise.
    ...section(
      'Calls that the manifests show:',
      calls.map(change => {
        const { caller, service, answer, deciding } = change.after;
        const reason = byWhom(namedDecisions(deciding, workspace));
        const call = `${caller} => Service ${service} : ${portsOf(change)}`;
        return `${signOf(change)} ${call}: was ${wasOf(change)}, now ${answer}${reason}`;
      }),
    ),
    ...section(
      'Connections:',
      changes.flatMap(change =>
        factsOf(change).map(({ sign, how }) => `${sign} ${change.src} => ${change.dst} : ${how}`),
      ),
    ),
    ...section(
      'Only afterwards (their connections are not listed):',
      added.map(id => `+ ${id}`),
    ),
    ...section(
      'Only before:',
      removed.map(id => `- ${id}`),
    ),
  ];
  return lines.map(line => `${line}\n`).join('');
}

/** GitHub takes comments of 65,536 characters: what is more than a person reads is counted. */
const most = 50;

/** For the comment of a pull request, or a preview, below whatever title it has there. `rest` says where all of it is to be read. */
export function differenceMarkdown(told: Told, rest: string): string {
  const { difference, workspace, notes } = told;
  const { changes, calls, added, removed } = difference;
  const rows = foldedRows(
    changes.flatMap(change => factsOf(change).map(fact => ({ ...fact, src: change.src, dst: change.dst }))),
  );
  const callRows = calls.map(change => {
    const { caller, service, answer, deciding } = change.after;
    const by = namedDecisions(deciding, workspace)
      .slice(0, 3)
      .map(({ text }) => cell(text))
      .join('<br>');
    return [cell(caller), cell(service), portsOf(change), `${wasOf(change)} → **${answer}**`, by];
  });
  const parts = [
    `**${summaryOf(told)}**`,
    ...table(['Call of', 'Service', 'Ports', 'Answer', 'Decided by'], callRows, rest),
    ...table(['', 'From', 'To', 'Connections'], rows, rest),
    ...named('Only afterwards (their connections are not listed)', added),
    ...named('Only before', removed),
    ...(notes.length === 0 ? [] : [`To know:\n\n${inShort(notes.map(note => `- ${cell(note)}`)).join('\n')}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Row {
  readonly what: string;
  readonly src: string;
  readonly dst: string;
  readonly how: string;
}

/** Where there are too many, those that say the same of one end are one row: by the end that makes it fewer. */
function foldedRows(rows: readonly Row[]): readonly (readonly string[])[] {
  const cells = (some: readonly Row[]) => {
    const [{ what, how } = { what: '', how: '' }] = some;
    return [what, ends(some.map(({ src }) => src)), ends(some.map(({ dst }) => dst)), how];
  };
  if (rows.length <= most) return rows.map(row => cells([row]));
  const [bySource, byTarget] = (['src', 'dst'] as const).map(end => [
    ...grouped(rows, row => JSON.stringify([row.what, row.how, row[end]])).values(),
  ]);
  const fewer = (bySource?.length ?? 0) < (byTarget?.length ?? 0) ? bySource : byTarget;
  return (fewer ?? []).map(cells);
}

function ends(ids: readonly string[]): string {
  const names = [...new Set(ids)];
  const shown = names.slice(0, 3).map(cell).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], rest: string): readonly string[] {
  if (rows.length === 0) return [];
  const [shown, more] = [rows.slice(0, most), rows.length - most];
  const lines = [head, head.map(() => '---'), ...shown].map(cells => `| ${cells.join(' | ')} |`);
  return [lines.join('\n'), ...(more > 0 ? [`… and ${more} more${rest}.`] : [])];
}

const named = (title: string, ids: readonly string[]) =>
  ids.length === 0 ? [] : [`${title}: ${inShort(ids.map(cell)).join(', ')}`];

const inShort = (items: readonly string[]) =>
  items.length <= most ? items : [...items.slice(0, most), `… and ${items.length - most} more`];

/**
 * What somebody else wrote, as code: within it nothing is a mention, a link or HTML. A bar would end the cell of a table,
 * and no name of Kubernetes has one.
 */
const cell = (text: string) => code(text).replaceAll('|', '\\u007c');
