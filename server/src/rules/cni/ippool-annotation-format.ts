import { poolAnnotationKinds, poolAnnotationsOf, poolsNamedIn } from '../../kube/nodes/cni-calico';
import { isPlaceholder } from '../../kube/placeholder';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'cni/ippool-annotation-format',
  title: "Calico's IP pool annotations hold a JSON list",
  severity: 'error',
  per: 'resource',
  kinds: poolAnnotationKinds,
  references: ['https://docs.tigera.io/calico/latest/networking/ipam/legacy-firewalls'],

  check(resource, report) {
    for (const annotation of poolAnnotationsOf(resource)) {
      const text = annotation.string;
      // To Calico, an empty one is as good as none.
      if (text === '' || poolsNamedIn(annotation) || (text === undefined && !annotation.isSequence)) continue;
      if (isPlaceholder(text ?? '')) continue;
      report(
        annotation,
        {
          what: `'${String(annotation.key)}' is not a JSON list in a string`,
          why: annotation.isSequence
            ? 'An annotation is a string: the API server rejects this YAML list.'
            : `Calico cannot parse '${text}', so the pods get no address and do not start.`,
          how: `Write the names as a JSON list in a string: '["pool-1"]'.`,
        },
        { fixes: listed(annotation) },
      );
    }
  },
});

/** The names are plain to see; only their wrapping is wrong. */
function listed(annotation: Node): Fix[] {
  const words = annotation.isSequence
    ? annotation.items().flatMap(item => item.string ?? [])
    : (annotation.string ?? '').split(/[\s,[\]"']+/).filter(word => word !== '');
  if (words.length === 0 || !words.every(word => /^[A-Za-z0-9./:-]+$/.test(word))) return [];
  const edit: Fix['edit'] = edits => edits.set(annotation, JSON.stringify(words));
  return [fix(`Write ${words.join(', ')} as a JSON list`, edit, { safe: true })];
}
