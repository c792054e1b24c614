import { classNodeOf } from '../../kube/services/ingress';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';

export default defineRule({
  id: 'ingress/unknown-class',
  title: 'The IngressClass of an Ingress exists',
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
      const message = {
        what: `IngressClass '${name}' not found`,
        why: `No controller serves Ingress '${ingress.name.text ?? ''}'.`,
        how: `Use '${near}'.`,
      };
      report(node, message, { fixes: choose(node, near) });
    }
  },
});
