import { clusterRangeKinds, clusterRangesIn } from '../../kube/nodes/cluster-range';
import type { Resource } from '../../kube/resource';
import { type Cidr, isStrictlyInside, parseCidr } from '../../network/sets/addresses';
import { add, memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Around } from './around';
import type { Item } from './item';
import { beside, type Site } from './site';
import { spelledAt } from './spelled';
import { joined, named, nameFrom, pathOf } from './spoken';

/** Ranges of addresses that manifests name, where a policy names one; as an exception only what lies in the range. */
export function addressItems(site: Site, around: Around): readonly Item[] {
  const path = pathOf(site);
  const isCidr = /\.ipBlock$/.test(path) && site.key === 'cidr';
  if (!site.object?.is('NetworkPolicy') || !(isCidr || (/\.ipBlock\.except$/.test(path) && site.typing === 'item')))
    return [];
  const outer = isCidr ? undefined : parsed(site.node.parent?.parent?.at('cidr').string);
  if (!isCidr && outer === undefined) return [];
  const listed = new Set(isCidr ? [] : (site.node.parent?.items() ?? []).map(({ text }) => text));
  const exceptions = beside(site, 'except')
    .items()
    .flatMap(item => parsed(item.string) ?? []);
  return [...rangesIn(around)].flatMap(([text, owners], index): Item[] => {
    const cidr = parsed(text);
    if (cidr === undefined || listed.has(text)) return [];
    if (outer !== undefined && !isStrictlyInside(cidr, outer)) return [];
    if (isCidr && !exceptions.every(each => isStrictlyInside(each, cidr))) return [];
    const rank = owners.some(({ isRange }) => isRange) ? 1000 + index : index - Math.min(owners.length, 50) * 10;
    return [
      {
        label: text,
        kind: 'address',
        detail: named(owners.map(({ title }) => title)),
        markdown: '',
        insert: spelledAt(site, text),
        rank,
      },
    ];
  });
}

const parsed = (text: string | undefined): Cidr | undefined => {
  const cidr = text === undefined ? undefined : parseCidr(text);
  return cidr?.problems.length === 0 ? cidr : undefined;
};

interface Owner {
  readonly title: string;
  /** Whether it is the cluster that gives addresses from it. */
  readonly isRange: boolean;
}

function rangesIn(around: Around): ReadonlyMap<string, readonly Owner[]> {
  const found = new Map<string, Owner[]>();
  const { view } = around;
  for (const policy of view.of('NetworkPolicy', 'Service', 'GlobalNetworkSet.projectcalico.org')) {
    for (const text of namedIn(policy))
      add(found, text, { title: `${policy.kindName} ${nameFrom(policy, around)}`, isRange: false });
  }
  for (const resource of view.of(...clusterRangeKinds)) {
    for (const { cidr, of } of clusterRangesIn(resource))
      add(found, cidr, { title: joined(`${of} of the cluster`), isRange: true });
  }
  return found;
}

const namedIn = memo((resource: Resource): ReadonlySet<string> => {
  const spec = resource.at('spec');
  const lists = resource.is('NetworkPolicy')
    ? ['ingress', 'egress']
        .flatMap(field => spec.at(field).items())
        .flatMap(rule => [...rule.at('from').items(), ...rule.at('to').items()])
    : [];
  const blocks = lists.map(peer => peer.at('ipBlock'));
  const nodes: readonly Node[] = [
    ...blocks.flatMap(block => [block.at('cidr'), ...block.at('except').items()]),
    ...spec.at('loadBalancerSourceRanges').items(),
    ...(resource.is('GlobalNetworkSet.projectcalico.org') ? spec.at('nets').items() : []),
  ];
  return new Set(nodes.flatMap(({ string }) => string ?? []));
});
