import type { Directive, ServerBlock } from '../../corefile/syntax';
import { withoutLine } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, placeOfKey, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/repeated-health',
  title: "Only one server block opens the 'health' endpoint",
  severity: 'warning',
  references: ['https://coredns.io/plugins/health/', 'https://github.com/coredns/coredns/commit/768ca99c5'],

  check(view, report) {
    if (view.corefile.isTemplate) return;
    const first = new Map<string, Directive>();
    for (const { block, lines } of readBlocks(view.corefile)) {
      const [line] = linesNamed(lines, 'health');
      if (line === undefined || line.args.some(({ isDynamic }) => isDynamic)) continue;
      const address = line.args[0]?.text ?? ':8080';
      const earlier = first.get(address);
      if (earlier === undefined) {
        first.set(address, line);
        continue;
      }
      // A snippet that both blocks import has the line once: then the import is the fault, so the block is named.
      const isHere = block.directives.includes(line);
      report(
        isHere ? placeOf(view, line.name) : placeOfBlock(block, line),
        {
          what: `Two server blocks open the health endpoint on '${address}'`,
          why: 'CoreDNS starts since 1.6.6, but does not support this: which of the two answers a probe is chance.',
          how: "Keep one 'health', which answers for the whole process.",
        },
        {
          related: [{ at: placeOf(view, earlier.name), message: "The first 'health'" }],
          fixes: isHere ? corefileFix(view, "Remove this 'health'", [withoutLine(view.corefile, line)]) : [],
        },
      );
    }

    function placeOfBlock({ keys: [key] }: ServerBlock, line: Directive) {
      return key === undefined ? placeOf(view, line.name) : placeOfKey(view, key);
    }
  },
});
