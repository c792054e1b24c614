import { poolAnnotationKinds, poolAnnotationsOf, poolsNamedIn } from '../../kube/nodes/cni-calico';
import { use } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { slipOf } from '../../text/distance';
import { listed, listedInShort } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'cni/unknown-ippool',
  title: 'Calico IP pools that pods ask for exist',
  severity: 'info',
  per: 'scope',
  kinds: [...poolAnnotationKinds, 'IPPool.projectcalico.org', 'Installation.operator.tigera.io'],
  subjects: poolAnnotationKinds,
  about: 'absence',
  references: ['https://docs.tigera.io/calico/latest/networking/ipam/legacy-firewalls'],

  check(cluster, report) {
    const pools = cluster.of('IPPool.projectcalico.org').flatMap(pool => pool.name.string ?? []);
    const isManagedElsewhere = cluster.of('Installation.operator.tigera.io').length > 0;
    if (pools.length === 0 || isManagedElsewhere) return;
    for (const resource of cluster.judged(...poolAnnotationKinds)) {
      for (const annotation of poolAnnotationsOf(resource)) {
        const unknown = (poolsNamedIn(annotation) ?? []).filter(name => isPoolName(name) && !pools.includes(name));
        if (unknown.length === 0) continue;
        report(
          annotation,
          {
            what: `IP pool ${listedInShort(unknown)} not found`,
            why: `These manifests have ${listed([...new Set(pools)].sort().slice(0, 5))}. Without the pool the pods get no address and do not start.`,
            how: 'Use a pool that exists, or add the missing one.',
          },
          { fixes: meantBy(unknown, annotation, pools) },
        );
      }
    }
  },
});

/** One name with a slip in it, written as itself. */
function meantBy(
  [name = '', ...others]: readonly string[],
  annotation: Node,
  pools: readonly string[],
): readonly Fix[] {
  const meant = slipOf(name, pools);
  const parts = annotation.string?.split(`"${name}"`) ?? [];
  if (meant === undefined || others.length > 0 || parts.length !== 2) return [];
  const start = (parts[0]?.length ?? 0) + 1;
  return [use({ in: annotation, range: { start, end: start + name.length } }, meant)];
}

/** A pool may be named by its CIDR too, and Calico makes default pools by itself. */
function isPoolName(name: string): boolean {
  return /^[a-z0-9.-]+$/.test(name) && !name.startsWith('default-');
}
