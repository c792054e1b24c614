import { annotationKinds, readAnnotationsIn } from '../../kube/controllers/annotation-uses';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { snippetVerdict } from '../../kube/controllers/snippets';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { capital } from '../../text/words';
import { keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/refused-snippet',
  title: 'Snippet annotations are used only where the controller accepts them',
  severity: 'warning',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress'],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-snippets/',
  ],

  check(scope, report) {
    const controllers = controllersIn(scope);
    for (const use of readAnnotationsIn(scope)) {
      if (use.known?.typeName !== 'snippet' || !use.resource.is('Ingress')) continue;
      const result = snippetVerdict(use, controllers);
      if (result.verdict === 'read') continue;
      const isRefused = result.verdict === 'refused';
      const message = {
        what: `Snippet '${use.name}' is rejected${isRefused ? '' : ' by default'}`,
        why: `${capital(use.facts.title)} ${result.why}. Otherwise it rejects the whole Ingress.`,
        how: 'Remove the snippet, or allow snippets for the whole cluster.',
      };
      report(keyOf(use.node, use.resource), message, {
        ...(isRefused ? {} : { severity: 'info' }),
        fixes: [remove('Remove the snippet', use.node)],
      });
    }
  },
});
