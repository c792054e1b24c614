import { classAnnotation } from '../../kube/services/backend';
import { fix, remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'ingress/class-conflict',
  title: 'The class of an Ingress is written once, or twice alike',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation'],

  check(ingress, report, target) {
    const field = ingress.at('spec', 'ingressClassName');
    const annotation = ingress.annotation(classAnnotation);
    if (!field.string || annotation.string === undefined) return;
    const areAlike = field.string === annotation.string;
    if (areAlike && target.kubernetes.atLeast('1.27')) return;
    const other = annotation.string;
    const what = areAlike
      ? `The class '${field.string}' is in 'ingressClassName' and in the annotation '${classAnnotation}'`
      : `'ingressClassName' says '${field.string}', and the annotation '${classAnnotation}' says '${other}'`;
    const fixes: Fix[] = [remove(`Keep '${field.string}' and remove the annotation`, annotation)];
    if (!areAlike && other !== '') {
      const title = `Use '${other}' and remove the annotation`;
      fixes.push(fix(title, edits => edits.set(field, other).remove(annotation)));
    }
    report(annotation, `${what}: the API server rejects the Ingress when it is created.`, {
      related: [{ at: field, message: `The class as a field: '${field.string}'` }],
      fixes,
    });
  },
});
