import { classAnnotation } from '../../kube/services/backend';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

/** Google's controller knows these two as an annotation only. */
const annotationOnly = new Set(['gce', 'gce-internal']);

export default defineRule({
  id: 'ingress/class-deprecated',
  title: 'The class of an Ingress is in ingressClassName, not in the deprecated annotation',
  severity: 'info',
  per: 'scope',
  kinds: ['Ingress', 'IngressClass'],
  subjects: ['Ingress'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation'],

  check(scope, report) {
    const classes = new Set(scope.of('IngressClass').map(({ name }) => name.text));
    for (const ingress of scope.of('Ingress')) {
      const annotation = ingress.annotation(classAnnotation);
      const field = ingress.at('spec', 'ingressClassName');
      const name = annotation.string;
      if (!name || annotationOnly.has(name) || (field.exists && field.string !== name)) continue;
      // A field names an IngressClass object, which controllers look up; the annotation names what the controller goes by.
      const isThere = classes.has(name) || field.string === name;
      const message = {
        what: `'${classAnnotation}' is deprecated`,
        why: isThere
          ? 'Since Kubernetes 1.18 the field ingressClassName replaces it.'
          : `Since Kubernetes 1.18 ingressClassName replaces it, which names an IngressClass object: '${name}' is not among the manifests.`,
        how: field.exists
          ? 'Remove the annotation.'
          : `Use ingressClassName${isThere ? '' : `, where the cluster has an IngressClass '${name}'`}.`,
      };
      report(annotation, message, {
        fixes: [
          fix(
            field.exists ? 'Remove the annotation' : `Use 'ingressClassName: ${name}'`,
            edits => (field.exists ? edits : edits.set(field, name)).remove(annotation),
            { safe: isThere },
          ),
        ],
      });
    }
  },
});
