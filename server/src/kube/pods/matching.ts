import { add, memo } from '../../text/maps';
import type { Selector } from '../labels';
import type { Resource } from '../resource';
import { isWorkload, podLabelsOf, type Workload } from './workload';

/** The workloads of a list, by each label of their pods. */
interface Index {
  readonly all: readonly Workload[];
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
}

const indexOf = memo((resources: readonly Resource[]): Index => read(resources));

/**
 * The workloads of a list whose pods a selector matches. The list is indexed once: namespaces give the same list for the
 * same question, so that a thousand policies don't look at a thousand pods each.
 */
export function podsMatching(resources: readonly Resource[], selector: Selector): readonly Workload[] {
  const index = indexOf(resources);
  if (!selector.isSound) return [];
  const { all, byLabel } = index;
  let fewest: readonly Workload[] = all;
  for (const { key, operator, values } of selector.requirements) {
    const [value, another] = values;
    if (operator !== 'In' || value === undefined || another !== undefined) continue;
    const having = byLabel.get(`${key}=${value}`) ?? [];
    if (having.length < fewest.length) fewest = having;
  }
  return selector.isEmpty ? all : fewest.filter(workload => selector.matches(podLabelsOf(workload)));
}

function read(resources: readonly Resource[]): Index {
  const all = resources.filter(isWorkload);
  const byLabel = new Map<string, Workload[]>();
  for (const workload of all) {
    for (const [key, value] of podLabelsOf(workload)) {
      add(byLabel, `${key}=${value}`, workload);
    }
  }
  return { all, byLabel };
}
