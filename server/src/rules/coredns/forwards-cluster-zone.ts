import { type Forward, forwardOf } from '../../corefile/forward';
import { clusterZonesOf, kubernetesOf } from '../../corefile/kubernetes';
import { pluginNamed } from '../../corefile/plugins';
import type { Directive } from '../../corefile/syntax';
import { areSameZone, isInZone } from '../../corefile/zone';
import { isBroken } from '../../kube/corefile';
import { isPublicAddress } from '../../kube/corefile-address';
import { withoutLine } from '../../kube/corefile-edit';
import type { Fix, Report } from '../../lint/rule';
import {
  type CorefileView,
  corefileFix,
  defineCorefileRule,
  linesNamed,
  placeOf,
  type ReadBlock,
  readBlocks,
} from './corefile-rule';

export default defineCorefileRule({
  id: 'coredns/forwards-cluster-zone',
  title: 'Names of the cluster are not asked of servers outside of it',
  severity: 'error',
  references: ['https://coredns.io/plugins/kubernetes/', 'https://coredns.io/plugins/forward/'],

  check(view, report) {
    if (isBroken(view.corefile)) return;
    const blocks = readBlocks(view.corefile);
    const zones = clusterZones(view, blocks);
    for (const block of blocks) {
      for (const line of linesNamed(block.lines, 'forward')) {
        outside(view, block, forwardOf(line, view.corefile), zones, report);
      }
    }
    if (view.form !== 'whole' || view.corefile.imports.length > 0 || zones.length > 0) return;
    if (!blocks.every(({ isComplete }) => isComplete)) return;
    if (view.role === 'cluster') onlyReverse(view, blocks, report);
    else if (view.isOfSystem && view.role === 'other') nothing(view, blocks, report);
  },
});

/** The zones with Services that some block of the Corefile answers for. */
function clusterZones(view: CorefileView, blocks: readonly ReadBlock[]): readonly string[] {
  return blocks.flatMap(({ block, lines }) =>
    linesNamed(lines, 'kubernetes', 'kubernetai').flatMap(line =>
      clusterZonesOf(kubernetesOf(line, view.corefile), block),
    ),
  );
}

/** `forward cluster.local 8.8.8.8`, or a block for that zone which forwards everything and has no Services itself. */
function outside(
  view: CorefileView,
  { block, lines }: ReadBlock,
  { directive, from, upstreams }: Forward,
  zones: readonly string[],
  report: Report,
): void {
  const answered = linesNamed(lines, 'kubernetes', 'kubernetai').length > 0;
  const asked = [from?.text ?? '.', ...(answered ? [] : block.keys.map(key => key.zone))];
  const known = ['cluster.local', ...zones.filter(zone => !areSameZone(zone, '.'))];
  const zone = asked.find(candidate => !areSameZone(candidate, '.') && known.some(own => isInZone(candidate, own)));
  const upstream = upstreams.find(({ kind, host }) => kind === 'address' && isPublicAddress(host));
  if (zone === undefined || upstream === undefined) return;
  report(
    placeOf(view, upstream.token),
    `Names in ${zone} are those of the cluster's Services and pods, and ${upstream.host} on the internet knows none of them: every such name fails, and tells that server what runs here.`,
    { fixes: answered && zone === from?.text ? withoutIt(view, directive) : [] },
  );
}

/** The block has the Services itself, so nothing is lost. */
function withoutIt(view: CorefileView, line: Directive): readonly Fix[] {
  const title = "Remove this 'forward'";
  return corefileFix(view, { title, safe: false, preferred: true }, [withoutLine(view.corefile, line)]);
}

/** A plugin that lists reverse zones only leaves the names of Services to forward. */
function onlyReverse(view: CorefileView, blocks: readonly ReadBlock[], report: Report): void {
  for (const { lines } of blocks) {
    const [line] = linesNamed(lines, 'kubernetes');
    const forward = forwardOfAll(lines);
    if (line === undefined || forward === undefined || line.args.some(({ isDynamic }) => isDynamic)) continue;
    const end = line.name.range.end;
    report(
      placeOf(view, line.name),
      "The plugin 'kubernetes' answers for reverse zones only here, so the names of Services go to the upstream servers, which do not know them. Name the zone of the cluster, which is cluster.local unless kubelets say otherwise.",
      {
        related: [{ at: placeOf(view, forward.name), message: 'They are forwarded here.' }],
        fixes: corefileFix(view, { title: "Add the zone 'cluster.local'", safe: false, preferred: true }, [
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
  report(
    placeOf(view, forward.name),
    "This is the DNS of the cluster, and no server block of it has the plugin 'kubernetes': names of Services are forwarded too, to servers that do not know them.",
  );
}

function forwardOfAll(lines: readonly Directive[]): Directive | undefined {
  return linesNamed(lines, 'forward').find(({ args: [from] }) => areSameZone(from?.text ?? '', '.'));
}
