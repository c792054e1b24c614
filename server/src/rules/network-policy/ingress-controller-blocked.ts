import { controllersRunBy } from '../../kube/controllers/running';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf } from '../../kube/resource';
import { routeKinds } from '../../kube/services/gateway';
import { defineRule } from '../../lint/rule';
import { type Exposure, exposuresThrough } from '../../network/answers/exposure';
import { isFinal } from '../../network/answers/known-calls';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Pod } from '../../network/policies/pods';
import type { Reason } from '../../network/policies/reasons';
import type { ClassId } from '../../network/policies/universe';
import type { Connections } from '../../network/sets/connections';
import { grouped } from '../../text/maps';
import { listedInShort } from '../../text/words';
import { exposureFix } from './shared/exposure-fix';

const kinds = [...new Set([...networkKinds, ...policyMakerKinds])] as const;

export default defineRule({
  id: 'network-policy/ingress-controller-blocked',
  title: 'Pods behind a route are open to the controller that serves it',
  severity: 'info',
  per: 'scope',
  kinds,
  subjects: ['Ingress', ...routeKinds],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],

  check(cluster, report) {
    if (cluster.of('NetworkPolicy').length === 0) return;
    if (cluster.of(...policyMakerKinds).some(makesPolicies)) return;
    const network = networkOf(cluster);
    const controllers = network.peers
      .flatMap(({ pods }) => pods)
      .filter(({ workload }) => controllersRunBy(workload).length > 0);
    // No policy tells pods of a class apart.
    const senders = [...new Map(controllers.map(pod => [network.classOf(pod), pod])).values()];
    const known = new Map<ClassId, readonly Connections[]>();
    const possibleTo = (pod: Pod) => {
      const id = network.classOf(pod);
      const from = () => senders.map(sender => network.between(sender, pod).possible);
      const possible = known.get(id) ?? [network.possibleFromAnybody(pod), ...from()];
      known.set(id, possible);
      return possible;
    };
    const exposed = exposuresThrough(route => cluster.judges(route), cluster, network);
    const byBackend = grouped(exposed, ({ backend }) => backend);
    for (const [backend, exposures] of byBackend) {
      const isShut = exposures.every(({ pod, connections }) =>
        possibleTo(pod).every(possible => possible.intersect(connections).isEmpty),
      );
      const [first] = exposures;
      if (!isShut || first === undefined) continue;
      const reason = network.reason(first.pod, undefined, 'ingress', first.connections);
      report(backend, messageFor(first, reason), {
        on: exposures.map(({ pod }) => pod.workload),
        related: reason.isolating.slice(0, 3).map(({ policy }) => ({
          at: policy.resource.name,
          message: `'${nameOf(policy.resource)}' isolates '${nameOf(first.pod.workload)}'`,
        })),
        fixes: isFinal(reason) ? [] : [exposureFix(cluster, exposures, reason, controllers)],
      });
    }
  },
});

function messageFor({ route, service, pod, connections }: Exposure, { isolating, denying }: Reason): string {
  const pods = nameOf(pod.workload);
  const who =
    isolating.length > 0
      ? isolating.map(({ policy }) => policy.resource)
      : denying.map(({ placed }) => placed.policy.resource);
  return `${route.kindName} '${nameOf(route)}' sends to '${nameOf(service)}', and no policy lets a controller reach its pods on ${connections}: policy ${listedInShort(who.map(nameOf))} isolates '${pods}' for ingress. Let the controller's namespace in.`;
}
