import { clusterZonesOf, kubernetesOf } from '../../corefile/kubernetes';
import { pluginNamed } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { areSameZone } from '../../corefile/zone';
import { clusterPlugins, isBroken } from '../../kube/dns/corefiles';
import type { Report } from '../../lint/rule';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  type ReadBlock,
  readBlocks,
} from './shared/corefile-rule';

export default defineCorefileRule({
  id: 'coredns/missing-cluster-zone',
  title: 'The cluster DNS answers for the names of Services',
  severity: 'error',
  references: ['https://coredns.io/plugins/kubernetes/'],

  check(view, report) {
    const { corefile } = view;
    if (view.form !== 'whole' || isBroken(corefile) || corefile.imports.length > 0) return;
    const blocks = readBlocks(corefile);
    if (!blocks.every(({ isComplete }) => isComplete)) return;
    const isServed = blocks.some(({ block, lines }) =>
      linesNamed(lines, ...clusterPlugins).some(line => clusterZonesOf(kubernetesOf(line, corefile), block).length > 0),
    );
    if (isServed) return;
    if (view.role === 'cluster') onlyReverse(view, blocks, report);
    else if (view.isOfSystem && view.role === 'other') nothing(view, blocks, report);
  },
});

/** A plugin that lists reverse zones only leaves the names of Services to forward. */
function onlyReverse(view: CorefileView, blocks: readonly ReadBlock[], report: Report): void {
  for (const { lines } of blocks) {
    const [line] = linesNamed(lines, 'kubernetes');
    const forward = forwardOfAll(lines);
    if (line === undefined || forward === undefined || line.args.some(({ isDynamic }) => isDynamic)) continue;
    const end = line.name.range.end;
    report(
      placeOf(view, line.name),
      {
        what: "Plugin 'kubernetes' names reverse zones only",
        why: 'Names of Services are forwarded to the upstream servers, which do not know them.',
        how: "Add the cluster's zone, cluster.local unless kubelets are configured otherwise.",
      },
      {
        related: [{ at: placeOf(view, forward.name), message: 'Names of Services are forwarded here' }],
        fixes: corefileFix(view, "Add the zone 'cluster.local'", [
          { range: { start: end, end }, text: ' cluster.local' },
        ]),
      },
    );
  }
}

/** The Corefile that all pods are sent to answers for no Service at all. */
function nothing(view: CorefileView, blocks: readonly ReadBlock[], report: Report): void {
  const names = blocks.flatMap(({ lines }) => lines.map(({ name }) => name.text));
  // A plugin of somebody else's may answer for Services.
  if (names.some(name => pluginNamed(name) === undefined || pluginNamed(name)?.isExternal === true)) return;
  const forward = blocks.map(({ lines }) => forwardOfAll(lines)).find(line => line !== undefined);
  if (forward === undefined) return;
  report(placeOf(view, forward.name), {
    what: "Cluster DNS has no plugin 'kubernetes'",
    why: 'Names of Services are forwarded like any other, to servers that do not know them.',
    how: "Add the plugin 'kubernetes' for the cluster's zone.",
  });
}

function forwardOfAll(lines: readonly Directive[]): Directive | undefined {
  return linesNamed(lines, 'forward').find(({ args: [from] }) => areSameZone(from?.text ?? '', '.'));
}
