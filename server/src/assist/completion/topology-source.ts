import { affinityTermsOf } from '../../kube/pods/affinity';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { memo } from '../../text/maps';
import type { Around } from './around';
import type { Item } from './item';
import type { Site } from './site';
import { spelledAt } from './spelled';
import { isSayable, named, pathInPods } from './spoken';

/** Labels of nodes by which pods are spread or put together: those that every cloud sets, and those in use here. */
export function topologyItems(site: Site, { view }: Around): readonly Item[] {
  const path = pathInPods(site);
  if (site.key !== 'topologyKey' || path === undefined || !/^(?:affinity|topologySpreadConstraints)\./.test(path))
    return [];
  const users = new Map<string, string[]>();
  for (const workload of view.of(...workloadKinds)) {
    for (const key of topologyKeysOf(workload)) users.set(key, [...(users.get(key) ?? []), workload.name.text ?? '']);
  }
  const others = [...users.keys()].filter(key => !usual.has(key) && isSayable(key)).sort();
  return [...usual.keys(), ...others].map((key, index): Item => {
    const used = users.get(key);
    const detail = usual.get(key) ?? `as ${named(used ?? [])}`;
    return { label: key, kind: 'value', detail, markdown: '', insert: spelledAt(site, key), rank: index };
  });
}

/** @source https://kubernetes.io/docs/reference/labels-annotations-taints/ (1.35) */
const usual: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/hostname', 'each node'],
  ['topology.kubernetes.io/zone', 'each zone'],
  ['topology.kubernetes.io/region', 'each region'],
]);

const topologyKeysOf = memo((workload: Resource): ReadonlySet<string> => {
  const spread = podSpecOf(workload)
    .at('topologySpreadConstraints')
    .items()
    .map(item => item.at('topologyKey').string);
  const terms = affinityTermsOf(workload).map(({ topologyKey }) => topologyKey);
  return new Set([...spread, ...terms].flatMap(key => key ?? []));
});
