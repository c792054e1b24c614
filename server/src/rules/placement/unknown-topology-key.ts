import { affinityTermsOf } from '../../kube/pods/affinity';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { distanceOf } from '../../text/distance';

export default defineRule({
  id: 'placement/unknown-topology-key',
  title: 'Each topologyKey is a label that nodes have',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://kubernetes.io/docs/reference/labels-annotations-taints/'],

  check(workload, report) {
    const spread = podSpecOf(workload).at('topologySpreadConstraints').items();
    const keys = [...affinityTermsOf(workload).map(({ node }) => node), ...spread].map(node => node.at('topologyKey'));
    for (const key of keys) {
      const meant = key.string === undefined ? undefined : meantBy(key.string);
      if (meant === undefined) continue;
      report(
        key,
        {
          what: `Unknown topologyKey '${key.string}'`,
          why: "Nodes do not have this label, so the scheduler can't tell places apart by it.",
          how: `Use '${meant}'.`,
        },
        { fixes: [set(`Use ${meant}`, key, meant)] },
      );
    }
  },
});

const known = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'kubernetes.io/hostname'];

/** A slip, or the right word in the wrong domain. Own labels are nobody's mistake, whatever they look like. */
function meantBy(key: string): string | undefined {
  if (known.includes(key)) return undefined;
  const [domain = '', name = ''] = key.split('/');
  const misplaced = known.find(right => right.endsWith(`/${name}`));
  if (misplaced !== undefined && wrongDomains.has(domain)) return misplaced;
  return known.find(right => distanceOf(key, right, 2) !== undefined);
}

/** Domains of Kubernetes in which nobody else may put labels. The failure-domain.beta ones are still put on nodes. */
const wrongDomains = new Set([
  'kubernetes.io',
  'topology.kubernetes.io',
  'node.kubernetes.io',
  'beta.kubernetes.io',
  'failure-domain.kubernetes.io',
  'topology.beta.kubernetes.io',
]);
