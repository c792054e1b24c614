import { isPlaceholder } from '../../kube/placeholder';
import { pathsOf } from '../../kube/services/backend';
import { looksLikeRegex, pathFaultOf, soundPathOf } from '../../kube/services/backend-path';
import { set, use } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';
import { excerpt } from './shared/keys';

const types = ['Prefix', 'Exact', 'ImplementationSpecific'];

export default defineRule({
  id: 'ingress/bad-path',
  title: 'The paths of an Ingress are absolute and plain, and of a known pathType',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go',
  ],

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
      const wanted =
        pathType === 'ImplementationSpecific'
          ? "even a path of type ImplementationSpecific starts with '/'"
          : `a path of type ${pathType} starts with '/', and has no '//', '/./', '/../' or '%2f' in it`;
      const sound = soundPathOf(text);
      report(
        node.exists ? node : path.at('pathType'),
        {
          what: node.exists ? `Path ${excerpt(text)} ${fault}` : `Path of type ${pathType} is missing`,
          why: `The API server rejects the whole Ingress: ${wanted}.`,
          how: sound === undefined ? 'Use a plain path, or ImplementationSpecific.' : `Use '${sound}'.`,
        },
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
  const message = {
    what: `Unknown pathType ${excerpt(written)}`,
    why: 'The API server rejects the whole Ingress: it knows Exact, Prefix and ImplementationSpecific.',
    how: `Use ${meant ?? 'one of these three'}.`,
  };
  report(node, message, {
    fixes: (meant === undefined ? possible : [meant]).map(type =>
      set(`Use ${type}`, node, type, { safe: type === meant }),
    ),
  });
}
