import { destinationsOf } from '../../kube/pods/mesh';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { hostKeyOf, subsetsByHost } from '../../network/references/mesh-hosts';
import { nearest } from '../../text/distance';

export default defineRule({
  id: 'mesh/unknown-subset',
  title: 'The subsets that a VirtualService names are defined',
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
          `No DestinationRule for '${host.string}' has a subset '${name}': requests sent there fail with 503.${
            near ? ` Did you mean '${near}'?` : names.length > 0 ? ` There are ${list([...new Set(names)])}.` : ''
          }`,
          {
            related: defined.slice(0, 5).map(item => ({ at: item.at('name'), message: 'A subset of this host' })),
            fixes: near === undefined ? [] : [use(subset, near)],
          },
        );
      }
    }
  },
});

const list = (names: readonly string[]) =>
  names
    .slice(0, 8)
    .map(name => `'${name}'`)
    .join(', ');
