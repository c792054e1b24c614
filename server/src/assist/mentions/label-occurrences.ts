import type { Build } from '../../deploy/builds';
import type { ClusterView } from '../../workspace/cluster-view';
import type { Workspace } from '../../workspace/workspace';
import { mentionsIn, type Placed } from './build-mentions';
import { homeOf, looksInto, namespacesIn, seenIn, viewOfBuild } from './meant';
import { topicOf } from './mention';
import { documentOf, partOf } from './spots';

/**
 * Every place that says a label as some mentions do: who changed some of them only would part selectors from what they
 * select. In one namespace a label means the same everywhere; a selector that looks into several joins them.
 */
export function labelOccurrences(
  workspace: Workspace,
  mentions: readonly Placed[],
  builds: readonly Build[],
): readonly Placed[] {
  const [first] = mentions;
  if (first === undefined) return [];
  const topic = topicOf(first.means);
  const candidates = builds.flatMap(build => mentionsIn(build).byTopic.get(topic) ?? []);
  const found = new Set<Placed>(mentions);
  const open = [...mentions];
  const done = new Map<ClusterView, Set<string>>();
  for (let seed = open.pop(); seed !== undefined; seed = open.pop()) {
    const view = viewOfBuild(workspace, seed.build);
    const fresh = view ? homesOf(view, seed).filter(home => !done.get(view)?.has(home)) : [];
    for (const other of [...elsewhere(workspace, seed), ...(view ? speakingOf(view, fresh, candidates) : [])]) {
      if (found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
    if (view) done.set(view, new Set([...(done.get(view) ?? []), ...fresh]));
  }
  return [...found];
}

/** Stands for no namespace: what is said of namespaces is said of the cluster. */
const cluster = '*';

/** The namespaces of which a mention speaks. */
function homesOf(view: ClusterView, placed: Placed): readonly string[] {
  const { means } = placed;
  if (means.about !== 'label') return [];
  if (means.of === 'namespaces') return [cluster];
  if (means.selection === undefined) return [homeOf(placed)];
  return namespacesIn(view, means.selection.within, homeOf(placed)).map(({ name }) => name);
}

/** Those in sight that say something of labels in some namespaces. */
function speakingOf(
  view: ClusterView,
  namespaces: readonly string[],
  candidates: readonly Placed[],
): readonly Placed[] {
  if (namespaces.length === 0) return [];
  const seen = seenIn(view);
  return candidates.filter(placed => {
    const { means, build } = placed;
    if (means.about !== 'label' || !seen.has(build)) return false;
    if (means.of === 'namespaces') return true;
    const { selection } = means;
    return namespaces.some(namespace =>
      selection ? looksInto(view, selection.within, homeOf(placed), namespace) : homeOf(placed) === namespace,
    );
  });
}

/** The same place in other builds. */
function elsewhere(workspace: Workspace, { at, build, means }: Placed): readonly Placed[] {
  const document = documentOf(at);
  const path = workspace.placeOf(document)?.file.path;
  const others = path === undefined ? [] : workspace.readersOf(path).filter(reader => reader !== build);
  return others.flatMap(reader =>
    (mentionsIn(reader).byDocument.get(document) ?? []).filter(
      other =>
        other.at.node.written === at.node.written &&
        partOf(other.at) === partOf(at) &&
        topicOf(other.means) === topicOf(means),
    ),
  );
}
