import { pluginNamed } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { withoutLine } from '../../kube/dns/corefile-edit';
import { corefileFix, defineCorefileRule, placeOf, readBlocks } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/repeated-plugin',
  title: 'A plugin that may stand once in a server block stands there once',
  severity: 'error',
  references: ['https://github.com/coredns/coredns/blob/master/plugin/plugin.go'],

  check(view, report) {
    const { corefile } = view;
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
        const title = `Remove this '${name.text}'`;
        const isHere = written.has(line) && earlier !== line;
        report(
          placeOf(view, name),
          `The plugin '${name.text}' stands in this server block twice, and CoreDNS does not start then. Keep one of the two.`,
          {
            related: earlier === line ? [] : [{ at: placeOf(view, earlier.name), message: 'The first one.' }],
            fixes: isHere ? corefileFix(view, title, [withoutLine(corefile, line)]) : [],
          },
        );
      }
    }
  },
});
