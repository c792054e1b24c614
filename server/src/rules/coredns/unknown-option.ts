import { expanded } from '../../corefile/imports';
import { nearestOption, optionOf, type Plugin, pluginNamed, statusIn } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { isBroken } from '../../kube/dns/corefiles';
import type { Report } from '../../lint/rule';
import { type CorefileView, corefileFix, defineCorefileRule, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/unknown-option',
  title: 'Every option of a plugin is one that the plugin has',
  severity: 'error',
  references: ['https://coredns.io/plugins/'],

  check(view, report) {
    if (view.corefile.isTemplate || isBroken(view.corefile)) return;
    for (const line of pluginLines(view.corefile)) {
      const plugin = pluginNamed(line.name.text);
      if (plugin === undefined || plugin.isOpen === true) continue;
      for (const option of expanded(line.options, view.corefile).directives) checkOption(view, plugin, option, report);
    }
  },
});

function checkOption(view: CorefileView, plugin: Plugin, { name }: Directive, report: Report): void {
  const { coreDns } = view;
  if (name.isDynamic) return;
  const known = optionOf(plugin, name.text);
  const at = placeOf(view, name);
  if (known !== undefined) {
    if (coreDns?.from !== 'image' || statusIn(coreDns.version, known) !== 'not-yet') return;
    const running = coreDns.version.join('.');
    report(
      at,
      `The image runs CoreDNS ${running}, whose '${plugin.name}' does not know '${name.text}' yet: it came with ${known.since}. CoreDNS does not start.`,
    );
    return;
  }
  const meant = nearestOption(plugin, name.text);
  if (meant === undefined) {
    report(at, `The plugin '${plugin.name}' has no option '${name.text}' that we know: CoreDNS may not start.`, {
      severity: 'warning',
    });
    return;
  }
  report(
    at,
    `The plugin '${plugin.name}' has no option '${name.text}', and CoreDNS does not start. Did you mean '${meant}'?`,
    { fixes: corefileFix(view, `Write '${meant}'`, [{ range: name.range, text: meant }]) },
  );
}
