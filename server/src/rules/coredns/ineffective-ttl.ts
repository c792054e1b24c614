import { type CacheShare, cacheDefaults, cacheOf } from '../../corefile/cache';
import { clusterZonesOf, defaultKubernetesTtl, kubernetesOf } from '../../corefile/kubernetes';
import type { Directive } from '../../corefile/syntax';
import type { Amount } from '../../corefile/values';
import { isAtLeast } from '../../corefile/versions';
import type { Report } from '../../lint/rule';
import { holds } from './shared/cached-zones';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  pluginLines,
  type ReadBlock,
  readBlocks,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/ineffective-ttl',
  title: 'The cache TTL has an effect on what CoreDNS keeps',
  severity: 'info',
  options: ['kubernetes'],
  references: ['https://coredns.io/plugins/cache/', 'https://github.com/coredns/coredns/pull/8134'],

  check(view, report) {
    for (const line of linesNamed(pluginLines(view.corefile), 'cache')) tooLong(view, line, report);
    // From 1.32 on coredns/cached-cluster-zone says what is better than any number.
    if (!view.isClusterDns || view.kubernetes.atLeast('1.32')) return;
    for (const block of readBlocks(view.corefile)) longerThanRecords(view, block, report);
  },
});

const { successTtl } = cacheDefaults;

function tooLong(view: CorefileView, line: Directive, report: Report): void {
  const { coreDns } = view;
  if (coreDns === undefined || isAtLeast(coreDns.version, '1.14.4')) return;
  const { ttl, success } = cacheOf(line, view.corefile);
  for (const amount of [ttl, success?.ttl]) {
    if (amount?.value === undefined || amount.value <= successTtl || (leastOf(success) ?? 0) > successTtl) continue;
    const title = `Write ${successTtl}`;
    report(
      placeOf(view, amount.token),
      {
        what: `Cache TTL ${amount.value} is capped at ${successTtl} seconds`,
        why: `CoreDNS before 1.14.4 keeps no answer longer than ${successTtl} seconds, and a record with a shorter TTL keeps its own.`,
        how: `Write ${successTtl} or less.`,
      },
      { fixes: corefileFix(view, title, [{ range: amount.token.range, text: String(successTtl) }], { safe: true }) },
    );
  }
}

/** The least time that an answer is kept; undefined where it is the default. */
function leastOf(success: CacheShare | undefined): number | undefined {
  return success?.minTtl === undefined ? undefined : (success.minTtl.value ?? Number.POSITIVE_INFINITY);
}

function longerThanRecords(view: CorefileView, { block, lines }: ReadBlock, report: Report): void {
  const [line] = linesNamed(lines, 'cache');
  const [source] = linesNamed(lines, 'kubernetes');
  if (line === undefined || source === undefined) return;
  const cache = cacheOf(line, view.corefile);
  const kubernetes = kubernetesOf(source, view.corefile);
  const own = kubernetes.ttl === undefined ? defaultKubernetesTtl : kubernetes.ttl.value;
  const kept: Amount | undefined = cache.success?.ttl ?? cache.ttl;
  const zone = clusterZonesOf(kubernetes, block).find(candidate => holds(cache, block, candidate));
  if (zone === undefined || own === undefined || kept?.value === undefined) return;
  if (!cache.isComplete || !kubernetes.isComplete) return;
  // What is too long altogether is told already.
  if (kept.value <= own || kept.value > successTtl) return;
  // A least TTL above that of the records does extend it.
  if ((leastOf(cache.success) ?? 0) > own) return;
  report(
    placeOf(view, kept.token),
    {
      what: `Cache TTL ${kept.value} has no effect in the cluster's zone '${zone}'`,
      why: `Answers of the plugin 'kubernetes' have a TTL of ${own} seconds, and the cache only shortens a TTL, it never extends one.`,
      how: "Set 'ttl' of the plugin 'kubernetes' if clients are to keep these answers longer.",
    },
    {
      related: [
        {
          at: placeOf(view, kubernetes.ttl?.token ?? source.name),
          message: kubernetes.ttl ? 'TTL of the answers' : `The TTL is ${defaultKubernetesTtl} seconds by default`,
        },
      ],
    },
  );
}
