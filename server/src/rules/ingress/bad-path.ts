import { isPlaceholder } from '../../kube/placeholder';
import { pathsOf } from '../../kube/services/backend';
import { looksLikeRegex, pathFaultOf, soundPathOf } from '../../kube/services/backend-path';
import { set, use } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';

const types = ['Prefix', 'Exact', 'ImplementationSpecific'];

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
      if (!types.includes(pathType)) {
        if (!isPlaceholder(pathType)) reportType(path.at('pathType'), text, report);
        continue;
      }
      const fault = isPlaceholder(text) ? undefined : pathFaultOf(text, pathType);
      if (fault === undefined) continue;
      const what = node.exists ? `The path '${text}' ${fault}` : 'The path is missing';
      const sound = soundPathOf(text);
      report(
        node.exists ? node : path.at('pathType'),
        `${what}, which the API server refuses for the type ${pathType}: it rejects the whole Ingress.`,
        { fixes: sound === undefined ? [] : [use(node, sound, { safe: true })] },
      );
    }
  },
});

/** The names of the types are told apart by the case of their letters too. */
function reportType(node: Node, path: string, report: Report): void {
  const written = node.string ?? '';
  const possible = types.filter(type =>
    looksLikeRegex(path) ? type === 'ImplementationSpecific' : pathFaultOf(path, type) === undefined,
  );
  const meant = nearest(written, possible);
  report(
    node,
    `'${written}' is no type of a path: the API server knows Prefix, Exact and ImplementationSpecific, and rejects the whole Ingress.`,
    {
      fixes: (meant === undefined ? possible : [meant]).map(type =>
        set(`Use ${type}`, node, type, { safe: type === meant }),
      ),
    },
  );
}
