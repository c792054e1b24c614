import { type Cache, cacheDefaults, cacheOf } from '../../corefile/cache';
import { clusterZonesOf, defaultKubernetesTtl, kubernetesOf } from '../../corefile/kubernetes';
import type { ServerBlock } from '../../corefile/syntax';
import { isAtLeast } from '../../corefile/versions';
import { isInZone } from '../../corefile/zone';
import { withOptions } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/cached-cluster-zone',
  title: "The cache leaves out the cluster's zone, which CoreDNS holds in memory",
  severity: 'info',
  references: ['https://github.com/kubernetes/kubernetes/issues/128359', 'https://coredns.io/plugins/cache/'],

  check(view, report) {
    const { corefile, coreDns } = view;
    if (view.role !== 'cluster' || !view.kubernetes.atLeast('1.32')) return;
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
      if (
        !cache.isComplete ||
        cache.disabled.some(({ share, zones }) => share === 'success' && isListed(zones, zone))
      ) {
        continue;
      }
      const shares = (['success', 'denial'] as const).filter(
        share => !cache.disabled.some(other => other.share === share && isListed(other.zones, zone)),
      );
      const options = shares.map(share => `disable ${share} ${zone}`);
      report(
        placeOf(view, cache.ttl?.token ?? line.name),
        `For names in ${zone} this cache gains nothing: the plugin 'kubernetes' answers from memory, its answers live ${own} seconds whatever is written here, and cached ones may be out of date. Since Kubernetes 1.32 kubeadm leaves the cluster's zone out of the cache.`,
        {
          fixes: corefileFix(view, `Leave ${zone} out of the cache, as kubeadm does`, [
            withOptions(corefile, line, options),
          ]),
        },
      );
    }
  },
});

/** Seconds that an answer is kept at most; undefined where it is known at run time only. */
function ttlOf({ ttl, success }: Cache): number | undefined {
  const written = success?.ttl ?? ttl;
  return written === undefined ? cacheDefaults.successTtl : written.value;
}

/** Whether the cache is for this zone: no zones mean those of the server block. */
function holds({ zones }: Cache, block: ServerBlock, zone: string): boolean {
  const written = zones.length > 0 ? zones.map(({ text }) => text) : block.keys.map(key => key.zone);
  return written.some(outer => isInZone(zone, outer));
}

function isListed(zones: readonly { readonly text: string }[], zone: string): boolean {
  return zones.length === 0 || zones.some(({ text }) => isInZone(zone, text));
}
