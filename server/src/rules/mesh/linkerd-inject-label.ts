import { isWorkload, podTemplateOf, workloadKinds } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/linkerd-inject-label',
  title: 'Linkerd injection is asked for by annotation, not by label',
  severity: 'warning',
  per: 'resource',
  kinds: ['Namespace', ...workloadKinds],
  references: ['https://linkerd.io/2-edge/features/proxy-injection/'],

  check(resource, report) {
    const home = isWorkload(resource) ? podTemplateOf(resource) : resource.node;
    const target = home.at('metadata', 'annotations', 'linkerd.io/inject');
    for (const object of new Set([resource.node, home])) {
      const label = object.at('metadata', 'labels', 'linkerd.io/inject');
      if (!label.exists) continue;
      const isThere = target.exists;
      report(
        label,
        {
          what: "Label 'linkerd.io/inject' has no effect",
          why: `Linkerd reads only the annotation of that name${isThere ? ', which is set too' : ': the label neither adds a proxy nor keeps one out'}.`,
          how: isThere
            ? 'Remove the label.'
            : `Set it as an annotation of the ${home === resource.node ? resource.kindName : 'pod template'}.`,
        },
        {
          fixes: [
            fix(isThere ? 'Remove the label' : 'Make it an annotation', edits => {
              if (isThere) edits.remove(label);
              else if (isOnly(label, target)) edits.rename(label.parent ?? label, 'annotations');
              else edits.remove(label).set(target, label.text ?? 'enabled');
            }),
          ],
        },
      );
    }
  },
});

/** Whether the labels are nothing but this one, and can become the annotations as they stand. */
function isOnly(label: Node, target: Node): boolean {
  const isBeside = label.parent?.parent === target.parent?.parent;
  return isBeside && target.parent?.exists !== true && label.parent?.entries().length === 1;
}
