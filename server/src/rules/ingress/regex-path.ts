import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import { pathsOf } from '../../kube/services/backend';
import { isPlainPath, looksLikeRegex, pathFaultOf } from '../../kube/services/backend-path';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/regex-path',
  title: 'For ingress-nginx, a regular expression is a path of type ImplementationSpecific',
  severity: 'error',
  per: 'scope',
  kinds: controllerKinds,
  subjects: ['Ingress'],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#strict-validate-path-type',
    'https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/inspector/rules.go',
  ],

  check(scope, report) {
    const controllers = controllersIn(scope);
    const nginx = controllers.known.find(({ facts }) => facts.id === 'ingress-nginx');
    const isLax = nginx?.configMaps.some(map => map.at('data', 'strict-validate-path-type').string === 'false');
    if (nginx === undefined || isLax) return;
    for (const ingress of nginx.ingresses) {
      for (const path of pathsOf(ingress)) {
        const text = path.at('path').string;
        const pathType = path.at('pathType').string;
        if (text === undefined || (pathType !== 'Exact' && pathType !== 'Prefix')) continue;
        // What the API server itself refuses is said by ingress/bad-path.
        if (isPlainPath(text) || isPlaceholder(text) || pathFaultOf(text, pathType) !== undefined) continue;
        report(
          path.at('pathType'),
          `'${text}' has other characters than letters, digits and '-_./', which the retired ingress-nginx controller refuses for the type ${pathType} (since 1.12): its webhook rejects the Ingress, or it serves none of it.`,
          { fixes: [implementationSpecific(ingress, path, text)] },
        );
      }
    }
  },
});

/** An expression is read as one only with use-regex, which a rewrite target turns on too. */
function implementationSpecific(ingress: Resource, path: Node, text: string): Fix {
  const annotations = ['use-regex', 'rewrite-target'].map(key =>
    ingress.annotation(`nginx.ingress.kubernetes.io/${key}`),
  );
  const [useRegex] = annotations;
  const isMissing = looksLikeRegex(text) && annotations.every(({ exists }) => !exists);
  return fix(
    isMissing ? "Use ImplementationSpecific, and 'use-regex' for the whole host" : 'Use ImplementationSpecific',
    edits => {
      edits.set(path.at('pathType'), 'ImplementationSpecific');
      if (isMissing && useRegex) edits.set(useRegex, 'true');
    },
  );
}
