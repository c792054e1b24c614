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
import { messageFor, severityOf, withoutOption, withoutPlugin } from './shared/removals';

export default defineCorefileRule({
  id: 'coredns/removed-plugin',
  title: 'No plugin or option in a Corefile is deprecated or removed',
  severity: 'error',
  options: ['kubernetes'],
  references: [
    'https://github.com/coredns/corefile-migration',
    'https://github.com/coredns/coredns/blob/master/plugin/kubernetes/setup.go',
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
  report(placeOf(view, line.name), messageFor(`Plugin '${plugin.name}'`, status, plugin), {
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
  report(placeOf(view, written.name), messageFor(`Option '${option.name}' of '${plugin.name}'`, status, option), {
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
    {
      what: "Only the first API server of 'endpoint' is used",
      why: `Several were dropped in CoreDNS 1.3.1: it logs a warning and asks '${first.text}' alone, without a failover.`,
      how: 'Write the address of one load balancer.',
    },
    {
      severity: 'warning',
      fixes: corefileFix(view, `Keep '${first.text}' only`, [
        { range: { start: first.range.end, end: last.range.end }, text: '' },
      ]),
    },
  );
}
