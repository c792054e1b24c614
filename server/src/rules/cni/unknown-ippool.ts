import { poolAnnotationKinds, poolAnnotationsOf, poolsNamedIn } from '../../kube/nodes/cni-calico';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/unknown-ippool',
  title: 'The IP pools that pods ask for exist',
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
          `No IP pool '${unknown.join("', '")}' is among these manifests, which have '${[...new Set(pools)].sort().slice(0, 5).join("', '")}'. Without the pool these pods get no address.`,
        );
      }
    }
  },
});

/** A pool may be named by its CIDR too, and Calico makes default pools by itself. */
function isPoolName(name: string): boolean {
  return /^[a-z0-9.-]+$/.test(name) && !name.startsWith('default-');
}
