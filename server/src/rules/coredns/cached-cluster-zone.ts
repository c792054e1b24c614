import { type Cache, cacheDefaults, cacheOf } from '../../corefile/cache';
import { clusterZonesOf, defaultKubernetesTtl, kubernetesOf } from '../../corefile/kubernetes';
import { isAtLeast } from '../../corefile/versions';
import { withOptions } from '../../kube/dns/corefile-edit';
import { holds, isDisabled } from './shared/cached-zones';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/cached-cluster-zone',
  title: "The CoreDNS cache leaves out the cluster's own zone",
  severity: 'info',
  options: ['kubernetes'],
  references: ['https://github.com/kubernetes/kubernetes/issues/128359', 'https://coredns.io/plugins/cache/'],

  check(view, report) {
    const { corefile, coreDns } = view;
    if (!view.isClusterDns || !view.kubernetes.atLeast('1.32')) return;
    if (coreDns === undefined || !isAtLeast(coreDns.version, '1.9.4')) return;
    for (const { block, lines } of readBlocks(corefile)) {
      const [line] = linesNamed(lines, 'cache');
      const [source] = linesNamed(lines, 'kubernetes');
      // In a block that asks nobody else the cache is there for the cluster alone: that was somebody's decision.
      if (line === undefined || source === undefined || linesNamed(lines, 'forward').length === 0) continue;
      const cache = cacheOf(line, corefile);
      const kubernetes = kubernetesOf(source, corefile);
      const own = kubernetes.ttl === undefined ? defaultKubernetesTtl : kubernetes.ttl.value;
      const kept = ttlOf(cache);
      const zone = clusterZonesOf(kubernetes, block).find(
        candidate => candidate !== '.' && holds(cache, block, candidate),
      );
      if (zone === undefined || own === undefined || kept === undefined || kept <= own) continue;
      if (!cache.isComplete) continue;
      const shares = (['success', 'denial'] as const).filter(share => !isDisabled(cache, share, zone));
      const options = shares.map(share => `disable ${share} ${zone}`);
      report(
        placeOf(view, cache.ttl?.token ?? line.name),
        {
          what: `Cache holds the cluster's own zone '${zone}'`,
          why: `The plugin 'kubernetes' answers from memory with a TTL of ${own} seconds, so caching its answers saves nothing and may serve stale ones. kubeadm excludes the zone since Kubernetes 1.32.`,
          how: `Add 'disable success ${zone}' and 'disable denial ${zone}' to 'cache'.`,
        },
        {
          fixes: corefileFix(view, `Leave ${zone} out of the cache, as kubeadm does`, [
            withOptions(corefile, line, options),
          ]),
        },
      );
      return;
    }
  },
});

/** Seconds that an answer is kept at most; undefined where it is known at run time only. */
function ttlOf({ ttl, success }: Cache): number | undefined {
  const written = success?.ttl ?? ttl;
  return written === undefined ? cacheDefaults.successTtl : written.value;
}
