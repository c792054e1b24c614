import { type Plugin, plugin } from './plugin';

/** Plugins that left CoreDNS. */
export const formerPlugins = [
  plugin('federation', '[ZONES...]', 'Answered for Services of federated clusters.', {
    isOpen: true,
    deprecatedIn: '1.6.3',
    removedIn: '1.7.0',
  }),
  plugin('reverse', 'NETWORK...', 'Made PTR records from a pattern.', {
    isOpen: true,
    deprecatedIn: '1.1.3',
    removedIn: '1.2.0',
    replacement: 'template',
  }),
  plugin('startup', 'COMMAND', 'Ran a command at the start.', {
    deprecatedIn: '1.0.6',
    removedIn: '1.1.0',
    replacement: 'on startup',
  }),
  plugin('shutdown', 'COMMAND', 'Ran a command at the end.', {
    deprecatedIn: '1.0.6',
    removedIn: '1.1.0',
    replacement: 'on shutdown',
  }),
];

/** Plugins of other authors that clusters use: a CoreDNS has them only when it was built with them. */
export const externalPlugins: readonly Plugin[] = [
  external(
    'ocp_dnsnameresolver',
    'Keeps the DNSNameResolver objects of OpenShift up to date with the names that are asked for.',
  ),
  external('kubernetai', 'Answers for several clusters, with one block for each where kubernetes knows one.'),
  external('k8s_gateway', 'Answers for the external names of Ingresses, Services and Gateway routes.'),
  external('k8s_crd', 'Answers from the DNSEndpoint objects of k8gb.'),
  external('multicluster', 'Answers for Services that other clusters export, by the multi-cluster Services API.'),
  external('lighthouse', 'Answers for Services of connected clusters, for Submariner.'),
  external('gslb', 'Answers with the healthy sites of a service, for load balancing across sites.'),
  external('kubeforward', 'Forwards to the endpoints of a Service as they come and go.'),
  external('kubenodes', 'Answers for the names of the nodes.'),
  external('k8s_event', 'Turns log lines of CoreDNS into Kubernetes events.'),
  external('k8s_cache', 'Caches answers longer while the Kubernetes API is away.'),
  external('k8s_dns_chaos', 'Breaks answers on purpose, for Chaos Mesh.'),
  external('meship', 'Answers for names of a mesh network that hold addresses.'),
  external('wgsd', 'Tells WireGuard peers where the others are.'),
  external('fanout', 'Asks several servers at once and takes the first answer.'),
  external('alternate', 'Asks another set of servers when the first answers with certain codes.'),
  external('fallback', 'Asks other servers when the answer is an error.'),
  external('recursor', 'Looks up names from the root servers on, or by rules.'),
  external('unbound', 'Looks up names from the root servers on, with libunbound.'),
  external('rrl', 'Limits how many answers a client gets, against attacks.'),
  external('alias', 'Turns CNAMEs at the top of a zone into addresses.'),
  external('finalize', 'Follows CNAMEs and answers with their end.'),
  external('records', 'Answers with records that are written into the Corefile.'),
  external('dump', 'Prints every query, simpler than log.'),
  external('git', 'Fetches zone files from a git repository.'),
  external('redis', 'Answers from Redis.'),
  external('redisc', 'Keeps the cache in Redis.'),
  external('pdsql', 'Answers from a database in the form of PowerDNS.'),
  external('mysql', 'Answers from MySQL.'),
  external('netbox', 'Answers for the addresses of a NetBox.'),
  external('docker', 'Answers for containers of Docker.'),
  external('mdns', 'Answers with what mDNS finds in the local network.'),
  external('ebpf', 'Loads an eBPF program that sees the packets first.'),
];

function external(name: string, summary: string): Plugin {
  return plugin(name, '[...]', summary, { isExternal: true, isOpen: true });
}
