import { forwardOf } from '../../corefile/forward';
import { areSameZone } from '../../corefile/zone';
import { lineBehind } from '../../kube/dns/corefile-edit';
import {
  clusterDnsBlocks,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  readBlocks,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-loop',
  title: "A cluster DNS that forwards to the node's resolver has 'loop'",
  severity: 'info',
  references: ['https://coredns.io/plugins/loop/'],

  check(view, report) {
    if (!view.isClusterDns) return;
    const judged = new Set(clusterDnsBlocks(view));
    for (const { block, lines, isComplete } of readBlocks(view.corefile)) {
      if (!judged.has(block) || !isComplete || linesNamed(lines, 'loop').length > 0) continue;
      if (!block.keys.some(key => areSameZone(key.zone, '.'))) continue;
      const forwards = linesNamed(lines, 'forward').map(line => forwardOf(line, view.corefile));
      const upstream = forwards.flatMap(({ upstreams }) => upstreams).find(({ host }) => host === '/etc/resolv.conf');
      if (upstream === undefined) continue;
      const last = block.directives.findLast(({ name }) => ['forward', 'cache'].includes(name.text));
      report(
        placeOf(view, upstream.token),
        {
          what: "CoreDNS forwards to /etc/resolv.conf without the plugin 'loop'",
          why: 'If the resolver of the node is a local stub such as 127.0.0.53, queries loop until the memory of CoreDNS is full.',
          how: "Add 'loop', which detects this at the start and stops with a clear message.",
        },
        { fixes: corefileFix(view, "Add 'loop'", [last && lineBehind(view.corefile, last, { line: 'loop' })]) },
      );
      return;
    }
  },
});
