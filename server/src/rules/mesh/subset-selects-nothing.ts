import { type Labels, labelsOf } from '../../kube/labels';
import { endpointLabels } from '../../kube/pods/mesh';
import { podLabelsOf, workloadKinds } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { placed } from '../../kube/view';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { servicesOf } from '../../network/calls/services';
import { addedByControllers } from '../../network/policies/labelled';
import { isAdrift } from '../../network/references/directory';
import { hostKeyOf } from '../../network/references/mesh-hosts';
import { slipOf } from '../../text/distance';
import { inWords } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/subset-selects-nothing',
  title: 'Subsets of a DestinationRule select pods',
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
        const labels = [...labelsOf(subset.at('labels'))].filter(([key]) => !isAdded(key));
        if (all.some(pod => labels.every(([key, value]) => pod.get(key) === value))) continue;
        const meant = meantBy(subset, all, rule.at('spec', 'subsets').items());
        const wanted = labels.map(([key, value]) => `${key}=${value}`);
        const written = subset.at('labels').entries();
        report(
          meant?.node ?? written.find(({ key }) => !isAdded(String(key))) ?? subset.at('name'),
          {
            what: `Subset '${subset.at('name').text ?? ''}' of Service '${behind[0]?.name.text ?? ''}' matches no pod`,
            why: `No pod of the Service has ${inWords(wanted)}: requests for the subset fail with 503.`,
            how: meant
              ? `Use '${meant.value}' if that is meant.`
              : 'Select labels that pods of the Service have, or remove the subset.',
          },
          {
            related: workloads.slice(0, 5).map(workload => ({
              at: workload.name,
              message: `Pods of ${titleOf(workload)}`,
            })),
            fixes: meant ? [use(meant.node, meant.value)] : [],
          },
        );
      }
    }
  },
});

/** Whether a label is on endpoints or pods without being written in a template. */
const isAdded = (key: string) => endpointLabels.has(key) || addedByControllers.has(key);

/** The value of the one label in which pods differ by a slip, unless another subset has it already. */
function meantBy(
  subset: Node,
  all: readonly Labels[],
  subsets: readonly Node[],
): { readonly node: Node; readonly value: string } | undefined {
  const entries = subset
    .at('labels')
    .entries()
    .filter(({ key }) => !isAdded(String(key)));
  for (const node of entries) {
    const key = String(node.key);
    const others = entries.filter(one => one !== node);
    const near = all.filter(pod => others.every(one => pod.get(String(one.key)) === one.string));
    const value = slipOf(
      node.string ?? '',
      near.flatMap(pod => pod.get(key) ?? []),
    );
    const isTaken = subsets.some(one => one !== subset && one.at('labels', key).string === value);
    if (value !== undefined && !isTaken) return { node, value };
  }
  return undefined;
}
