import type { Resource } from '../kube/resource';
import { differenceOf, isSomething } from '../network/answers/difference';
import { connectivityNotes } from '../network/answers/notes';
import { callKinds } from '../network/calls/calls';
import { networkKinds } from '../network/network-kinds';
import type { Steps } from '../text/steps';
import type { ClusterView } from '../workspace/cluster-view';
import { readSource } from '../workspace/source-file';
import { Workspace } from '../workspace/workspace';
import { extentOf } from '../yaml/find';
import { differenceText, type Told } from './difference-words';
import { objectsIn } from './objects';

/** What a change opens and closes in one cluster. */
export interface ChangeIn {
  readonly cluster: string;
  readonly told: Told;
}

/** What was there before: texts by path, undefined where there was no file. */
export type Before = Iterable<readonly [path: string, text: string | undefined]>;

/** What has changed since some files were as they were, in each cluster for which that makes a difference. */
export function* changesSince(now: Workspace, before: Before): Steps<readonly ChangeIn[]> {
  const old = yield* now.updating(before);
  const changes = new Map<string, ChangeIn>();
  for (const [was, is] of clustersOf(old, now)) {
    if (was === is || readsAlike(was, is)) continue;
    yield;
    const difference = differenceOf(was, is);
    if (!isSomething(difference)) continue;
    // Clusters see much of each other: what is the same in several is told once.
    const text = differenceText({ difference, workspace: now, notes: [] });
    if (changes.has(text)) continue;
    changes.set(text, { cluster: is.name, told: { difference, workspace: now, notes: connectivityNotes(is) } });
  }
  return [...changes.values()];
}

type Sides = readonly [was: ClusterView, is: ClusterView];

/** Each cluster with what it was. Where others came or went, all is taken as one, as the command line does. */
function clustersOf(old: Workspace, now: Workspace): readonly Sides[] {
  const known = new Map(old.views.map(view => [view.key, view]));
  const sides = now.views.flatMap((is): readonly Sides[] => {
    const was = known.get(is.key);
    return was ? [[was, is]] : [];
  });
  if (sides.length === now.views.length && sides.length === old.views.length) return sides;
  const [was, is] = [asOne(old), asOne(now)];
  return was && is ? [[was, is]] : [];
}

function asOne({ files }: Workspace): ClusterView | undefined {
  return Workspace.empty.update(files, { isOneCluster: true }).views[0];
}

/** Where in a file its policies begin that stand otherwise in the text that it had, or not at all. */
export function changedPolicies(now: Workspace, path: string, before: string | undefined): readonly number[] {
  const old = new Set(readSource(path, before ?? '').resources.map(sourceOf));
  const size = now.files.get(path)?.text.length ?? 0;
  return objectsIn(now, path, { start: 0, end: size }).flatMap(({ written, start }) => {
    const isChanged = written.kindName.endsWith('NetworkPolicy') && !old.has(sourceOf(written));
    return isChanged ? [start + extentOf(written.node).start] : [];
  });
}

/** What did not change is the same object. */
const readsAlike = (was: ClusterView, is: ClusterView) =>
  was.of(...networkKinds) === is.of(...networkKinds) && was.of(...callKinds) === is.of(...callKinds);

const sourceOf = ({ node }: Resource) => node.written.source.trim();
