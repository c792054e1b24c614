import { expanded } from '../../corefile/imports';
import { nearestPlugin } from '../../corefile/plugins';
import type { Corefile, Directive, ServerBlock } from '../../corefile/syntax';
import { clusterPlugins } from '../../kube/dns/corefiles';
import type { Related } from '../../lint/rule';
import type { Range } from '../../text/range';
import { addedCache } from './shared/added-cache';
import {
  type CorefileView,
  clusterDnsBlocks,
  defineCorefileRule,
  linesNamed,
  nameOf,
  placeOf,
  placeOfKey,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-cache',
  title: "Every server block of the cluster DNS has a 'cache'",
  severity: 'warning',
  options: ['kubernetes'],
  references: [
    'https://coredns.io/plugins/cache/',
    'https://github.com/coredns/coredns/blob/master/plugin.cfg',
    'https://github.com/kubernetes/kubernetes/issues/128359',
    'https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/',
  ],

  check(view, report) {
    const { corefile } = view;
    const elsewhere = corefile.blocks.some(({ directives }) => linesNamed(directives, 'cache').length > 0)
      ? '; the cache of another block does not serve it'
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
        {
          what: `Server block '${nameOf(key)}' has no cache`,
          why: `CoreDNS ${workOf(source)} for every query again${elsewhere}.`,
          how: "Add the plugin 'cache'.",
        },
        { related: commentedOut(view, block, comments), fixes: addedCache(view, block, directives) },
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
  const found = comments[firstBehind(comments, range.start)];
  return found === undefined || found.end > range.end
    ? []
    : [{ at: placeOf(view, { range: found }), message: 'Commented out here' }];
}

/** Comments are in the order of the text, and there may be many. */
function firstBehind(comments: readonly Range[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
