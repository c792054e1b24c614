import type { Build } from '../../deploy/builds';
import type { Workspace } from '../../workspace/workspace';
import type { Node } from '../../yaml/node';
import { mentionsIn, type Placed } from './build-mentions';
import { labelOccurrences } from './label-occurrences';
import { type Goal, meantBy, objectsMeant, seenIn, viewOfBuild } from './meant';
import { type Meaning, objectTopic, type Spot, topicOf } from './mention';
import { partOf } from './spots';

/**
 * Every place that names the same as some mentions do, in all builds, what is named included. Where one place means two
 * things at once, such as a Service in two variants, what names the other belongs to it too.
 */
export function occurrencesOf(
  workspace: Workspace,
  mentions: readonly Placed[],
  builds: readonly Build[] = workspace.builds,
): readonly Placed[] {
  const [first] = mentions;
  if (first === undefined) return [];
  const { means } = first;
  if (means.about === 'file') return withTopics(builds, [topicOf(means)]);
  if (means.about === 'label') return labelOccurrences(workspace, mentions, builds);
  if (means.about === 'object' && means.kind === 'Namespace') {
    const seen = new Set(mentions.flatMap(({ build }) => [...buildsSeenBy(workspace, build)]));
    return withTopics(builds, [objectTopic('Namespace', means.name)]).filter(
      placed => seen.has(placed.build) && isMeantSo(workspace, placed),
    );
  }
  const sought = new Spots();
  for (const mention of mentions) for (const goal of meantBy(workspace, mention)) sought.add(goal);
  const found = new Set<Placed>();
  for (let known = -1; known !== sought.size; ) {
    known = sought.size;
    for (const placed of withTopics(builds, sought.topics(means))) {
      if (found.has(placed)) continue;
      const goals = meantBy(workspace, placed);
      if (!goals.some(goal => sought.has(goal.at))) continue;
      found.add(placed);
      for (const goal of goals) sought.add(goal);
    }
  }
  return [...found];
}

/** Whether the words name something at all, where that rests on something else. */
function isMeantSo(workspace: Workspace, placed: Placed): boolean {
  const { means, build } = placed;
  if (means.about !== 'object' || means.besides === undefined) return true;
  const view = viewOfBuild(workspace, build);
  return view !== undefined && objectsMeant(view, means.besides, placed).length > 0;
}

function withTopics(builds: readonly Build[], topics: readonly string[]): Placed[] {
  return builds.flatMap(build => topics.flatMap(topic => mentionsIn(build).byTopic.get(topic) ?? []));
}

/** What is named, by the place where its name is written. */
class Spots {
  readonly #parts = new Map<Node, Set<string>>();
  readonly #goals: Goal[] = [];

  get size(): number {
    return this.#goals.length;
  }

  add(goal: Goal): void {
    if (this.has(goal.at)) return;
    const node = goal.at.node.written;
    const parts = this.#parts.get(node) ?? new Set();
    this.#parts.set(node, parts.add(partOf(goal.at)));
    this.#goals.push(goal);
  }

  has(spot: Spot): boolean {
    return this.#parts.get(spot.node.written)?.has(partOf(spot)) === true;
  }

  /** What names them may be found by: as they are called, and as they are written. */
  topics(means: Meaning): readonly string[] {
    if (means.about !== 'object') return [topicOf(means)];
    const topics = this.#goals.flatMap(({ resource: { kindName, name } }) =>
      [name.text, name.written.text].map(text => objectTopic(kindName, text ?? '')),
    );
    return [...new Set(topics)];
  }
}

/** The builds that one of them is judged in sight of, itself included. */
export function buildsSeenBy(workspace: Workspace, build: Build): ReadonlySet<Build> {
  const view = viewOfBuild(workspace, build);
  return view ? seenIn(view) : new Set([build]);
}
