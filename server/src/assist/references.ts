import type { Build } from '../deploy/builds';
import { type Labels, labelsOf } from '../kube/labels';
import { isWorkload, podLabelsOf } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import type { Workspace } from '../workspace/workspace';
import { snippetAt } from './corefile-snippets';
import { mentionsIn, type Placed } from './mentions/build-mentions';
import { homeOf, looksInto, meantBy, viewOfBuild } from './mentions/meant';
import { type Selection, selectedBy } from './mentions/mention';
import { mentionedAt } from './mentions/mentioned-at';
import { buildsSeenBy, occurrencesOf } from './mentions/occurrences';
import { isWritten } from './mentions/spots';
import { type FilePlace, inOrder, placeOfSpot } from './places';

/** A place that names, selects or is what is meant at a cursor. */
export interface Use extends FilePlace {
  readonly isOwn: boolean;
}

/** All that names or selects what is meant at a cursor, and that itself. */
export function usesAt(workspace: Workspace, path: string, offset: number): readonly Use[] {
  const snippet = snippetUses(workspace, path, offset);
  if (snippet) return snippet;
  const mentioned = mentionedAt(workspace, path, offset);
  if (mentioned === undefined) return [];
  const { all } = mentioned;
  const selecting = all.flatMap(placed => (placed.means.about === 'object' ? selectingAll(workspace, placed) : []));
  return inOrder([...occurrencesOf(workspace, all), ...selecting].flatMap(placed => useOf(workspace, placed)));
}

/** The same in the file alone. */
export function highlightsAt(workspace: Workspace, path: string, offset: number): readonly Use[] {
  const snippet = snippetUses(workspace, path, offset);
  if (snippet) return snippet;
  const mentioned = mentionedAt(workspace, path, offset);
  if (mentioned === undefined) return [];
  const found = occurrencesOf(workspace, mentioned.all, workspace.readersOf(path));
  return inOrder(found.flatMap(placed => useOf(workspace, placed)).filter(use => use.path === path));
}

/** A snippet of a Corefile is known in that one alone. */
function snippetUses(workspace: Workspace, path: string, offset: number): readonly Use[] | undefined {
  const file = workspace.files.get(path);
  const snippet = file && snippetAt(file, offset);
  if (snippet === undefined) return undefined;
  return [{ path, range: snippet.name, isOwn: true }, ...snippet.imports.map(range => ({ path, range, isOwn: false }))];
}

function useOf(workspace: Workspace, { at, isOwn }: Placed): Use[] {
  const place = isWritten(at) ? placeOfSpot(workspace, at) : undefined;
  return place ? [{ ...place, isOwn: isOwn === true }] : [];
}

/** The selectors that select an object that is named. */
function selectingAll(workspace: Workspace, placed: Placed): readonly Placed[] {
  const builds = [...buildsSeenBy(workspace, placed.build)];
  return meantBy(workspace, placed).flatMap(({ resource }) => selectorsOf(workspace, resource, builds));
}

function selectorsOf(workspace: Workspace, resource: Resource, builds: readonly Build[]): readonly Placed[] {
  const isPods = isWorkload(resource);
  if (!isPods && resource.kind !== 'Service') return [];
  const labels = isPods ? podLabelsOf(resource) : labelsOf(resource.at('metadata', 'labels'));
  const topics = [...Array.from(labels, ([key, value]) => selectedBy(key, value)), selectedBy('', '')];
  return builds.flatMap(build => {
    const { byTopic } = mentionsIn(build);
    const found = topics.flatMap(topic => byTopic.get(topic) ?? []);
    return found.filter(placed => {
      const { means, member } = placed;
      // That a workload selects its own pods goes without saying.
      if (member.resource === resource) return false;
      if (means.about !== 'selector' || (means.selection.of === 'pods') !== isPods) return false;
      return means.selection.of !== 'namespaces' && isSelected(workspace, placed, means.selection, resource, labels);
    });
  });
}

function isSelected(
  workspace: Workspace,
  placed: Placed,
  { selector, within }: Selection,
  resource: Resource,
  labels: Labels,
): boolean {
  const view = viewOfBuild(workspace, placed.build);
  if (view === undefined || !selector.matches(labels)) return false;
  const home = view.homeOf(resource);
  return home !== undefined && looksInto(view, within, homeOf(placed), home);
}
