import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { classNodeOf } from '../../kube/services/ingress';
import { isDefaultClass } from '../../kube/services/ingress-class';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'ingress/class-missing',
  title: 'An Ingress has a class, or the cluster a default one',
  severity: 'info',
  per: 'scope',
  kinds: controllerKinds,
  subjects: ['Ingress'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class'],

  check(scope, report) {
    const classes = scope.of('IngressClass');
    if (classes.some(isDefaultClass)) return;
    const controllers = controllersIn(scope);
    for (const ingress of scope.of('Ingress')) {
      // Annotations of a vendor, or the only controller around, tell who takes it.
      if (classNodeOf(ingress) || controllers.of(ingress)) continue;
      const field = ingress.at('spec', 'ingressClassName');
      const names = [...new Set(classes.flatMap(({ name }) => name.string ?? []))].slice(0, 5);
      report(
        ingress.name,
        `This Ingress has no class, and no IngressClass among the manifests is marked as the default: unless the cluster has a default one, most controllers leave it alone.`,
        { fixes: names.map(name => set(`Add 'ingressClassName: ${name}'`, field, name)) },
      );
    }
  },
});
