import { pathsOf } from '../../kube/backend';
import { pathFaultOf, soundPathOf } from '../../kube/backend-path';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/bad-path',
  title: 'The paths of an Ingress are absolute and plain',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types'],

  check(ingress, report) {
    if (ingress.apiVersion !== 'networking.k8s.io/v1') return;
    for (const path of pathsOf(ingress)) {
      const node = path.at('path');
      const pathType = path.at('pathType').string ?? 'ImplementationSpecific';
      const text = node.string ?? '';
      const fault = text.includes('${') ? undefined : pathFaultOf(text, pathType);
      if (fault === undefined) continue;
      const what = node.exists ? `The path '${text}' ${fault}` : 'The path is missing';
      const sound = soundPathOf(text);
      report(
        node.exists ? node : path.at('pathType'),
        `${what}, which the API server refuses for the type ${pathType}: it rejects the whole Ingress.`,
        {
          fixes:
            sound === undefined
              ? []
              : [{ title: `Use '${sound}'`, safe: true, preferred: true, edit: edits => edits.set(node, sound) }],
        },
      );
    }
  },
});
