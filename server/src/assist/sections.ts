import { unknown } from '../network/answers/end-table';
import type { Met, Reach } from '../network/answers/questions';
import type { Direction } from '../network/policies/policy';
import type { Workspace } from '../workspace/workspace';
import { byWhom, type Named, namedDecisions } from './decided';

/** A part of what is to be said of an end: whom it may reach, whom it calls in vain, what is outside. */
export interface Section {
  readonly direction: Direction;
  readonly kind: keyof Reach;
  /** As it is printed, to the point or colon at its end. */
  readonly heading: string;
  readonly rows: readonly SectionRow[];
}

/** An end with which the one in question has something to do. */
export interface SectionRow {
  readonly end: string;
  /** What is allowed, or called in vain: `TCP 80, called`. */
  readonly connections: string;
  /** The policies that make it so. */
  readonly decided: readonly Named[];
}

/** @own the headings of an answer, by what is asked */
const headings = {
  ingress: { allowed: 'May reach', nobody: 'Nobody that the manifests show may reach', outside: 'From outside' },
  egress: {
    allowed: 'May be reached from',
    nobody: 'Nobody that the manifests show may be reached from',
    outside: 'To outside',
  },
} as const satisfies Record<Direction, Record<string, string>>;

/** Who may reach an end, or whom it may reach, in the words of `connectivity --to` and `--from`. */
export function sectionsOf(id: string, direction: Direction, reach: Reach, workspace: Workspace): readonly Section[] {
  const { allowed, nobody, outside } = headings[direction];
  const row = (
    { id: end, deciding }: Omit<Met, 'called' | 'allowed'>,
    ...connections: readonly string[]
  ): SectionRow => {
    return { end, connections: connections.join(', '), decided: namedDecisions(deciding, workspace) };
  };
  const section = (kind: Section['kind'], heading: string, rows: readonly SectionRow[]): Section => {
    return { direction, kind, heading, rows };
  };
  const some = (one: Section) => (one.rows.length === 0 ? [] : [one]);
  const callOf = ({ called }: Met) => (called.isEmpty ? [] : ['called']);
  return [
    section(
      'allowed',
      reach.allowed.length === 0 ? `${nobody} ${id}.` : `${allowed} ${id}:`,
      reach.allowed.map(met => row(met, `${met.allowed}`, ...callOf(met))),
    ),
    ...some(
      section(
        'denied',
        'Called, but not allowed:',
        reach.denied.map(met => row(met, `${met.called}`)),
      ),
    ),
    ...some(
      section(
        'unknown',
        `${unknown}:`,
        reach.unknown.map(met => row(met, ...(met.called.isEmpty ? [] : [`${met.called}`]), ...callOf(met))),
      ),
    ),
    section(
      'outside',
      reach.outside.length === 0 ? `${outside}: nothing` : `${outside}:`,
      reach.outside.map(met => row(met, `${met.allowed}`)),
    ),
  ];
}

/** The lines of an answer, as a terminal gets them. */
export function* sectionLines(sections: readonly Section[]): Iterable<string> {
  for (const { heading, rows } of sections) {
    yield `${heading}\n`;
    for (const row of rows) yield `  ${rowText(row)}\n`;
  }
}

export const rowText = ({ end, connections, decided }: SectionRow) =>
  `${end}${connections === '' ? '' : ` : ${connections}`}${byWhom(decided)}`;
