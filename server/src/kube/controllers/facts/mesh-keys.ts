import { type KeyFacts, keysIn } from './annotation-table';

/** Annotations and labels of one mesh. Those of pods stand in the template of whatever makes the pods. */
export interface MeshKeys {
  readonly mesh: string;
  /** What shows that the mesh is here: an API group, or a key of an object, ends with it. */
  readonly domain: string;
  readonly annotations: readonly KeyFacts[];
  readonly labels: readonly KeyFacts[];
}

// A row: key | type | default | marks | what it does. The columns are read by ./annotation-table.ts.

/**
 * What people set; neither what is deprecated nor what controllers write.
 *
 * @own as we know istio/api's annotations.yaml, not yet held against it one by one
 */
const istioAnnotations = `
proxy.istio.io/config                            | any  |          | on:Pod | Settings of the sidecar, as YAML, such as holdApplicationUntilProxyStarts.
sidecar.istio.io/rewriteAppHTTPProbers           | bool | true     | on:Pod | Whether probes go through the sidecar.
sidecar.istio.io/nativeSidecar                   | bool |          | on:Pod | Whether the sidecar is an init container that stays.
sidecar.istio.io/proxyCPU                        | any  |          | on:Pod | How much CPU the sidecar asks for.
sidecar.istio.io/proxyCPULimit                   | any  |          | on:Pod | How much CPU the sidecar may take.
sidecar.istio.io/proxyMemory                     | any  |          | on:Pod | How much memory the sidecar asks for.
sidecar.istio.io/proxyMemoryLimit                | any  |          | on:Pod | How much memory the sidecar may take.
sidecar.istio.io/interceptionMode                | = REDIRECT, TPROXY | REDIRECT | on:Pod | How connections get to the sidecar.
sidecar.istio.io/logLevel                        | = error, warning, info, debug, trace | warning | on:Pod | What the sidecar logs.
traffic.sidecar.istio.io/excludeInboundPorts     | any  |          | on:Pod | Ports whose incoming connections pass the sidecar by.
traffic.sidecar.istio.io/includeInboundPorts     | any  | *        | on:Pod | Ports whose incoming connections go through the sidecar.
traffic.sidecar.istio.io/excludeOutboundPorts    | any  |          | on:Pod | Ports whose outgoing connections pass the sidecar by.
traffic.sidecar.istio.io/includeOutboundPorts    | any  |          | on:Pod | Ports whose outgoing connections go through the sidecar, wherever they go.
traffic.sidecar.istio.io/excludeOutboundIPRanges | cidrs |         | on:Pod | Addresses whose connections pass the sidecar by.
traffic.sidecar.istio.io/includeOutboundIPRanges | any  | *        | on:Pod | Addresses whose connections go through the sidecar.
inject.istio.io/templates                        | any  | sidecar  | on:Pod | The templates that the sidecar is made from.
networking.istio.io/exportTo                     | any  |          | on:Service | The namespaces that see the Service.
networking.istio.io/traffic-distribution         | = PreferClose, PreferSameZone, PreferSameNode, Any |          | on:Service on:Namespace | Whether proxies prefer pods nearby.
`;

/** @own as we know istio/api's labels.yaml, not yet held against it one by one */
const istioLabels = `
istio-injection              | = enabled, disabled |  | on:Namespace | Whether new pods of the namespace get a sidecar.
istio.io/rev                 | any  |          | on:Namespace on:Pod | The revision of the control plane that new pods belong to.
istio.io/dataplane-mode      | = ambient, none |  | on:Namespace on:Pod | Whether pods are in the mesh without sidecars.
istio.io/use-waypoint        | any  |          | on:Namespace on:Service on:Pod | The waypoint that looks into requests; none for none.
istio.io/use-waypoint-namespace | any |        | on:Namespace on:Service on:Pod | The namespace of that waypoint.
istio.io/ingress-use-waypoint | bool |         | on:Namespace on:Service | Whether what comes from a gateway goes through the waypoint too.
sidecar.istio.io/inject      | bool |          | on:Pod | Whether the pods get a sidecar, whatever their namespace says.
`;

/** @own as we know linkerd2's labels.go, not yet held against it one by one */
const linkerdAnnotations = `
linkerd.io/inject                                | = enabled, ingress, disabled |          | on:Namespace on:Pod | Whether new pods get Linkerd's proxy.
config.linkerd.io/opaque-ports                   | any  |          | on:Namespace on:Pod on:Service | Ports on which the server speaks first, or that are not to be looked into.
config.linkerd.io/skip-inbound-ports             | any  |          | on:Namespace on:Pod | Ports whose incoming connections pass the proxy by.
config.linkerd.io/skip-outbound-ports            | any  |          | on:Namespace on:Pod | Ports whose outgoing connections pass the proxy by.
config.linkerd.io/skip-subnets                   | cidrs |         | on:Namespace on:Pod | Addresses whose connections pass the proxy by.
config.linkerd.io/default-inbound-policy         | = all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny, audit | all-unauthenticated | on:Namespace on:Pod | Who may connect where no policy says so.
config.linkerd.io/proxy-await                    | = enabled, disabled | enabled | on:Namespace on:Pod | Whether the application waits until the proxy is ready.
config.linkerd.io/proxy-enable-native-sidecar    | bool |          | on:Namespace on:Pod | Whether the proxy is an init container that stays.
config.linkerd.io/proxy-cpu-request              | any  |          | on:Namespace on:Pod | How much CPU the proxy asks for.
config.linkerd.io/proxy-cpu-limit                | any  |          | on:Namespace on:Pod | How much CPU the proxy may take.
config.linkerd.io/proxy-memory-request           | any  |          | on:Namespace on:Pod | How much memory the proxy asks for.
config.linkerd.io/proxy-memory-limit             | any  |          | on:Namespace on:Pod | How much memory the proxy may take.
config.linkerd.io/proxy-log-level                | any  | warn,linkerd=info | on:Namespace on:Pod | What the proxy logs.
config.linkerd.io/shutdown-grace-period          | any  | 2m       | on:Namespace on:Pod | How long the proxy waits for open connections at its end.
`;

/** @own as we know cilium's annotations, not yet held against them one by one */
const ciliumAnnotations = `
service.cilium.io/global                         | bool | false    | on:Service | Whether the clusters of a mesh share the Service.
service.cilium.io/shared                         | bool | true     | on:Service | Whether this cluster's pods serve the others too.
service.cilium.io/affinity                       | = local, remote, none | none | on:Service | Whether pods of this cluster are preferred, or those of others.
service.cilium.io/lb-algorithm                   | = random, maglev |          | on:Service | How connections are spread over the pods.
service.cilium.io/src-ranges-policy              | = allow, deny | allow | on:Service | Whether loadBalancerSourceRanges lets in, or keeps out.
service.cilium.io/forwarding-mode                | = dsr, snat |  | on:Service | How answers of the load balancer go back.
lbipam.cilium.io/ips                             | any  |          | on:Service | The addresses that the load balancer gets.
lbipam.cilium.io/sharing-key                     | any  |          | on:Service | Services with the same key may share an address.
policy.cilium.io/no-track-port                   | any  |          | on:Pod | Ports whose connections are not tracked.
`;

/** @own the meshes that rules here know; each table above has its source */
export const meshKeys: readonly MeshKeys[] = [
  {
    mesh: 'Istio',
    domain: 'istio.io',
    annotations: keysIn(istioAnnotations, '', []),
    labels: keysIn(istioLabels, '', []),
  },
  { mesh: 'Linkerd', domain: 'linkerd.io', annotations: keysIn(linkerdAnnotations, '', []), labels: [] },
  { mesh: 'Cilium', domain: 'cilium.io', annotations: keysIn(ciliumAnnotations, '', []), labels: [] },
];
