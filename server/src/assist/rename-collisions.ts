import type { Workspace } from '../workspace/workspace';
import { mentionsIn, type Placed } from './mentions/build-mentions';
import { homeOf } from './mentions/meant';
import { topicOf } from './mentions/mention';
import { buildsSeenBy } from './mentions/occurrences';
import type { Subject } from './rename-subject';

/** Why something may not have a name: something else in sight has it already, and the two would become one. */
export function collisionOf(
  workspace: Workspace,
  { means, name, title }: Subject,
  occurrences: readonly Placed[],
  to: string,
): string | undefined {
  if (to === name) return undefined;
  const homes = new Set(occurrences.map(homeOf));
  const seen = new Set(occurrences.flatMap(({ build }) => [...buildsSeenBy(workspace, build)]));
  for (const build of seen) {
    for (const other of mentionsIn(build).byTopic.get(topicAs(means, to)) ?? []) {
      if (!other.isOwn) continue;
      const isNear = means.about === 'object' && means.kind === 'Namespace' ? true : homes.has(homeOf(other));
      if (means.about === 'port' ? isBeside(other, occurrences) : isNear) {
        return `The ${title} can't be renamed: '${to}' is there already, and nobody could tell the two apart.`;
      }
    }
  }
  return undefined;
}

function topicAs(means: Subject['means'], to: string): string {
  if (means.about === 'object') return topicOf({ ...means, name: to });
  if (means.about === 'port') return topicOf({ ...means, port: to });
  return topicOf(means.value === undefined ? { ...means, key: to } : { ...means, value: to });
}

/** Whether a port of that name is of an object that has the renamed one too. */
const isBeside = (other: Placed, occurrences: readonly Placed[]) =>
  occurrences.some(({ isOwn, member }) => isOwn && member.resource === other.member.resource);
