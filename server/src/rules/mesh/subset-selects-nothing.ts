import { labelsOf } from '../../kube/labels';
import { podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { placed } from '../../kube/view';
import { defineRule } from '../../lint/rule';
import { servicesOf } from '../../network/calls/services';
import { isAdrift } from '../../network/references/directory';
import { hostKeyOf } from '../../network/references/mesh-hosts';

export default defineRule({
  id: 'mesh/subset-selects-nothing',
  title: 'Each subset of a DestinationRule has pods',
  severity: 'warning',
  per: 'scope',
  kinds: ['DestinationRule.networking.istio.io', 'Service', ...workloadKinds],
  subjects: ['DestinationRule.networking.istio.io'],
  about: 'absence',
  references: ['https://istio.io/latest/docs/reference/config/analysis/ist0173/'],

  check(cluster, report) {
    const services = placed(cluster, 'Service');
    // Pods of which nobody says where they land may be in this namespace too.
    const adrift = cluster.of(...workloadKinds).filter(workload => isAdrift(workload, cluster.namespaceOf(workload)));
    for (const rule of cluster.judged('DestinationRule.networking.istio.io')) {
      const home = cluster.namespaceOf(rule);
      const behind = services.get(hostKeyOf(rule.at('spec', 'host').string ?? '', home) ?? '') ?? [];
      const workloads = behind.flatMap(service => servicesOf(cluster.namespaceOf(service)).workloadsOf(service));
      if (workloads.length === 0) continue;
      const all = [...new Set([...workloads, ...adrift])].map(podLabelsOf);
      for (const subset of rule.at('spec', 'subsets').items()) {
        const labels = [...labelsOf(subset.at('labels'))];
        if (all.some(pod => labels.every(([key, value]) => pod.get(key) === value))) continue;
        const wanted = labels.map(([key, value]) => `${key}=${value}`).join(',');
        report(
          subset.at('labels').entries()[0] ?? subset.at('name'),
          `No pod behind Service '${behind[0]?.name.text ?? ''}' has ${wanted}: requests for subset '${subset.at('name').text ?? ''}' fail with 503.`,
          {
            related: workloads.slice(0, 5).map(workload => ({
              at: workload.name,
              message: `The pods of ${titleOf(workload)}`,
            })),
          },
        );
      }
    }
  },
});
