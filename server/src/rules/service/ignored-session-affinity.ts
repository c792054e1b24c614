import { controllerKinds, controllersIn } from '../../kube/controllers/in-scope';
import { nameOf, type Resource } from '../../kube/resource';
import { ingressBackendsOf } from '../../kube/services/backend';
import { isHeadless } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { callKinds, isCalled } from '../../network/calls/calls';
import { add } from '../../text/maps';

/** Controllers that send requests to the pods themselves, past the Service and its affinity. */
const dialsPods = new Set(['ingress-nginx', 'f5-nginx', 'traefik']);

/** Annotations of an Ingress or Service that make these controllers use the address of the Service after all. */
const usesAddress = [
  'nginx.ingress.kubernetes.io/service-upstream',
  'nginx.org/use-cluster-ip',
  'traefik.ingress.kubernetes.io/service.nativelb',
];

export default defineRule({
  id: 'service/ignored-session-affinity',
  title: 'Session affinity of a Service is not bypassed by its Ingress',
  severity: 'info',
  per: 'scope',
  kinds: [...callKinds, ...controllerKinds, 'Service'],
  subjects: ['Service'],
  references: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity'],

  check(scope, report) {
    const sticky = scope.judged('Service').filter(service => {
      const isInner = (service.at('spec', 'type').string ?? 'ClusterIP') === 'ClusterIP' && !isHeadless(service);
      return isInner && service.at('spec', 'sessionAffinity').string === 'ClientIP' && !isUsingAddress(service);
    });
    if (sticky.length === 0) return;
    const controllers = controllersIn(scope);
    const users = new Map<string, Resource[]>();
    for (const ingress of scope.of('Ingress')) {
      for (const { service } of ingressBackendsOf(ingress)) {
        const key = `${scope.namespaceOf(ingress).name}/${service.text}`;
        add(users, key, ingress);
      }
    }
    for (const service of sticky) {
      const ingresses = users.get(`${scope.namespaceOf(service).name}/${service.name.text}`) ?? [];
      const [first] = ingresses;
      const facts = first && controllers.of(first)?.facts;
      const areBypassed = ingresses.every(
        ingress => dialsPods.has(controllers.of(ingress)?.facts.id ?? '') && !isUsingAddress(ingress),
      );
      if (first === undefined || facts === undefined || !areBypassed || isCalled(service, scope)) continue;
      const node = service.at('spec', 'sessionAffinity');
      report(
        node,
        {
          what: `Session affinity of Service '${nameOf(service)}' has no effect`,
          why: `With ${facts.title}, requests of Ingress '${nameOf(first)}' go straight to the pods, past the Service: clients do not stick to a pod.`,
          how: 'Use the cookie affinity of the Ingress controller instead.',
        },
        {
          related: [{ at: first.name, message: `Ingress '${nameOf(first)}' sends requests to this Service` }],
          fixes: [removeAffinity(service)],
        },
      );
    }
  },
});

function isUsingAddress(resource: Resource): boolean {
  return usesAddress.some(key => resource.annotation(key).text === 'true');
}

/** Without an affinity its settings are refused. */
function removeAffinity(service: Resource): Fix {
  const settings = service.at('spec', 'sessionAffinityConfig');
  return fix('Remove the session affinity', edits => {
    edits.remove(service.at('spec', 'sessionAffinity'));
    if (settings.exists) edits.remove(settings);
  });
}
