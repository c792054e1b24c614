import { isWorkload } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { networkOf } from '../network/policies/network';
import { capital } from '../text/words';
import type { Workspace } from '../workspace/workspace';
import { extentOf } from '../yaml/find';
import { type Made, madeOf, objectAt, objectsIn } from './objects';
import { placedOf } from './selections';
import { sumOf } from './sums';

/** Where in a file a line about an object can stand: at its first word. */
export interface Lens {
  readonly offset: number;
}

/** The policies and the workloads of a file, where there is something to say of any. What it is, is worked out for those in sight. */
export function lensesIn(workspace: Workspace, path: string): readonly Lens[] {
  const size = workspace.files.get(path)?.text.length ?? 0;
  return objectsIn(workspace, path, { start: 0, end: size }).flatMap(({ written, start }) => {
    const offset = start + extentOf(written.node).start;
    return mayHaveLens(written) && madeOf(workspace, written).some(hasLens) ? [{ offset }] : [];
  });
}

/** What stands in the line about the object at an offset. */
export function lensTitleAt(workspace: Workspace, path: string, offset: number): string {
  const shown = objectAt(workspace, path, offset);
  const sums = shown ? madeOf(workspace, shown.written).map(({ resource, view }) => sumOf(resource, view)) : [];
  const [first] = sums;
  return first === undefined || sums.some(sum => sum !== first) ? 'Who can reach this' : capital(first);
}

const mayHaveLens = (written: Resource) => isWorkload(written) || written.kindName.endsWith('NetworkPolicy');

function hasLens({ resource, view }: Made): boolean {
  const network = networkOf(view);
  if (network.policies.length === 0) return false;
  return isWorkload(resource) ? network.podOf(resource) !== undefined : placedOf(network, resource) !== undefined;
}
