import { isWorkload } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { type Cell, type EndTable, endTableOf } from '../network/answers/end-table';
import { reachOf } from '../network/answers/questions';
import { servicesOf } from '../network/calls/services';
import { networkOf } from '../network/policies/network';
import type { Pod } from '../network/policies/pods';
import { directions } from '../network/policies/policy';
import { memo } from '../text/maps';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import { madeOf, objectAt } from './objects';
import { type Section, sectionLines, sectionsOf } from './sections';
import { placedOf } from './selections';

/** Who may reach the pods that an object means, and whom they may reach; or why that can't be said. */
export type ReachHere = { readonly ends: readonly ReachedEnd[]; readonly more: number } | { readonly why: string };

/** Pods that are treated alike. */
export interface ReachedEnd {
  readonly id: string;
  readonly at: Node | undefined;
  /** Who may reach it, then whom it may reach. */
  readonly sections: readonly Section[];
  /** Where the objects behind the rows are written. */
  readonly placeOf: (end: string) => Node | undefined;
}

/** @own what is said where there is nothing to show */
export const whyNothing = {
  unread: 'The files are still being read.',
  nowhere: 'Put the cursor into a workload, a Service or a policy to see who can reach it.',
  unapplied: 'Nothing applies this object, so nobody can reach it.',
  noPods: 'It means no pods of these manifests.',
} as const;

/** So many ends of one object are shown: a policy may select all pods of a cluster. */
const most = 12;

/** On the workload, the Service or the policy that an offset lies in. */
export function reachHere(workspace: Workspace, path: string, offset: number): ReachHere {
  const shown = objectAt(workspace, path, offset);
  if (shown === undefined || !mayHavePods(shown.written)) return { why: whyNothing.nowhere };
  const [made] = madeOf(workspace, shown.written);
  if (made === undefined) return { why: whyNothing.unapplied };
  const { resource, view } = made;
  const table = endTableOf(view);
  const ends = [...new Set(podsOf(resource, view).flatMap(pod => table.endOf(pod) ?? []))];
  if (ends.length === 0) return { why: whyNothing.noPods };
  return {
    ends: ends.slice(0, most).map(end => reachedEnd(end, table, view, workspace)),
    more: Math.max(0, ends.length - most),
  };
}

/** The same as `connectivity --to` prints of each end, and below it what `--from` does. */
export function reachText(reach: ReachHere): string {
  if ('why' in reach) return `${reach.why}\n`;
  const texts = reach.ends.map(({ sections }) => [...sectionLines(sections)].join(''));
  return [...texts, ...(reach.more > 0 ? [`… and ${reach.more} more.\n`] : [])].join('\n');
}

const mayHavePods = (written: Resource) =>
  isWorkload(written) || written.kind === 'Service' || written.kindName.endsWith('NetworkPolicy');

function podsOf(resource: Resource, view: ClusterView): readonly Pod[] {
  const network = networkOf(view);
  const home = view.namespaceOf(resource);
  const podOf = (workload: Resource) => network.podOf(workload, home.name || 'default') ?? network.podOf(workload);
  if (isWorkload(resource)) return [podOf(resource)].flatMap(pod => pod ?? []);
  if (resource.kind === 'Service') {
    const services = servicesOf(home);
    const own = services.all.find(candidate => candidate === resource);
    return own ? services.workloadsOf(own).flatMap(workload => podOf(workload) ?? []) : [];
  }
  const placed = placedOf(network, resource);
  return placed ? network.podsSelectedBy(placed).stated : [];
}

function reachedEnd(end: Cell, table: EndTable, view: ClusterView, workspace: Workspace): ReachedEnd {
  const placeOf = (id: string) => cellsOf(table).get(id)?.pods[0]?.workload.name;
  const sections = directions.flatMap(direction =>
    sectionsOf(end.id, direction, reachOf(end, direction, table, view), workspace),
  );
  return { id: end.id, at: placeOf(end.id), sections, placeOf };
}

const cellsOf = memo((table: EndTable): ReadonlyMap<string, Cell> => new Map(table.ends.map(end => [end.id, end])));
