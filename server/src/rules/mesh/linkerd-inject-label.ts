import { isWorkload, podTemplateOf, workloadKinds } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/linkerd-inject-label',
  title: 'linkerd.io/inject is an annotation',
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
        `Linkerd reads the annotation 'linkerd.io/inject'. As a label it does nothing${isThere ? ', and the annotation is there too' : ': the pods get no proxy by it'}.`,
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
