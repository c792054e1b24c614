import { type AnnotationUse, annotationKinds, readAnnotationsIn } from '../../kube/controllers/annotation-uses';
import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { runsWithoutPlus } from '../../kube/controllers/plus';
import { fix, remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { keyOf } from './shared/keys';

export default defineRule({
  id: 'ingress/unmet-annotation',
  title: 'Annotations have what they need: another annotation, or NGINX Plus',
  severity: 'error',
  per: 'scope',
  kinds: [...controllerKinds, ...annotationKinds],
  subjects: ['Ingress', 'Service'],
  references: ['https://github.com/nginx/kubernetes-ingress/blob/main/internal/k8s/validation.go'],

  check(scope, report) {
    const controllers = controllersIn(scope);
    for (const use of readAnnotationsIn(scope)) {
      const { resource, node, key, facts, known } = use;
      if (known === undefined || !resource.is('Ingress')) continue;
      const needed = known.marks.find(mark => mark.startsWith('needs:'))?.slice('needs:'.length);
      if (needed !== undefined && resource.annotation(needed).isEmpty) {
        const fixes = [...switchOnFix(use, needed), remove('Remove the annotation', node)];
        const message = {
          what: `'${key}' needs '${needed}'`,
          why: `Without it ${facts.title} rejects the Ingress.`,
          how: `Add '${needed}', or remove this annotation.`,
        };
        report(keyOf(node, resource), message, { fixes });
      } else if (known.marks.includes('plus') && runsWithoutPlus(facts, controllers)) {
        const message = {
          what: `'${key}' needs NGINX Plus`,
          why: `The open-source NGINX runs here, with which ${facts.title} rejects the Ingress.`,
          how: 'Remove the annotation, or run NGINX Plus.',
        };
        report(keyOf(node, resource), message, { fixes: [remove('Remove the annotation', node)] });
      }
    }
  },
});

/** A switch is `true`; the name of a Secret can't be made up. */
function switchOnFix({ resource, facts }: AnnotationUse, needed: string): Fix[] {
  if (facts.vocabulary?.annotations.find(needed)?.typeName !== 'bool') return [];
  const edit: Fix['edit'] = edits => edits.set(resource.annotation(needed), 'true');
  return [fix(`Add '${needed}'`, edit)];
}
