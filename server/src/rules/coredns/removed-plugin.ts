import { expanded } from '../../corefile/imports';
import { kubernetesOf } from '../../corefile/kubernetes';
import { optionOf, type Plugin, pluginNamed, statusIn } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { isAtLeast, type Version } from '../../corefile/versions';
import type { Report } from '../../lint/rule';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  pluginLines,
} from './shared/corefile-rule';
import { adviceFor, deprecated, severityOf, withoutOption, withoutPlugin } from './shared/removals';

export default defineCorefileRule({
  id: 'coredns/removed-plugin',
  title: 'A Corefile uses no plugin or option that its CoreDNS has dropped',
  severity: 'error',
  references: [
    'https://github.com/coredns/corefile-migration',
    'https://github.com/coredns/deployment/blob/master/kubernetes/CoreDNS-k8s_version.md',
  ],

  check(view, report) {
    const { corefile, coreDns } = view;
    if (coreDns === undefined || corefile.isTemplate) return;
    const lines = pluginLines(corefile);
    for (const line of lines) {
      const plugin = pluginNamed(line.name.text);
      if (plugin === undefined) continue;
      plugins(view, plugin, line, coreDns.version, report);
      for (const option of expanded(line.options, corefile).directives) {
        options(view, plugin, line, option, coreDns.version, report);
      }
    }
    if (!isAtLeast(coreDns.version, '1.3.1')) return;
    for (const line of linesNamed(lines, 'kubernetes')) endpoints(view, line, report);
  },
});

function plugins(view: CorefileView, plugin: Plugin, line: Directive, version: Version, report: Report): void {
  const status = statusIn(version, plugin);
  if (status !== 'removed' && status !== 'deprecated') return;
  const fate =
    status === 'removed'
      ? `is gone since CoreDNS ${plugin.removedIn}, which does not start with it`
      : deprecated(plugin);
  report(placeOf(view, line.name), `The plugin '${plugin.name}' ${fate}. ${adviceFor(plugin)}`, {
    severity: severityOf(status),
    fixes: withoutPlugin(view, plugin, line),
  });
}

function options(
  view: CorefileView,
  plugin: Plugin,
  line: Directive,
  written: Directive,
  version: Version,
  report: Report,
): void {
  const option = optionOf(plugin, written.name.text);
  const status = option && statusIn(version, option);
  if (option === undefined || status === undefined || status === 'current' || status === 'not-yet') return;
  const what = `The option '${option.name}' of '${plugin.name}'`;
  const fate = {
    removed: `is gone since CoreDNS ${option.removedIn}, which does not start with it`,
    ignored: 'has no effect any more',
    deprecated: deprecated(option),
  }[status];
  report(placeOf(view, written.name), `${what} ${fate}. ${adviceFor(option)}`, {
    severity: severityOf(status),
    fixes: withoutOption(view, plugin, line, written, status),
  });
}

function endpoints(view: CorefileView, line: Directive, report: Report): void {
  const [first, second] = kubernetesOf(line, view.corefile).endpoints;
  if (first === undefined || second === undefined || first.isDynamic) return;
  const last = kubernetesOf(line, view.corefile).endpoints.at(-1) ?? second;
  report(
    placeOf(view, second),
    `Several API servers for one 'endpoint' were given up in CoreDNS 1.3.1: only '${first.text}' is asked, and nobody takes over when it fails. Put a load balancer's address there.`,
    {
      fixes: corefileFix(view, `Keep '${first.text}' only`, [
        { range: { start: first.range.end, end: last.range.end }, text: '' },
      ]),
    },
  );
}
