import { grouped } from '../../text/maps';
import { type Cell, type EndTable, unknown } from '../answers/end-table';

/** What the policies allow, whether or not anybody calls. */
export interface Allowances {
  /** Ends that are treated alike, by their ids. */
  readonly crowds: readonly (readonly string[])[];
  /** By crowd: the others that it may reach, and with what; a crowd may stand there itself, when it has several ends. */
  readonly reach: readonly (readonly { readonly to: number; readonly connections: string }[])[];
  /** Whether it was worked out: among very many crowds it isn't. */
  readonly isKnown: boolean;
}

/** So many can be asked each about each. */
const most = 400;

export function allowancesIn(table: EndTable): Allowances {
  const crowds = [...grouped(table.ends, keyOf).values()];
  const ids = crowds.map(ends => ends.map(({ id }) => id));
  if (crowds.length > most) return { crowds: ids, reach: [], isKnown: false };
  const reach = crowds.map(([source, twin = source]) =>
    crowds.flatMap(([target], to) => {
      const from = source === target ? twin : source;
      if (from === undefined || target === undefined || from === target) return [];
      const allowed = table.between(from, target);
      return allowed !== unknown && allowed.isEmpty ? [] : [{ to, connections: `${allowed}` }];
    }),
  );
  return { crowds: ids, reach, isKnown: true };
}

/** Pods of one class can't be told apart by any policy. */
const keyOf = ({ classes, id }: Cell) => (classes.length === 0 ? id : classes.join());
