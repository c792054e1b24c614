import { expanded } from '../../corefile/imports';
import { clusterZonesOf, kubernetesOf } from '../../corefile/kubernetes';
import { nearestPlugin } from '../../corefile/plugins';
import type { Corefile, Directive, ServerBlock } from '../../corefile/syntax';
import { isAtLeast } from '../../corefile/versions';
import { areSameZone } from '../../corefile/zone';
import { clusterPlugins } from '../../kube/corefile';
import { editCorefile, lastLine, lineBehind, type NewLine } from '../../kube/corefile-edit';
import type { Fix, Related } from '../../lint/rule';
import type { Range } from '../../text/range';
import {
  type CorefileView,
  clusterDnsBlocks,
  defineCorefileRule,
  linesNamed,
  nameOf,
  placeOf,
  placeOfKey,
} from './corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-cache',
  title: 'Every server block of the cluster DNS caches answers',
  severity: 'warning',
  references: [
    'https://coredns.io/plugins/cache/',
    'https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/',
  ],

  check(view, report) {
    const { corefile } = view;
    const elsewhere = corefile.blocks.some(({ directives }) => linesNamed(directives, 'cache').length > 0)
      ? ' The cache of another block does not serve it.'
      : '';
    const comments = cacheComments(corefile);
    for (const block of clusterDnsBlocks(view)) {
      const [key] = block.keys;
      const { directives, isComplete } = expanded(block.directives, corefile);
      const source = sourceOf(directives);
      if (key === undefined || !isComplete || source === undefined) continue;
      // A misspelt 'cache' is told as what it is.
      if (directives.some(({ name: { text } }) => text === 'cache' || nearestPlugin(text) === 'cache')) continue;
      report(
        placeOfKey(view, key),
        `The server block '${nameOf(key)}' has no cache, so CoreDNS ${workOf(source)} for every query again.${elsewhere} Add the plugin 'cache' to it.`,
        { related: commentedOut(view, block, comments), fixes: fixesOf(view, block, directives) },
      );
    }
  },
});

/** The line that makes the block need a cache. A stub block that holds its records itself needs none. */
function sourceOf(directives: readonly Directive[]): Directive | undefined {
  const named = (names: readonly string[]) => directives.find(({ name }) => names.includes(name.text));
  return named(['forward', 'proxy', 'grpc']) ?? named(clusterPlugins);
}

function workOf({ name, args }: Directive): string {
  if (clusterPlugins.some(plugin => plugin === name.text)) return 'looks the answer up';
  const [, first, ...others] = args;
  if (first === undefined || others.length > 0) return 'asks its upstream servers';
  return `asks '${first.text}'`;
}

/** Lines like `# cache 30`. */
function cacheComments({ text, comments }: Corefile): readonly Range[] {
  return comments.filter(({ start, end }) => /^#\s*cache(?:\s|$)/.test(text.slice(start, Math.min(end, start + 40))));
}

function commentedOut(view: CorefileView, { range }: ServerBlock, comments: readonly Range[]): readonly Related[] {
  const found = comments.find(({ start, end }) => start > range.start && end <= range.end);
  return found === undefined
    ? []
    : [{ at: placeOf(view, { range: found }), message: 'Here it is commented out, which counts as missing.' }];
}

function fixesOf(view: CorefileView, block: ServerBlock, directives: readonly Directive[]): readonly Fix[] {
  const zone = upstreamZone(view, block, directives);
  const plain = { title: "Add 'cache 30'", line: { line: 'cache 30' } };
  const upstream = zone && {
    title: `Add 'cache 30' as kubeadm has it since 1.32: not for ${zone}, whose records CoreDNS holds in memory`,
    line: { line: 'cache 30', block: [`disable success ${zone}`, `disable denial ${zone}`] },
  };
  return [...(upstream ? [upstream] : []), plain].flatMap(({ title, line }, index): Fix[] => {
    const change = lineIn(view.corefile, block, line);
    if (change === undefined) return [];
    const edit: Fix['edit'] = edits => editCorefile(edits, view.node, [change]);
    return [{ title, safe: false, ...(index === 0 && { preferred: true }), edit }];
  });
}

/** Behind the last line that asks for answers, where upstream has it; the order does not matter to CoreDNS. */
function lineIn(corefile: Corefile, block: ServerBlock, line: NewLine) {
  const last = block.directives.findLast(({ name }) =>
    ['forward', 'proxy', 'grpc', ...clusterPlugins].includes(name.text),
  );
  return (last && lineBehind(corefile, last, line)) ?? lastLine(corefile, block, line);
}

/** The cluster's zone in a block like the one of kubeadm 1.32 and later: the root, for Services and the world. */
function upstreamZone(view: CorefileView, block: ServerBlock, directives: readonly Directive[]): string | undefined {
  const isNewEnough = view.kubernetes.atLeast('1.32') && view.coreDns && isAtLeast(view.coreDns.version, '1.9.4');
  if (isNewEnough !== true || !block.keys.some(key => areSameZone(key.zone, '.'))) return undefined;
  if (!directives.some(({ name }) => name.text === 'forward')) return undefined;
  const kubernetes = directives.find(({ name }) => name.text === 'kubernetes');
  if (kubernetes === undefined) return undefined;
  const zones = clusterZonesOf(kubernetesOf(kubernetes, view.corefile), block).filter(zone => !areSameZone(zone, '.'));
  return zones.length === 1 && zones[0] !== undefined && !/[{}$%]/.test(zones[0]) ? zones[0] : undefined;
}
