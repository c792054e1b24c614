import { destinationsOf, meshHostOf } from '../../kube/pods/mesh';
import type { Resource } from '../../kube/resource';
import { use } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { type Claim, Directories, makerKinds, whereabouts, withoutConsensus } from '../../network/references/directory';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/unknown-host',
  title: 'Hosts in VirtualServices and DestinationRules exist',
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
      const there = directory.elsewhere(name);
      const near = there === undefined ? directory.nearby(name) : undefined;
      const written = meshHostOf(node.string ?? '')?.namespace;
      const where =
        written === undefined
          ? whereabouts(user, cluster.namespaceOf(user))
          : `the manifests of namespace '${written}'`;
      const effect =
        user.kindName === 'VirtualService' ? 'requests sent there fail with 503' : 'the DestinationRule has no effect';
      report(
        node,
        {
          what: `Service '${name}' not found`,
          why: `It is not among ${where}, and no ServiceEntry has the host: ${effect}.`,
          how: adviceFor(there, near),
        },
        {
          among: ['Service'],
          severity: there || near ? 'warning' : 'info',
          fixes: there ? [use(node, `${name}.${there}.svc.cluster.local`)] : near ? [fixFor(node, name, near)] : [],
        },
      );
    }
  },
});

function hostsIn(user: Resource): readonly Node[] {
  return user.kindName === 'DestinationRule' ? [user.at('spec', 'host')] : destinationsOf(user).map(({ host }) => host);
}

function adviceFor(there: string | undefined, near: string | undefined): string {
  if (there) return `Write the host in full: the Service is in namespace '${there}'.`;
  return near ? `Use '${near}' if that is meant.` : 'Correct the host, or add the Service or a ServiceEntry for it.';
}

function fixFor(node: Node, name: string, near: string) {
  const host = `${near}${(node.string ?? '').slice(name.length)}`;
  return use(node, host);
}
