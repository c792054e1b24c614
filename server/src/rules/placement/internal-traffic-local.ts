import { nameOf, titleOf } from '../../kube/resource';
import { isHeadless } from '../../kube/services/service';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';

export default defineRule({
  id: 'placement/internal-traffic-local',
  title: 'internalTrafficPolicy: Local is only for pods that run on every node',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/'],

  check(namespace, report, { kubernetes }) {
    const services = servicesOf(namespace);
    for (const service of services.all) {
      const policy = service.at('spec', 'internalTrafficPolicy');
      if (policy.string !== 'Local' || isHeadless(service)) continue;
      const workloads = services.workloadsOf(service);
      const some = workloads.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
      if (some === undefined || workloads.some(({ kind }) => kind === 'DaemonSet')) continue;
      const distribution = service.at('spec', 'trafficDistribution');
      const fixes: Fix[] = [];
      const canPrefer = kubernetes.atLeast('1.34');
      if (canPrefer) {
        fixes.push(
          fix('Prefer the same node, else others (PreferSameNode)', edits =>
            edits.remove(policy).set(distribution, 'PreferSameNode'),
          ),
        );
      }
      fixes.push(set('Use every pod (internalTrafficPolicy: Cluster)', policy, 'Cluster'));
      report(
        policy,
        {
          what: `Service '${nameOf(service)}' drops traffic on nodes without a pod of it`,
          why: `'internalTrafficPolicy: Local' uses pods of the same node only, and ${titleOf(some)} does not run one on each node.`,
          how: `Use '${canPrefer ? 'trafficDistribution: PreferSameNode' : 'internalTrafficPolicy: Cluster'}' instead.`,
        },
        { related: [{ at: some.name, message: 'Runs where the scheduler puts it' }], fixes },
      );
    }
  },
});
