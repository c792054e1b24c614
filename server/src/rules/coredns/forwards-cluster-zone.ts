import { type Forward, forwardOf } from '../../corefile/forward';
import { clusterZonesOf, kubernetesOf } from '../../corefile/kubernetes';
import type { Directive } from '../../corefile/syntax';
import { areSameZone, isInZone } from '../../corefile/zone';
import { isPublicAddress } from '../../kube/dns/corefile-address';
import { withoutLine } from '../../kube/dns/corefile-edit';
import { clusterPlugins, isBroken } from '../../kube/dns/corefiles';
import type { Fix, Report } from '../../lint/rule';
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
  id: 'coredns/forwards-cluster-zone',
  title: "The cluster's zone is not forwarded to public DNS servers",
  severity: 'error',
  references: ['https://coredns.io/plugins/kubernetes/', 'https://coredns.io/plugins/forward/'],

  check(view, report) {
    if (isBroken(view.corefile)) return;
    const blocks = readBlocks(view.corefile);
    const zones = clusterZones(view, blocks);
    const known = ['cluster.local', ...zones.filter(zone => !areSameZone(zone, '.'))];
    for (const block of blocks) {
      const answers = linesNamed(block.lines, ...clusterPlugins).length > 0;
      // A block without Services of its own forwards those of its zones.
      const zonesOfBlock = answers ? [] : block.block.keys.map(key => key.zone);
      for (const line of linesNamed(block.lines, 'forward')) {
        outside(view, { known, zonesOfBlock, answers }, forwardOf(line, view.corefile), report);
      }
    }
  },
});

/** The zones with Services that some block of the Corefile answers for. */
function clusterZones(view: CorefileView, blocks: readonly ReadBlock[]): readonly string[] {
  return blocks.flatMap(({ block, lines }) =>
    linesNamed(lines, ...clusterPlugins).flatMap(line => clusterZonesOf(kubernetesOf(line, view.corefile), block)),
  );
}

/** The block in which a line forwards. */
interface Home {
  /** Zones of the cluster. */
  readonly known: readonly string[];
  readonly zonesOfBlock: readonly string[];
  /** Whether it has the Services itself. */
  readonly answers: boolean;
}

/** `forward cluster.local 8.8.8.8`, or a block for that zone which forwards everything and has no Services itself. */
function outside(
  view: CorefileView,
  { known, zonesOfBlock, answers }: Home,
  { directive, from, upstreams }: Forward,
  report: Report,
): void {
  const asked = [from?.text ?? '.', ...zonesOfBlock];
  const zone = asked.find(candidate => known.some(own => isInZone(candidate, own)));
  const upstream = upstreams.find(({ host }) => isPublicAddress(host));
  if (zone === undefined || upstream === undefined) return;
  report(
    placeOf(view, upstream.token),
    {
      what: `Cluster zone '${zone}' is forwarded to public server ${upstream.host}`,
      why: 'A server on the internet knows no Service or pod: every such lookup fails, and tells it what runs in the cluster.',
      how: answers
        ? "Forward other zones only, and let 'kubernetes' answer for this one."
        : 'Forward the zone to CoreDNS.',
    },
    { fixes: answers && zone === from?.text ? withoutIt(view, directive) : [] },
  );
}

/** The block has the Services itself, so nothing is lost. */
function withoutIt(view: CorefileView, line: Directive): readonly Fix[] {
  const title = "Remove this 'forward'";
  return corefileFix(view, title, [withoutLine(view.corefile, line)]);
}
