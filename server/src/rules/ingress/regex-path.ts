import { ingressNginx } from '../../kube/controllers/facts/ingress-nginx';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { strictPathsOf } from '../../kube/controllers/strict-paths';
import { isPlaceholder } from '../../kube/placeholder';
import { looksLikeRegex, pathFaultOf } from '../../kube/services/backend-path';
import { defineRule } from '../../lint/rule';
import { excerpt } from './shared/keys';
import { nginxHostOf, regexFixes } from './shared/regex-fixes';

export default defineRule({
  id: 'ingress/regex-path',
  title: 'For ingress-nginx, regular expressions have pathType ImplementationSpecific',
  severity: 'error',
  per: 'scope',
  kinds: controllerKinds,
  subjects: ['Ingress'],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#strict-validate-path-type',
    'https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/inspector/rules.go',
  ],

  check(scope, report) {
    const nginx = controllersIn(scope).known.find(({ facts }) => facts === ingressNginx);
    const strict = nginx && strictPathsOf(nginx);
    if (nginx === undefined || strict === undefined) return;
    for (const ingress of nginx.ingresses) {
      for (const rule of ingress.at('spec', 'rules').items()) {
        const host = nginxHostOf(nginx, ingress, rule.at('host').string ?? '');
        for (const path of rule.at('http', 'paths').items()) {
          const text = path.at('path').string;
          const pathType = path.at('pathType').string;
          if (text === undefined || (pathType !== 'Exact' && pathType !== 'Prefix')) continue;
          // What the API server itself refuses is said by ingress/bad-path.
          if (strict.accepts(text) || isPlaceholder(text) || pathFaultOf(text, pathType) !== undefined) continue;
          const message = {
            what: `Path ${excerpt(text)} is rejected for pathType ${pathType}`,
            why: `The retired ingress-nginx controller takes only letters, digits and '${strict.characters}' there (${strict.when}): its webhook rejects the Ingress, or none of it is served.`,
            how: looksLikeRegex(text)
              ? 'Use a plain prefix, or ImplementationSpecific for a regular expression.'
              : 'Use ImplementationSpecific.',
          };
          report(path.at('pathType'), message, regexFixes(host, path, text));
        }
      }
    }
  },
});
