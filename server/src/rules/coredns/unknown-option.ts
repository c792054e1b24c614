import { expanded } from '../../corefile/imports';
import { nearestOption, optionOf, type Plugin, pluginNamed, statusIn } from '../../corefile/plugins';
import { type Directive, refused } from '../../corefile/syntax';
import { isBroken } from '../../kube/dns/corefiles';
import type { Report } from '../../lint/rule';
import { type CorefileView, corefileFix, defineCorefileRule, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/unknown-option',
  title: 'CoreDNS plugins know their options',
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
    report(at, {
      what: `Option '${name.text}' of '${plugin.name}' needs CoreDNS ${known.since}`,
      why: `The image runs CoreDNS ${running}, which does not start with it.`,
      how: 'Remove the option, or use a newer image.',
    });
    return;
  }
  const what = `Unknown option '${name.text}' of plugin '${plugin.name}'`;
  const meant = nearestOption(plugin, name.text);
  if (meant === undefined) {
    report(
      at,
      {
        what,
        why: 'No CoreDNS up to 1.14.7 knows it, and CoreDNS does not start with an unknown option.',
        how: 'Correct or remove the option.',
      },
      { severity: 'warning' },
    );
    return;
  }
  report(
    at,
    { what, why: refused, how: `Use '${meant}' if that is what was meant.` },
    { fixes: corefileFix(view, `Write '${meant}'`, [{ range: name.range, text: meant }]) },
  );
}
