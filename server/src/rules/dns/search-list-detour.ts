import { dnsOptionNamed, isInternetName, resolverOf, usualNdots } from '../../kube/dns/resolver';
import { podSpecOf, runsToCompletion, type Workload, workloadKinds } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Mention } from '../../network/calls/evidence';
import { hostsOf, related } from './shared/names';

export default defineRule({
  id: 'dns/search-list-detour',
  title: 'Names of the internet are not looked up in the cluster first',
  severity: 'hint',
  per: 'scope',
  kinds: ['ConfigMap', ...workloadKinds],
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
    'https://man7.org/linux/man-pages/man5/resolv.conf.5.html',
  ],

  check(cluster, report) {
    const namespaces = new Set([...cluster.namespaces].map(({ name }) => name));
    for (const workload of cluster.judged(...workloadKinds)) {
      if (resolverOf(workload) !== 'cluster' || isWindows(workload) || runsToCompletion(workload)) continue;
      if (dnsOptionNamed(workload, 'ndots') !== undefined) continue;
      const names = hostsOf(workload, cluster).filter(mention => isDetour(mention, namespaces));
      const [first] = names;
      if (first === undefined) continue;
      const hosts = new Set(names.map(({ host }) => host));
      const which = hosts.size === 1 ? 'a name' : `one of ${hosts.size} names`;
      // A name with one dot is below any limit that keeps `service.namespace` working.
      const helped = [...hosts].filter(host => host.split('.').length > 2);
      const advice =
        helped.length > 0
          ? "With 'ndots: 2' such names are asked as they are first, and 'service.namespace' still works."
          : 'A dot at its end says that it is complete.';
      report(
        workload.name,
        `Pods ask for '${helped[0] ?? first.host}', ${which} of the internet with fewer than ${usualNdots} dots here, so a lookup tries the three search domains of the cluster before: up to three queries in vain, twice with IPv6. ${advice}`,
        {
          related: related(
            names.map(({ place }) => place),
            'A name of the internet.',
          ),
          fixes: [...(helped.length > 0 ? [lowered(workload)] : []), absolute(names)],
        },
      );
    }
  },
});

/** A name that the resolver completes first. One that ends in a dot is complete already. */
function isDetour({ host, name, place }: Mention, namespaces: ReadonlySet<string>): boolean {
  if (!isInternetName(host, namespaces) || host.split('.').length - 1 >= usualNdots) return false;
  if (name !== undefined && isOwnAddress(name)) return false;
  return place.in.string?.charAt(place.range.start + host.length) !== '.';
}

/** Where the workload says what it is called itself, nobody looks the name up. */
function isOwnAddress(name: string): boolean {
  return /(?:^|[_.-])(?:root|public|external|site|canonical|app|domain|frontend)(?:[_.-]|url|host|$)/i.test(name);
}

function isWindows(workload: Workload): boolean {
  const spec = podSpecOf(workload);
  return spec.at('nodeSelector', 'kubernetes.io/os').string === 'windows' || spec.at('os', 'name').string === 'windows';
}

function lowered(workload: Workload): Fix {
  const options = podSpecOf(workload).at('dnsConfig', 'options');
  const value = { name: 'ndots', value: '2' };
  return fix(
    "Set 'ndots' to 2 for these pods (names with two dots, like pod.service.namespace, are then asked outside first)",
    edits =>
      options.items().length > 0 ? edits.set(options.at(options.items().length), value) : edits.set(options, [value]),
  );
}

function absolute(names: readonly Mention[]): Fix {
  return fix('End these names with a dot (some clients then fail to check certificates)', edits => {
    for (const { place, host } of names) {
      const end = place.range.start + host.length;
      edits.replace({ in: place.in, range: { start: end, end } }, '.');
    }
  });
}
