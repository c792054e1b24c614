import { clusterZonesOf, kubernetesOf } from '../../../corefile/kubernetes';
import type { Corefile, Directive, ServerBlock } from '../../../corefile/syntax';
import { isAtLeast } from '../../../corefile/versions';
import { areSameZone } from '../../../corefile/zone';
import { lastLine, lineBehind, type NewLine } from '../../../kube/dns/corefile-edit';
import { clusterPlugins } from '../../../kube/dns/corefiles';
import type { Fix } from '../../../lint/rule';
import { type CorefileView, corefileFix } from './corefile-rule';

/** The fixes that give a block a cache: as kubeadm has it where the block is like its own, and a plain one. */
export function addedCache(view: CorefileView, block: ServerBlock, directives: readonly Directive[]): readonly Fix[] {
  const zone = upstreamZone(view, block, directives);
  const plain = { title: "Add 'cache 30'", line: { line: 'cache 30' } };
  const upstream = zone && {
    title: `Cache as kubeadm does: 'cache 30', not for ${zone}`,
    line: { line: 'cache 30', block: [`disable success ${zone}`, `disable denial ${zone}`] },
  };
  return [...(upstream ? [upstream] : []), plain].flatMap(({ title, line }) =>
    corefileFix(view, title, [lineIn(view.corefile, block, line)]),
  );
}

/** Behind the last line that asks for answers, where upstream has it; the order does not matter to CoreDNS. */
function lineIn(corefile: Corefile, block: ServerBlock, line: NewLine) {
  const last = block.directives.findLast(({ name }) =>
    ['forward', 'proxy', 'grpc', ...clusterPlugins].includes(name.text),
  );
  return (last && lineBehind(corefile, last, line)) ?? lastLine(corefile, block, line);
}

/** The cluster's zone in a block like the one of kubeadm 1.32 and later: the root, for Services and the world. */
function upstreamZone(view: CorefileView, block: ServerBlock, directives: readonly Directive[]): string | undefined {
  const isNewEnough = view.kubernetes.atLeast('1.32') && view.coreDns && isAtLeast(view.coreDns.version, '1.9.4');
  if (isNewEnough !== true || !block.keys.some(key => areSameZone(key.zone, '.'))) return undefined;
  if (!directives.some(({ name }) => name.text === 'forward')) return undefined;
  const kubernetes = directives.find(({ name }) => name.text === 'kubernetes');
  if (kubernetes === undefined) return undefined;
  const zones = clusterZonesOf(kubernetesOf(kubernetes, view.corefile), block).filter(zone => !areSameZone(zone, '.'));
  return zones.length === 1 && zones[0] !== undefined && !/[{}$%]/.test(zones[0]) ? zones[0] : undefined;
}
