import { destinationsOf, meshHostOf } from '../../kube/pods/mesh';
import type { Resource } from '../../kube/resource';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { type Claim, Directories, makerKinds, whereabouts, withoutConsensus } from '../../network/references/directory';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/unknown-host',
  title: 'The hosts that Istio resources name are Services that exist',
  severity: 'warning',
  per: 'scope',
  kinds: [
    'VirtualService.networking.istio.io',
    'DestinationRule.networking.istio.io',
    'ServiceEntry.networking.istio.io',
    'Service',
    ...makerKinds,
  ],
  subjects: ['VirtualService.networking.istio.io', 'DestinationRule.networking.istio.io'],
  about: 'absence',
  references: ['https://istio.io/latest/docs/reference/config/analysis/ist0101/'],

  check(cluster, report) {
    const services = new Directories(cluster, 'Service');
    const entries = cluster.of('ServiceEntry.networking.istio.io');
    const external = new Set(
      entries.flatMap(entry =>
        entry
          .at('spec', 'hosts')
          .items()
          .map(({ string }) => string),
      ),
    );
    const users = cluster.of('VirtualService.networking.istio.io', 'DestinationRule.networking.istio.io');
    const claims = users.flatMap(user => {
      return hostsIn(user).flatMap((node): (Claim & { readonly node: Node })[] => {
        const meant = meshHostOf(node.string ?? '');
        if (meant === undefined || external.has(node.string)) return [];
        const directory = services.in(meant.namespace ?? cluster.namespaceOf(user).name);
        return directory?.lacks(meant.service, user) ? [{ name: meant.service, user, directory, node }] : [];
      });
    });
    for (const { name, user, directory, node } of withoutConsensus(claims)) {
      const near = directory.nearby(name);
      const written = meshHostOf(node.string ?? '')?.namespace;
      const where =
        written === undefined
          ? whereabouts(user, cluster.namespaceOf(user))
          : `the manifests of namespace '${written}'`;
      const effect = user.kindName === 'VirtualService' ? 'requests sent there fail with 503' : 'it applies to nothing';
      report(
        node,
        `No Service '${name}' is among ${where}, and no ServiceEntry has it: ${effect}.${near ? ` Did you mean '${near}'?` : ''}`,
        { among: ['Service'], severity: near ? 'warning' : 'info', fixes: near ? [fixFor(node, name, near)] : [] },
      );
    }
  },
});

function hostsIn(user: Resource): readonly Node[] {
  return user.kindName === 'DestinationRule' ? [user.at('spec', 'host')] : destinationsOf(user).map(({ host }) => host);
}

function fixFor(node: Node, name: string, near: string) {
  const host = `${near}${(node.string ?? '').slice(name.length)}`;
  return use(node, host);
}
