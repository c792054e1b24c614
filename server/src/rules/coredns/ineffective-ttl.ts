import { cacheDefaults, cacheOf } from '../../corefile/cache';
import { clusterZonesOf, defaultKubernetesTtl, kubernetesOf } from '../../corefile/kubernetes';
import type { Directive } from '../../corefile/syntax';
import type { Amount } from '../../corefile/values';
import { isAtLeast } from '../../corefile/versions';
import type { Report } from '../../lint/rule';
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
  title: 'The TTL of a cache is one that CoreDNS honours',
  severity: 'info',
  references: ['https://coredns.io/plugins/cache/', 'https://github.com/coredns/coredns/pull/8134'],

  check(view, report) {
    for (const line of linesNamed(pluginLines(view.corefile), 'cache')) tooLong(view, line, report);
    // From 1.32 on coredns/cached-cluster-zone says what is better than any number.
    if (view.role !== 'cluster' || view.kubernetes.atLeast('1.32')) return;
    for (const block of readBlocks(view.corefile)) longerThanRecords(view, block, report);
  },
});

const { successTtl } = cacheDefaults;

function tooLong(view: CorefileView, line: Directive, report: Report): void {
  const { coreDns } = view;
  if (coreDns === undefined || isAtLeast(coreDns.version, '1.14.4')) return;
  const { ttl, success } = cacheOf(line, view.corefile);
  for (const amount of [ttl, success?.ttl]) {
    if (amount?.value === undefined || amount.value <= successTtl) continue;
    const title = `Write ${successTtl}`;
    report(
      placeOf(view, amount.token),
      `CoreDNS before 1.14.4 keeps no answer longer than ${successTtl} seconds, so ${amount.value} means ${successTtl}; and a record with a shorter TTL keeps its own, as the number only caps.`,
      { fixes: corefileFix(view, title, [{ range: amount.token.range, text: String(successTtl) }], { safe: true }) },
    );
  }
}

function longerThanRecords(view: CorefileView, { block, lines }: ReadBlock, report: Report): void {
  const [line] = linesNamed(lines, 'cache');
  const [source] = linesNamed(lines, 'kubernetes');
  if (line === undefined || source === undefined) return;
  const cache = cacheOf(line, view.corefile);
  const kubernetes = kubernetesOf(source, view.corefile);
  const own = kubernetes.ttl === undefined ? defaultKubernetesTtl : kubernetes.ttl.value;
  const kept: Amount | undefined = cache.success?.ttl ?? cache.ttl;
  const [zone] = clusterZonesOf(kubernetes, block);
  if (zone === undefined || own === undefined || kept?.value === undefined) return;
  // What is too long altogether is told already.
  if (kept.value <= own || kept.value > successTtl) return;
  report(
    placeOf(view, kept.token),
    `For names in ${zone} these ${kept.value} seconds have no effect: answers of the plugin 'kubernetes' live ${own} seconds, and a cache only caps. Its own 'ttl' decides how long clients and caches keep them.`,
    {
      related: [
        {
          at: placeOf(view, kubernetes.ttl?.token ?? source.name),
          message: kubernetes.ttl ? 'Their TTL.' : `Without a 'ttl' it is ${defaultKubernetesTtl} seconds.`,
        },
      ],
    },
  );
}
