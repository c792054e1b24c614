import { controllersIn } from '../../kube/controllers/in-scope';
import { platformKinds, takesAnyIngress } from '../../kube/controllers/own-ingress';
import { classNodeOf } from '../../kube/services/ingress';
import { isDefaultClass } from '../../kube/services/ingress-class';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/class-missing',
  title: 'An Ingress has a class, or the cluster has a default one',
  severity: 'info',
  per: 'scope',
  kinds: platformKinds,
  subjects: ['Ingress'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class'],

  check(scope, report) {
    const classes = scope.of('IngressClass');
    const classless = scope.of('Ingress').filter(ingress => !classNodeOf(ingress));
    if (classless.length === 0 || classes.some(isDefaultClass) || takesAnyIngress(scope)) return;
    const controllers = controllersIn(scope);
    for (const ingress of classless) {
      // Annotations of a vendor, or the only controller around, tell who takes it.
      if (controllers.of(ingress)) continue;
      const field = ingress.at('spec', 'ingressClassName');
      const names = [...new Set(classes.flatMap(({ name }) => name.string ?? []))].slice(0, 5);
      const message = {
        what: `Ingress '${ingress.name.text ?? ''}' has no class`,
        why: 'No IngressClass in sight is the default: unless the cluster has one, most controllers ignore the Ingress.',
        how: 'Set ingressClassName, or mark an IngressClass as the default.',
      };
      report(ingress.name, message, {
        fixes: names.map(name => set(`Add 'ingressClassName: ${name}'`, field, name)),
      });
    }
  },
});
