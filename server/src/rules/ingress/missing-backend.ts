import type { Resource } from '../../kube/resource';
import { albAction, annotationBackendsOf, ingressBackendsOf } from '../../kube/services/backend';
import { choose } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import {
  type Claim,
  Directory,
  isAdrift,
  makerKinds,
  type Register,
  whereabouts,
  withoutConsensus,
} from '../../network/references/directory';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'ingress/missing-backend',
  title: 'The Services that an Ingress sends requests to exist',
  severity: 'error',
  per: 'namespace',
  kinds: ['Ingress', 'Service', ...makerKinds],
  subjects: ['Ingress'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource'],

  check(namespace, report) {
    const services = new Directory(namespace, 'Service');
    const ingresses = namespace.of('Ingress');
    const own = namespace.judged('Ingress');
    for (const ingress of own) checkActions(ingress, report);
    if (!own.some(ingress => claimsOf(ingress, services).length > 0)) return;
    const claims = ingresses.flatMap(ingress => claimsOf(ingress, services));
    for (const { name, node, user, reachesOthers } of withoutConsensus(claims)) {
      const near = services.nearby(name);
      // Many Ingresses in a namespace that nobody names may be as many applications: one that reaches nothing at all
      // may have its Services elsewhere.
      const isPlain = !isAdrift(user, namespace) || reachesOthers || ingresses.length === 1 || near !== undefined;
      const there = services.elsewhere(name);
      const message = {
        what: `Service '${name}' not found`,
        why: `It is missing from ${whereabouts(user, namespace)}, and an Ingress reaches no other Services: these requests get an error.`,
        how: there
          ? `Move the Ingress to namespace '${there}', which has the Service, or add one here.`
          : `${near ? `Use '${near}'` : 'Use a Service that exists'}, or add this one.`,
      };
      report(node, message, {
        among: ['Service'],
        severity: isPlain ? 'error' : 'warning',
        fixes: there ? [] : choose(node, near),
      });
    }
  },
});

interface BackendClaim extends Claim {
  readonly node: Node;
  readonly reachesOthers: boolean;
}

function claimsOf(ingress: Resource, services: Register): BackendClaim[] {
  const names = ingressBackendsOf(ingress).map(({ service }) => ({ node: service, name: service.text ?? '' }));
  const reachesOthers = names.some(({ name }) => services.find(name).length > 0);
  return names
    .filter(({ name }) => services.lacks(name, ingress))
    .map(({ name, node }) => ({ name, node, user: ingress, directory: services, reachesOthers }));
}

/** `use-annotation` makes the AWS Load Balancer Controller look for an annotation of this very Ingress. */
function checkActions(ingress: Resource, report: Report): void {
  const keys = ingress.at('metadata', 'annotations').entries();
  const actions = keys
    .map(annotation => String(annotation.key))
    .flatMap(key => (key.startsWith(albAction) ? [key.slice(albAction.length)] : []));
  for (const { service } of annotationBackendsOf(ingress)) {
    const name = service.text ?? '';
    if (actions.includes(name)) continue;
    const near = nearest(name, actions);
    const message = {
      what: `Annotation 'actions.${name}' not found`,
      why: `With the port 'use-annotation' the AWS Load Balancer Controller looks for '${albAction}${name}' on this Ingress, and fails to set up its rules.`,
      how: near ? `Use '${near}', or add the annotation.` : 'Add the annotation, or use a Service and its port.',
    };
    report(service, message, { fixes: choose(service, near) });
  }
}
