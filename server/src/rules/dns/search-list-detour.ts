import { dnsOptionNamed, isInternetName, resolverOf, usualNdots } from '../../kube/dns/resolver';
import { podSpecOf, runsToCompletion, type Workload, workloadKinds } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Mention } from '../../network/calls/evidence';
import { isOwnAddress } from '../../network/calls/evidence-keys';
import { hostsOf, related } from './shared/names';
import { hostKinds, isServed } from './shared/served-hosts';

export default defineRule({
  id: 'dns/search-list-detour',
  title: 'External names are not looked up through the search domains first',
  severity: 'hint',
  per: 'scope',
  kinds: ['ConfigMap', ...hostKinds, ...workloadKinds],
  default: 'off',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
    'https://man7.org/linux/man-pages/man5/resolv.conf.5.html',
  ],

  check(cluster, report) {
    const namespaces = new Set([...cluster.namespaces].map(({ name }) => name));
    for (const workload of cluster.judged(...workloadKinds)) {
      if (resolverOf(workload) !== 'cluster' || isWindows(workload) || runsToCompletion(workload)) continue;
      if (dnsOptionNamed(workload, 'ndots') !== undefined) continue;
      const names = hostsOf(workload, cluster).filter(
        mention => isDetour(mention, namespaces) && !isServed(mention.host, cluster),
      );
      const [first] = names;
      if (first === undefined) continue;
      const hosts = new Set(names.map(({ host }) => host));
      // A name with one dot is below any limit that keeps `service.namespace` working.
      const helped = [...hosts].filter(host => host.split('.').length > 2);
      const how =
        helped.length > 0
          ? "Set the option 'ndots' to '2', with which 'service.namespace' still resolves."
          : 'End the name with a dot, which makes it complete.';
      report(
        workload.name,
        {
          what: `Lookups of '${helped[0] ?? first.host}' try the search domains first`,
          why: `A name with fewer than ${usualNdots} dots is tried with the three search domains of the cluster before it is asked as it is: up to three queries in vain, twice with IPv6.`,
          how,
        },
        {
          related: related(
            names.map(({ place }) => place),
            'External name used here',
          ),
          fixes: [...(helped.length > 0 ? [lowered(workload)] : []), ...absolute(names)],
        },
      );
    }
  },
});

/** A name that the resolver completes first. One that ends in a dot is complete already. */
function isDetour({ host, name, place }: Mention, namespaces: ReadonlySet<string>): boolean {
  if (!isInternetName(host, namespaces) || host.split('.').length - 1 >= usualNdots) return false;
  if (name !== undefined && (isOwnAddress(name) || forBrowsers.test(name))) return false;
  return place.in.string?.charAt(place.range.start + host.length) !== '.';
}

/**
 * Names whose value a page hands to browsers, or tells others to call back.
 *
 * @own the prefixes by which build tools of web pages take variables in, and words that were met in real manifests
 */
const forBrowsers =
  /^(?:VITE|NUXT|GATSBY|VUE_APP|REACT_APP|NEXT_PUBLIC|EXPO_PUBLIC|NG_APP)_|(?:^|[_.-])(?:web|webhooks?|browser)(?:[_.-]|url|$)/i;

function isWindows(workload: Workload): boolean {
  const spec = podSpecOf(workload);
  return spec.at('nodeSelector', 'kubernetes.io/os').string === 'windows' || spec.at('os', 'name').string === 'windows';
}

function lowered(workload: Workload): Fix {
  const options = podSpecOf(workload).at('dnsConfig', 'options');
  const value = { name: 'ndots', value: '2' };
  return fix("Set 'ndots' to 2 (names with two dots go outside first)", edits =>
    options.items().length > 0 ? edits.set(options.at(options.items().length), value) : edits.set(options, [value]),
  );
}

/** Not where a certificate is checked: few are for a name with a dot at its end. */
function absolute(names: readonly Mention[]): Fix[] {
  if (names.some(({ scheme }) => /^(?:https|wss|rediss|amqps|ldaps|grpcs|tls|ssl)$/.test(scheme ?? ''))) return [];
  const dotted = fix('End these names with a dot: they are complete', edits => {
    for (const { place, host } of names) {
      const end = place.range.start + host.length;
      edits.replace({ in: place.in, range: { start: end, end } }, '.');
    }
  });
  return [dotted];
}
