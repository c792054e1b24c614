import { serviceNamesOf } from '../../kube/address';
import { controllersRunBy } from '../../kube/controllers/running';
import { isClusterName, isInternetName } from '../../kube/dns/resolver';
import { bindingKinds, bindingOf } from '../../kube/pods/service-account';
import type { Manifest } from '../../kube/policies/allow-dns';
import { namespacePeer, podsPeer } from '../../kube/policies/allow-policy';
import { nameOf, titleOf } from '../../kube/resource';
import { type Service, servicePortsOf, serviceSelectorOf } from '../../kube/services/service';
import type { Cluster, Namespace } from '../../kube/view';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import { callKinds, type Stranger, strangersOf } from '../calls/calls';
import { isOwnAddress } from '../calls/evidence-keys';
import type { Pod } from '../policies/pods';
import { Connections, protocolNamed } from '../sets/connections';

/** Every kind that tells what pods call besides pods. */
export const outsideCallKinds = [...callKinds, ...bindingKinds, 'EndpointSlice', 'Endpoints'] as const;

type OutsideKind = (typeof outsideCallKinds)[number];

/** A call to somebody whom no manifest shows. */
export interface OutsideCall {
  /** Who it is, as far as the manifests say. */
  readonly name: string;
  /** In words that follow the name of the pods: "calls 'api.example.com'". */
  readonly what: string;
  readonly at: Node | Place;
  /** Peers that take it in; none where it can't be told who it is. */
  readonly peers: readonly Manifest[];
  readonly connections: Connections;
  /** Why it can't be allowed, or only by more than it needs. */
  readonly note?: string;
  /** A rule that would allow it, for who knows the address. */
  readonly example?: string;
}

/** What the pods of a workload call outside of the pods that the manifests show. */
export function outsideCallsOf(pod: Pod, cluster: Cluster<OutsideKind>): readonly OutsideCall[] {
  const calls = strangersOf(cluster, pod.workload).flatMap(stranger => callTo(stranger, pod, cluster) ?? []);
  const seen = new Set<string>();
  const distinct = calls.filter(call => {
    const key = JSON.stringify([call.what, call.peers, call.connections.toString()]);
    return !seen.has(key) && seen.add(key);
  });
  return [...distinct, ...apiServerCallsOf(pod, cluster)];
}

function callTo(stranger: Stranger, pod: Pod, cluster: Cluster<OutsideKind>): OutsideCall | undefined {
  const { mention, service, serviceNamespace } = stranger;
  const { host, port, scheme, form, place: at } = mention;
  const connections = port === undefined ? Connections.all : Connections.onPort('TCP', port);
  const what = `calls '${port === undefined ? host : `${host}:${port}`}'`;
  if (form === 'number') return { name: host, what, at, peers: [addressPeer(host)], connections };
  if (service) return callOf(service, serviceNamespace ?? '', { name: host, what, at, connections }, pod, cluster);
  if (host === 'localhost' || isApiServer(host)) return undefined;
  if (isInternetName(host, new Set([...cluster.namespaces].map(({ name }) => name)))) {
    if (mention.name !== undefined && isOwnAddress(mention.name)) return undefined;
    return {
      name: host,
      what,
      at,
      peers: internet,
      connections,
      note: 'a policy knows no names: public addresses are allowed',
    };
  }
  const [named] = serviceNamesOf(host);
  // `redis:7` is an image, a version or a volume as well as a host.
  if (named === undefined || (scheme === undefined && !isClusterName(host) && (form === 'address' || !port)))
    return undefined;
  const elsewhere = named.namespace;
  if (elsewhere === undefined || elsewhere === pod.namespaceName) {
    return { name: host, what, at, peers: [], connections, note: 'no Service among the manifests has this name' };
  }
  // The port of a Service is not that of its pods.
  return { name: host, what, at, peers: [namespacePeer(elsewhere)], connections: Connections.all };
}

/** A call of a Service behind which the manifests show no pod. */
function callOf(
  service: Service,
  namespace: string,
  call: Omit<OutsideCall, 'peers'>,
  pod: Pod,
  cluster: Cluster<OutsideKind>,
): OutsideCall {
  if (service.at('spec', 'type').string === 'ExternalName') {
    const what = `${call.what}, which is '${service.at('spec', 'externalName').string ?? ''}' outside`;
    return { ...call, what, peers: internet, note: 'a policy knows no names: public addresses are allowed' };
  }
  const selector = serviceSelectorOf(service);
  if (selector) {
    const labels = service.at('spec', 'selector').value;
    const peer = podsPeer(labels, namespace === pod.namespaceName ? undefined : namespace);
    const note = `no manifest shows the pods of Service '${nameOf(service)}': where they are isolated, let them be called`;
    return { ...call, peers: [peer], connections: targetsOf(service), note };
  }
  const homes = [...cluster.namespaces].filter(({ name }) => name === namespace);
  const ends = homes.flatMap(home => endpointsOf(service, home));
  if (ends.length === 0)
    return { ...call, peers: [], note: `no manifest shows the endpoints of Service '${nameOf(service)}'` };
  const connections = Connections.unionOf(ends.map(({ connections: own }) => own));
  return { ...call, peers: [...new Set(ends.flatMap(({ addresses }) => addresses))].map(addressPeer), connections };
}

/** A port by name is known by the pods alone. */
function targetsOf(service: Service): Connections {
  const ports = servicePortsOf(service);
  if (ports.some(({ target }) => typeof target !== 'number')) return Connections.all;
  return Connections.unionOf(
    ports.flatMap(({ protocol, target }) => {
      const known = protocolNamed(protocol);
      return known && typeof target === 'number' ? [Connections.onPort(known, target)] : [];
    }),
  );
}

interface Endpoints {
  readonly addresses: readonly string[];
  readonly connections: Connections;
}

function endpointsOf(service: Service, home: Namespace<OutsideKind>): readonly Endpoints[] {
  const name = nameOf(service);
  const slices = home
    .of('EndpointSlice')
    .filter(slice => slice.label('kubernetes.io/service-name').string === name)
    .map(slice => ({
      addresses: slice
        .at('endpoints')
        .items()
        .flatMap(each => textsOf(each.at('addresses').items())),
      connections: portsOf(slice.at('ports').items()),
    }));
  const subsets = home
    .of('Endpoints')
    .filter(each => each.name.string === name)
    .flatMap(each => each.at('subsets').items())
    .map(subset => ({
      addresses: textsOf(
        subset
          .at('addresses')
          .items()
          .map(address => address.at('ip')),
      ),
      connections: portsOf(subset.at('ports').items()),
    }));
  return [...slices, ...subsets].filter(({ addresses }) => addresses.length > 0);
}

const textsOf = (nodes: readonly Node[]) => nodes.flatMap(node => node.string ?? []);

function portsOf(ports: readonly Node[]): Connections {
  if (ports.length === 0) return Connections.all;
  return Connections.unionOf(
    ports.flatMap(item => {
      const protocol = protocolNamed(item.at('protocol').string ?? 'TCP');
      const number = item.at('port').number;
      return protocol && number !== undefined ? [Connections.onPort(protocol, number)] : [];
    }),
  );
}

/** Pods with rights at the Kubernetes API use them; ingress controllers do in any case. */
function apiServerCallsOf({ workload, namespaceName }: Pod, cluster: Cluster<OutsideKind>): readonly OutsideCall[] {
  const binding = bindingOf(workload, namespaceName, cluster);
  const isController = controllersRunBy(workload).length > 0;
  if (binding === undefined && !isController) return [];
  const reason = binding ? `by ${titleOf(binding)}` : 'as ingress controllers do';
  const note = 'no manifest shows the address of the control plane';
  const at = binding?.name ?? workload.name;
  const what = `may ask the Kubernetes API, ${reason}`;
  return [
    { name: 'Kubernetes API', what, at, peers: [], connections: Connections.none, note, example: controlPlaneRule },
  ];
}

/** Addresses are those of the endpoints of Service 'kubernetes', and so is the port. */
const controlPlaneRule = `The Kubernetes API, with the addresses of 'kubectl get endpointslices -n default kubernetes', in 'egress':
  - to: [{ipBlock: {cidr: <address>/32}}]
    ports: [{protocol: TCP, port: 6443}]`;

const isApiServer = (host: string) => /^kubernetes(?:\.default(?:\.svc(?:\..*)?)?)?$/.test(host);

const addressPeer = (address: string): Manifest => ({
  ipBlock: { cidr: address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}` },
});

/**
 * Everything but addresses of clusters, of their nodes and of the metadata of clouds.
 *
 * @source https://www.rfc-editor.org/rfc/rfc1918 (1996)
 * @source https://www.rfc-editor.org/rfc/rfc6598 (2012)
 * @source https://www.rfc-editor.org/rfc/rfc3927 (2005)
 * @source https://www.rfc-editor.org/rfc/rfc4193 (2005)
 */
const internet: readonly Manifest[] = [
  {
    ipBlock: {
      cidr: '0.0.0.0/0',
      except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
    },
  },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];
