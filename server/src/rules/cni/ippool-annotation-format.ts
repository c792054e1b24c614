import { poolAnnotationKinds, poolAnnotationsOf, poolsNamedIn } from '../../kube/nodes/cni-calico';
import { isPlaceholder } from '../../kube/placeholder';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'cni/ippool-annotation-format',
  title: 'IP pools are named as a JSON list in a string',
  severity: 'error',
  per: 'resource',
  kinds: poolAnnotationKinds,
  references: ['https://docs.tigera.io/calico/latest/networking/ipam/legacy-firewalls'],

  check(resource, report) {
    for (const annotation of poolAnnotationsOf(resource)) {
      const text = annotation.string;
      if (poolsNamedIn(annotation) || (text === undefined && !annotation.isSequence)) continue;
      if (isPlaceholder(text ?? '')) continue;
      const what = annotation.isSequence ? 'a list of YAML, which no annotation can be' : `'${text}'`;
      report(
        annotation,
        `'${String(annotation.key)}' takes a JSON list inside a string, such as '["pool-1"]', and this is ${what}: Calico gives these pods no address.`,
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
