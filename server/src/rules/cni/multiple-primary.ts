import { chainsCnis, type PrimaryCni, primaryCniOf } from '../../kube/nodes/cni';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'cni/multiple-primary',
  title: 'A cluster has one primary CNI',
  severity: 'warning',
  per: 'scope',
  kinds: ['DaemonSet', 'ConfigMap'],
  references: ['https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/'],

  check(cluster, report) {
    const found = cluster.of('DaemonSet').flatMap(daemonSet => {
      const cni = primaryCniOf(daemonSet);
      return cni ? [{ daemonSet, cni }] : [];
    });
    const [first] = found;
    const second = found.find(({ cni }) => first !== undefined && !areAlternatives(cni, first.cni));
    if (first === undefined || second === undefined) return;
    if (cluster.of('DaemonSet', 'ConfigMap').some(chainsCnis)) return;
    report(
      second.daemonSet.name,
      {
        what: `Two primary CNIs in one cluster: ${second.cni} and ${first.cni}`,
        why: 'Both write to /etc/cni/net.d, and the file whose name sorts first decides which one connects a pod.',
        how: 'Keep one of them, or chain them on purpose.',
      },
      { related: [{ at: first.daemonSet.name, message: `DaemonSet of ${first.cni}` }] },
    );
  },
});

/** Canal is made of the others: their files share most objects, so that side by side they are a choice. */
function areAlternatives(a: PrimaryCni, b: PrimaryCni): boolean {
  return a === b || (a === 'Canal' && b === 'Calico') || (a === 'Calico' && b === 'Canal');
}
