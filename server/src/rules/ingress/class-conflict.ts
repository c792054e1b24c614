import { classAnnotation } from '../../kube/services/backend';
import { fix, remove } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';

export default defineRule({
  id: 'ingress/class-conflict',
  title: 'ingressClassName and the class annotation of an Ingress do not conflict',
  severity: 'error',
  per: 'resource',
  kinds: ['Ingress'],
  options: ['kubernetes'],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation',
    'https://github.com/kubernetes/kubernetes/pull/115447',
  ],

  check(ingress, report, target) {
    const field = ingress.at('spec', 'ingressClassName');
    const annotation = ingress.annotation(classAnnotation);
    if (!field.string || annotation.string === undefined) return;
    const areAlike = field.string === annotation.string;
    if (areAlike && target.kubernetes.atLeast('1.27')) return;
    const other = annotation.string;
    const name = `Ingress '${ingress.name.text ?? ''}'`;
    const message = {
      what: areAlike ? `${name} has its class twice` : `${name} has two classes, '${field.string}' and '${other}'`,
      why: areAlike
        ? `Before Kubernetes 1.27 the API server rejects a new Ingress that has both ingressClassName and '${classAnnotation}'.`
        : `The API server rejects the Ingress when it is created: ingressClassName and '${classAnnotation}' differ.`,
      how: 'Remove the annotation.',
    };
    const fixes: Fix[] = [remove(`Keep '${field.string}' and remove the annotation`, annotation)];
    if (!areAlike && other !== '') {
      const title = `Use '${other}' and remove the annotation`;
      fixes.push(fix(title, edits => edits.set(field, other).remove(annotation)));
    }
    report(annotation, message, {
      related: [{ at: field, message: `Class '${field.string}' in ingressClassName` }],
      fixes,
    });
  },
});
