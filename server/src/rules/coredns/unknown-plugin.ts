import { isPluginName, nearestPlugin, pluginNamed, statusIn } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { isBroken } from '../../kube/dns/corefiles';
import type { Report } from '../../lint/rule';
import { type CorefileView, corefileFix, defineCorefileRule, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/unknown-plugin',
  title: 'Every plugin in a Corefile is one that CoreDNS has',
  severity: 'error',
  references: ['https://coredns.io/plugins/', 'https://github.com/coredns/coredns/blob/master/plugin.cfg'],

  check(view, report) {
    // Where a brace is wrong, options stand in the place of plugins.
    if (view.corefile.isTemplate || isBroken(view.corefile)) return;
    for (const line of pluginLines(view.corefile)) {
      if (line.name.isDynamic) continue;
      if (isPluginName(line.name.text)) tooNew(view, line, report);
      else unknown(view, line, report);
    }
  },
});

function unknown(view: CorefileView, { name }: Directive, report: Report): void {
  const meant = nearestPlugin(name.text);
  if (meant === undefined) {
    report(
      placeOf(view, name),
      `The official CoreDNS has no plugin '${name.text}': unless your image was built with it, CoreDNS stops at the start with 'Unknown directive'.`,
      { severity: 'warning' },
    );
    return;
  }
  report(
    placeOf(view, name),
    `CoreDNS has no plugin '${name.text}', and stops at the start with 'Unknown directive'. Did you mean '${meant}'?`,
    { fixes: corefileFix(view, `Write '${meant}'`, [{ range: name.range, text: meant }]) },
  );
}

/** Only an image tells for sure which CoreDNS runs: the one of a Kubernetes release may have been upgraded. */
function tooNew({ coreDns, ...view }: CorefileView, { name }: Directive, report: Report): void {
  const plugin = pluginNamed(name.text);
  if (plugin === undefined || coreDns?.from !== 'image' || statusIn(coreDns.version, plugin) !== 'not-yet') return;
  report(
    placeOf({ ...view, coreDns }, name),
    `The image runs CoreDNS ${coreDns.version.join('.')}, which does not know '${name.text}' yet: the plugin came with ${plugin.since}. CoreDNS stops at the start with 'Unknown directive'.`,
  );
}
