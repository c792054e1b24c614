import { classAnnotation } from '../../kube/services/backend';
import { classNodeOf } from '../../kube/services/ingress';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';

export default defineRule({
  id: 'ingress/unknown-class',
  title: 'The class of an Ingress is one that there is',
  severity: 'warning',
  per: 'scope',
  kinds: ['Ingress', 'IngressClass'],
  subjects: ['Ingress'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class'],

  check(scope, report) {
    const classes = new Set(scope.of('IngressClass').flatMap(({ name }) => name.string ?? []));
    for (const ingress of scope.of('Ingress')) {
      const node = classNodeOf(ingress);
      const name = node?.string ?? '';
      // Charts bring classes too, so that a name is wrong only when it is a slip away from one that is here.
      const near = nearest(name, classes);
      if (node === undefined || near === undefined) continue;
      const what = node.key === classAnnotation ? 'annotation names' : 'Ingress has';
      report(
        node,
        `This ${what} the class '${name}', and no IngressClass is called so: no controller takes it. Did you mean '${near}'?`,
        { fixes: choose(node, near) },
      );
    }
  },
});
