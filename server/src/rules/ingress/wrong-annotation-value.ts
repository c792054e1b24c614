import { annotationKinds, readAnnotationsIn } from '../../kube/controllers/annotation-uses';
import type { ControllerFacts } from '../../kube/controllers/facts/controller';
import { type Controllers, controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { use } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital } from '../../text/words';
import { excerpt, isFilledIn } from './shared/keys';

export default defineRule({
  id: 'ingress/wrong-annotation-value',
  title: 'Annotations of an ingress controller have valid values',
  severity: 'warning',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress', 'Service'],
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/',
    'https://github.com/nginx/kubernetes-ingress/blob/main/internal/k8s/validation.go',
  ],

  check(scope, report) {
    const lax = laxIn(controllersIn(scope));
    for (const { resource, node, key, name, facts, known } of readAnnotationsIn(scope)) {
      const value = node.string;
      const wrong = facts.vocabulary?.onWrongValue;
      if (known === undefined || wrong === undefined || value === undefined || !known.on.includes(resource.kind))
        continue;
      if (value.trim() === '' || known.type.accepts(value) || lax.includes(facts)) continue;
      // Load-balancing methods have a rule of their own.
      if (facts.balance.settings.some(setting => setting.key === key)) continue;
      const meant = known.type.meant?.(value) ?? nearest(value.trim(), known.type.values);
      if (isFilledIn(value, meant)) continue;
      const fixes: Fix[] = meant ? [use(node, meant)] : [];
      const message = {
        what: `Invalid value ${excerpt(value, 25)} for '${name}'`,
        why: `${capital(facts.title)} ${wrong.consequence}.`,
        how: `Use ${meant ? `'${meant}': it takes ` : ''}${known.type.takes}.`,
      };
      report(node, message, { severity: wrong.severity, fixes });
    }
  },
});

/** Controllers that are told not to look. */
function laxIn({ known }: Controllers): ControllerFacts[] {
  return known
    .filter(({ workloads }) => workloads.some(({ flags }) => flags.get('enable-annotation-validation') === 'false'))
    .map(({ facts }) => facts);
}
