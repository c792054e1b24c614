import { serverBlocksIn } from '../../corefile/detect';
import { isPluginName, nearestPlugin, pluginNamed, statusIn } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { isBroken } from '../../kube/dns/corefiles';
import type { Report } from '../../lint/rule';
import { type CorefileView, corefileFix, defineCorefileRule, placeOf, pluginLines } from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/unknown-plugin',
  title: 'CoreDNS knows every plugin in a Corefile',
  severity: 'error',
  references: ['https://coredns.io/plugins/', 'https://github.com/coredns/coredns/blob/master/plugin.cfg'],

  check(view, report) {
    // Where a brace is wrong, options stand in the place of plugins.
    if (view.corefile.isTemplate || isBroken(view.corefile)) return;
    // A server block among lines for the inside of one is told by coredns/custom-key.
    const strays = new Set(view.form === 'override' ? serverBlocksIn(view.corefile) : []);
    for (const line of pluginLines(view.corefile)) {
      if (line.name.isDynamic || strays.has(line)) continue;
      if (isPluginName(line.name.text)) tooNew(view, line, report);
      else unknown(view, line, report);
    }
  },
});

function unknown(view: CorefileView, { name }: Directive, report: Report): void {
  const what = `Unknown CoreDNS plugin '${name.text}'`;
  const meant = nearestPlugin(name.text);
  if (meant === undefined) {
    report(
      placeOf(view, name),
      {
        what,
        why: "The official build has no such plugin, and stops at the start with 'Unknown directive'.",
        how: 'Correct the name, unless your image is built with this plugin.',
      },
      { severity: 'warning' },
    );
    return;
  }
  report(
    placeOf(view, name),
    {
      what,
      why: "CoreDNS stops at the start with 'Unknown directive'.",
      how: `Use '${meant}' if that is what was meant.`,
    },
    { fixes: corefileFix(view, `Write '${meant}'`, [{ range: name.range, text: meant }]) },
  );
}

/** Only an image tells for sure which CoreDNS runs: the one of a Kubernetes release may have been upgraded. */
function tooNew({ coreDns, ...view }: CorefileView, { name }: Directive, report: Report): void {
  const plugin = pluginNamed(name.text);
  if (plugin === undefined || coreDns?.from !== 'image' || statusIn(coreDns.version, plugin) !== 'not-yet') return;
  report(placeOf({ ...view, coreDns }, name), {
    what: `Plugin '${name.text}' needs CoreDNS ${plugin.since}`,
    why: `The image runs CoreDNS ${coreDns.version.join('.')}, which stops at the start with 'Unknown directive'.`,
    how: 'Remove the plugin, or use a newer image.',
  });
}
