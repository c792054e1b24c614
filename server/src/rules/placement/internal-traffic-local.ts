import { titleOf } from '../../kube/resource';
import { isHeadless } from '../../kube/services/service';
import { fix, set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';

export default defineRule({
  id: 'placement/internal-traffic-local',
  title: 'internalTrafficPolicy: Local is for what runs on every node',
  severity: 'warning',
  per: 'namespace',
  kinds: serviceKinds,
  subjects: ['Service'],
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
      if (kubernetes.atLeast('1.34')) {
        fixes.push(
          fix(
            'Prefer pods of the same node, and take others where there are none (trafficDistribution: PreferSameNode)',
            edits => edits.remove(policy).set(distribution, 'PreferSameNode'),
          ),
        );
      }
      fixes.push(set('Use every pod (internalTrafficPolicy: Cluster)', policy, 'Cluster'));
      report(
        policy,
        `'internalTrafficPolicy: Local' drops traffic from every node that runs no pod of the Service, and the ${titleOf(some)} does not run one on each node.`,
        { related: [{ at: some.name, message: 'runs where the scheduler puts it' }], fixes },
      );
    }
  },
});
