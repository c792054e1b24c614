import { controllersRunBy } from '../../kube/controllers/running';
import { makesPolicies, policyMakerKinds } from '../../kube/policies/policy-maker';
import { nameOf } from '../../kube/resource';
import { routeKinds } from '../../kube/services/gateway';
import { defineRule, type Message } from '../../lint/rule';
import { type Exposure, exposuresThrough } from '../../network/answers/exposure';
import { isFinal } from '../../network/answers/known-calls';
import { networkKinds } from '../../network/network-kinds';
import { networkOf } from '../../network/policies/network';
import type { Pod } from '../../network/policies/pods';
import type { Reason } from '../../network/policies/reasons';
import type { ClassId } from '../../network/policies/universe';
import type { Connections } from '../../network/sets/connections';
import { grouped } from '../../text/maps';
import { capital } from '../../text/words';
import { policiesThat } from './shared/denials';
import { exposureFix } from './shared/exposure-fix';
import { isByMistake } from './shared/mistakes';

const kinds = [...new Set([...networkKinds, ...policyMakerKinds])] as const;

export default defineRule({
  id: 'network-policy/ingress-controller-blocked',
  title: 'Policies allow the ingress controller to reach the pods behind a route',
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
      const { pod, connections } = first;
      const reason = network.reason(pod, undefined, 'ingress', connections);
      const isSlip = [undefined, ...senders].some(other =>
        isByMistake(cluster, network, { end: 'ingress', other, connections, reason }),
      );
      if (isSlip) continue;
      report(backend, messageFor(first, reason), {
        on: exposures.map(({ pod }) => pod.workload),
        related: reason.isolating.slice(0, 3).map(({ policy }) => ({
          at: policy.resource.name,
          message: `'${nameOf(policy.resource)}' isolates its pods`,
        })),
        fixes: isFinal(reason) ? [] : [exposureFix(cluster, exposures, reason, controllers)],
      });
    }
  },
});

function messageFor({ route, service, pod, connections }: Exposure, { isolating, denying }: Reason): Message {
  const closing =
    isolating.length > 0
      ? policiesThat(
          'isolates',
          isolating.map(({ policy }) => policy.resource),
        )
      : policiesThat(
          'denies',
          denying.map(({ placed }) => placed.policy.resource),
        );
  return {
    what: `No policy lets a controller reach '${nameOf(service)}' on ${connections}`,
    why: `${capital(closing)} ingress to '${nameOf(pod.workload)}', so requests of ${route.kindName} '${nameOf(route)}' fail.`,
    how: "Allow ingress from the controller's namespace.",
  };
}
