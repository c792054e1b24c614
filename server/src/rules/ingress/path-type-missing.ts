import { pathsOf } from '../../kube/services/backend';
import { looksLikeRegex } from '../../kube/services/backend-path';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { excerpt } from './shared/keys';

export default defineRule({
  id: 'ingress/path-type-missing',
  title: 'Each path of an Ingress has a pathType',
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
      const message = {
        what: `Path ${text === '' ? '' : `${excerpt(text)} `}has no pathType`,
        why: 'The API server rejects the Ingress: networking.k8s.io/v1 requires a pathType.',
        how: 'Use Prefix for all paths below, Exact for this one only, or ImplementationSpecific for what the controller makes of it.',
      };
      report(path.at('path').exists ? path.at('path') : path, message, { fixes });
    }
  },
});
