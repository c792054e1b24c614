import { destinationsOf } from '../../kube/pods/mesh';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { hostKeyOf, subsetsByHost } from '../../network/references/mesh-hosts';
import { nearest } from '../../text/distance';
import { listed } from '../../text/words';

export default defineRule({
  id: 'mesh/unknown-subset',
  title: 'Subsets in VirtualServices are defined by a DestinationRule',
  severity: 'warning',
  per: 'scope',
  kinds: ['VirtualService.networking.istio.io', 'DestinationRule.networking.istio.io'],
  subjects: ['VirtualService.networking.istio.io'],
  about: 'absence',
  references: ['https://istio.io/latest/docs/reference/config/analysis/ist0101/'],

  check(cluster, report) {
    const subsets = subsetsByHost(cluster);
    for (const virtualService of cluster.judged('VirtualService.networking.istio.io')) {
      for (const { host, subset } of destinationsOf(virtualService)) {
        const name = subset.string;
        const defined = subsets.get(hostKeyOf(host.string ?? '', cluster.namespaceOf(virtualService)) ?? '');
        // Without any DestinationRule of the host among these files, it is kept elsewhere.
        if (name === undefined || defined === undefined) continue;
        const names = defined.flatMap(item => item.at('name').string ?? []);
        if (names.includes(name)) continue;
        const near = nearest(name, names);
        report(
          subset,
          {
            what: `Unknown subset '${name}'`,
            why: `No DestinationRule for '${host.string}' defines it: requests sent there fail with 503.`,
            how: adviceFor(near, names),
          },
          {
            related: defined.slice(0, 5).map(item => ({ at: item.at('name'), message: 'Subset of this host' })),
            fixes: near === undefined ? [] : [use(subset, near)],
          },
        );
      }
    }
  },
});

function adviceFor(near: string | undefined, names: readonly string[]): string {
  if (near) return `Use '${near}', or define the subset.`;
  const known = [...new Set(names)].slice(0, 8);
  return known.length > 0
    ? `Use a subset that is defined: ${listed(known, 'or')}.`
    : 'Define the subset in a DestinationRule of this host.';
}
