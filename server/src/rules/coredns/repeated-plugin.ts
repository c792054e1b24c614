import { pluginNamed } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { withoutLine } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, linesNamed, placeOf, readBlocks } from './shared/corefile-rule';
import { isRefused } from './shared/twins';

export default defineCorefileRule({
  id: 'coredns/repeated-plugin',
  title: 'Plugins that CoreDNS allows once per server block stand there once',
  severity: 'error',
  references: ['https://github.com/coredns/coredns/blob/master/plugin/plugin.go'],

  check(view, report) {
    const { corefile } = view;
    // Of the alternatives of a template only one will stand there.
    if (corefile.isTemplate) return;
    for (const { block, lines } of readBlocks(corefile)) {
      const first = new Map<string, Directive>();
      const written = new Set(block.directives);
      for (const line of lines) {
        const { name } = line;
        const earlier = first.get(name.text);
        if (pluginNamed(name.text)?.isOnce !== true) continue;
        if (earlier === undefined) {
          first.set(name.text, line);
          continue;
        }
        const isAlone = linesNamed(lines, name.text).length === 2;
        const removals = [
          { title: `Remove this '${name.text}'`, of: line, isPossible: written.has(line) },
          { title: `Remove the first '${name.text}'`, of: earlier, isPossible: written.has(earlier) && isAlone },
        ].filter(({ isPossible }) => isPossible && earlier !== line);
        // Of two lines the one that CoreDNS would take is what was meant.
        if (isRefused(view, earlier) && !isRefused(view, line)) removals.reverse();
        report(
          placeOf(view, name),
          {
            what: `Plugin '${name.text}' is repeated in this server block`,
            why: `CoreDNS allows '${name.text}' once per server block, and does not start with a second one.`,
            how: 'Keep one of the two.',
          },
          {
            related: earlier === line ? [] : [{ at: placeOf(view, earlier.name), message: `The first '${name.text}'` }],
            fixes: removals.flatMap(({ title, of }) => corefileFix(view, title, [withoutLine(corefile, of)])),
          },
        );
      }
    }
  },
});
