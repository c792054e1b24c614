import { topologyAnnotationsOf } from '../../kube/services/service';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Edits } from '../../yaml/edit';
import type { Node } from '../../yaml/node';
import { sameZoneValue } from './shared/locality';

export default defineRule({
  id: 'placement/topology-mode-deprecated',
  title: 'trafficDistribution keeps traffic in the zone, not a deprecated annotation',
  severity: 'warning',
  per: 'resource',
  kinds: ['Service'],
  since: '1.33',
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/topology-aware-routing/'],

  check(service, report, { kubernetes }) {
    const value = sameZoneValue(kubernetes);
    const annotations = topologyAnnotationsOf(service);
    const [first] = annotations;
    if (!kubernetes.atLeast('1.33') || first === undefined) return;
    const distribution = service.at('spec', 'trafficDistribution');
    const isOn = annotations.some(annotation => annotation.isOn);
    // Both at once is told by placement/topology-mode-overrides.
    if (isOn && distribution.exists) return;
    const nodes = annotations.map(({ node }) => node);
    const instead: Fix = fix(`Use trafficDistribution: ${value} instead`, edits =>
      without(nodes, edits).set(distribution, value),
    );
    const removed: Fix = fix('Remove the annotation', edits => without(nodes, edits), {
      safe: nodes.every(({ string }) => string === 'Disabled'),
    });
    report(
      first.node,
      {
        what: `'${String(first.node.key)}' is deprecated`,
        why: isOn
          ? "Kubernetes deprecated it in 1.33 and will not make it stable. 'trafficDistribution' also works with fewer than three endpoints per zone."
          : `Kubernetes deprecated it in 1.33. Its value '${first.node.text ?? ''}' turns no zone hints on.`,
        how: isOn ? `Use 'trafficDistribution: ${value}' instead.` : 'Remove the annotation.',
      },
      { fixes: [isOn ? instead : removed] },
    );
  },
});

/** Removes annotations, with the map where nothing else is in it. */
function without(nodes: readonly Node[], edits: Edits): Edits {
  const map = nodes[0]?.parent;
  if (nodes.length > 1 && map?.entries().length === nodes.length) return edits.remove(map);
  return nodes.reduce((all, node) => all.remove(node), edits);
}
