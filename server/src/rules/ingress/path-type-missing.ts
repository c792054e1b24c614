import { pathsOf } from '../../kube/services/backend';
import { looksLikeRegex } from '../../kube/services/backend-path';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'ingress/path-type-missing',
  title: 'Each path of an Ingress says how it is matched',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types'],

  check(ingress, report) {
    if (ingress.apiVersion !== 'networking.k8s.io/v1') return;
    for (const path of pathsOf(ingress)) {
      const pathType = path.at('pathType');
      if (!pathType.isEmpty) continue;
      const text = path.at('path').string ?? '';
      const isRegex = looksLikeRegex(text);
      const fix = (value: string): Fix => set(`Add pathType ${value}`, pathType, value);
      // A prefix has to begin with a slash; without a path the controller decides, which is every path.
      const fixes =
        isRegex || !text.startsWith('/')
          ? [fix('ImplementationSpecific')]
          : [fix('Prefix'), fix('Exact'), fix('ImplementationSpecific')];
      report(
        path.at('path').exists ? path.at('path') : path,
        `The path ${text === '' ? '' : `'${text}' `}has no pathType, and networking.k8s.io/v1 requires one: the API server rejects the Ingress. Prefix takes all paths below, Exact this one only, ImplementationSpecific what the controller makes of it.`,
        { fixes },
      );
    }
  },
});
