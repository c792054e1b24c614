import type { AffinityTerm } from '../../../kube/pods/affinity';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';

const preferredList = 'preferredDuringSchedulingIgnoredDuringExecution';

/** The required term as a preferred one with the highest weight: the scheduler does what it can, and never gives up. */
export function preferredInstead({ node }: AffinityTerm): Fix {
  return fix('Prefer it instead of requiring it (weight 100)', edits => {
    const required = node.parent;
    const preferred = required?.parent?.at(preferredList);
    if (required === undefined || preferred === undefined) return;
    if (required.items().length === 1 && !preferred.exists) {
      edits.rename(required, preferredList).wrap(node, 'podAffinityTerm', { weight: 100 });
    } else {
      const weighted = { weight: 100, podAffinityTerm: edits.take(node) };
      edits.set(preferred.at(preferred.items().length), weighted);
    }
  });
}
