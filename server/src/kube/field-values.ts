import type { Kind } from './kinds';

/** The values that a field takes, where the API lists them. */
export interface FieldValues {
  /** Keys from the object on; `*` is an item of a list or a key that somebody chose. In pods they count from the pod's spec. */
  readonly path: readonly string[];
  /** What is meant most often first. */
  readonly values: readonly string[];
  /** One sentence. */
  readonly about: string;
  /** Whether Kubernetes' own schema lists them too, so that an editor with that schema offers them. */
  readonly isCore: boolean;
}

/**
 * A row: kinds | path | values, best first | what the field is about. A `+` before the kinds says that it is of Kubernetes' own API.
 *
 * @source istio/api:networking/v1alpha3 (load balancing, read 2026-11-29)
 * @source tigera/operator:api/v1/installation_types.go (dataplanes and encapsulations, read 2026-11-29)
 * @own the others as we know these APIs (Kubernetes 1.36, Gateway API 1.6, Istio, Calico, Cilium, Traefik, Kong, CloudNativePG, kind), not yet
 * held against their definitions one by one
 */
const rows = `
HTTPRoute | spec rules * filters * type | RequestRedirect, URLRewrite, RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, ExtensionRef | What the filter does; its settings stand beside it, in a field of the same name.
HTTPRoute | spec rules * backendRefs * filters * type | RequestHeaderModifier, ResponseHeaderModifier, URLRewrite, RequestMirror, ExtensionRef | What the filter does; its settings stand beside it, in a field of the same name.
HTTPRoute | spec rules * matches * path type | PathPrefix, Exact, RegularExpression | How the path is compared.
HTTPRoute | spec rules * matches * headers * type | Exact, RegularExpression | How the header is compared.
HTTPRoute | spec rules * matches * queryParams * type | Exact, RegularExpression | How the parameter is compared.
HTTPRoute | spec rules * matches * method | GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, CONNECT, TRACE | The HTTP method that matches.
HTTPRoute | spec rules * filters * requestRedirect scheme | https, http | The scheme that requests are redirected to.
HTTPRoute | spec rules * filters * requestRedirect statusCode | 301, 302, 303, 307, 308 | The status code of the redirect.
HTTPRoute | spec rules * filters * requestRedirect path type | ReplacePrefixMatch, ReplaceFullPath | Which part of the path is another.
HTTPRoute | spec rules * filters * urlRewrite path type | ReplacePrefixMatch, ReplaceFullPath | Which part of the path is another.
GRPCRoute | spec rules * filters * type | RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, ExtensionRef | What the filter does; its settings stand beside it, in a field of the same name.
GRPCRoute | spec rules * matches * method type | Exact, RegularExpression | How service and method are compared.
GRPCRoute | spec rules * matches * headers * type | Exact, RegularExpression | How the header is compared.
Gateway | spec listeners * protocol | HTTPS, HTTP, TLS, TCP, UDP | What clients speak.
Gateway | spec listeners * tls mode | Terminate, Passthrough | Whether the gateway opens TLS, or hands it on.
Gateway | spec listeners * allowedRoutes namespaces from | Same, All, Selector | The namespaces whose routes may attach.
BackendTLSPolicy | spec validation wellKnownCACertificates | System | The authorities that the pods' certificates are checked against.
PeerAuthentication.security.istio.io | spec mtls mode | STRICT, PERMISSIVE, DISABLE, UNSET | Whether pods take in only what comes over mutual TLS.
PeerAuthentication.security.istio.io | spec portLevelMtls * mode | STRICT, PERMISSIVE, DISABLE, UNSET | Whether the port takes in only what comes over mutual TLS.
AuthorizationPolicy.security.istio.io | spec action | ALLOW, DENY, AUDIT, CUSTOM | What becomes of requests that a rule matches.
DestinationRule.networking.istio.io | spec trafficPolicy loadBalancer simple | LEAST_REQUEST, ROUND_ROBIN, RANDOM, PASSTHROUGH | How requests are spread; LEAST_REQUEST is the default since 1.14.
DestinationRule.networking.istio.io | spec trafficPolicy portLevelSettings * loadBalancer simple | LEAST_REQUEST, ROUND_ROBIN, RANDOM, PASSTHROUGH | How requests are spread; LEAST_REQUEST is the default since 1.14.
DestinationRule.networking.istio.io | spec subsets * trafficPolicy loadBalancer simple | LEAST_REQUEST, ROUND_ROBIN, RANDOM, PASSTHROUGH | How requests are spread; LEAST_REQUEST is the default since 1.14.
DestinationRule.networking.istio.io | spec trafficPolicy tls mode | ISTIO_MUTUAL, SIMPLE, MUTUAL, DISABLE | What clients of the mesh speak to this host.
DestinationRule.networking.istio.io | spec trafficPolicy portLevelSettings * tls mode | ISTIO_MUTUAL, SIMPLE, MUTUAL, DISABLE | What clients of the mesh speak to this port.
DestinationRule.networking.istio.io | spec subsets * trafficPolicy tls mode | ISTIO_MUTUAL, SIMPLE, MUTUAL, DISABLE | What clients of the mesh speak to this subset.
Gateway.networking.istio.io | spec servers * tls mode | SIMPLE, MUTUAL, PASSTHROUGH, AUTO_PASSTHROUGH, ISTIO_MUTUAL | Whether the gateway opens TLS, and whether it asks for a certificate.
Gateway.networking.istio.io | spec servers * port protocol | HTTPS, HTTP, HTTP2, GRPC, TLS, TCP, MONGO | What clients speak.
Sidecar.networking.istio.io | spec outboundTrafficPolicy mode | REGISTRY_ONLY, ALLOW_ANY | Whether pods may call hosts that the mesh does not know.
ServiceEntry.networking.istio.io | spec location | MESH_EXTERNAL, MESH_INTERNAL | Whether the host is a part of the mesh.
ServiceEntry.networking.istio.io | spec resolution | DNS, STATIC, NONE, DNS_ROUND_ROBIN | How addresses of the host are found.
NetworkPolicy.projectcalico.org GlobalNetworkPolicy.projectcalico.org | spec types * | Ingress, Egress | The directions that the policy is for.
NetworkPolicy.projectcalico.org GlobalNetworkPolicy.projectcalico.org | spec ingress * action | Allow, Deny, Log, Pass | What becomes of what the rule matches.
NetworkPolicy.projectcalico.org GlobalNetworkPolicy.projectcalico.org | spec egress * action | Allow, Deny, Log, Pass | What becomes of what the rule matches.
NetworkPolicy.projectcalico.org GlobalNetworkPolicy.projectcalico.org | spec ingress * protocol | TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite | The protocol that matches.
NetworkPolicy.projectcalico.org GlobalNetworkPolicy.projectcalico.org | spec egress * protocol | TCP, UDP, SCTP, ICMP, ICMPv6, UDPLite | The protocol that matches.
IPPool.projectcalico.org | spec vxlanMode | CrossSubnet, Always, Never | When packets between nodes are wrapped in VXLAN.
IPPool.projectcalico.org | spec ipipMode | CrossSubnet, Always, Never | When packets between nodes are wrapped in IP-in-IP.
Installation.operator.tigera.io | spec calicoNetwork linuxDataplane | Iptables, Nftables, BPF, VPP | What carries packets on Linux; Iptables and Nftables follow kube-proxy's mode.
Installation.operator.tigera.io | spec calicoNetwork bgp | Disabled, Enabled | Whether nodes tell each other routes over BGP.
Installation.operator.tigera.io | spec calicoNetwork ipPools * encapsulation | VXLANCrossSubnet, VXLAN, IPIPCrossSubnet, IPIP, None | How packets between nodes are wrapped.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec ingress * fromEntities * | cluster, ingress, world, host, remote-node, kube-apiserver, health, init, unmanaged, all | Who may connect, beside pods with labels.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec ingressDeny * fromEntities * | world, cluster, host, remote-node, kube-apiserver, ingress, health, init, unmanaged, all | Who may not connect.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec egress * toEntities * | kube-apiserver, cluster, world, host, remote-node, health, init, unmanaged, all | Whom pods may reach, beside pods with labels.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec egressDeny * toEntities * | world, kube-apiserver, cluster, host, remote-node, health, init, unmanaged, all | Whom pods may not reach.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec ingress * toPorts * ports * protocol | TCP, UDP, SCTP, ANY | The protocol that matches.
CiliumNetworkPolicy.cilium.io CiliumClusterwideNetworkPolicy.cilium.io | spec egress * toPorts * ports * protocol | TCP, UDP, SCTP, ANY | The protocol that matches.
ClusterNetworkPolicy.policy.networking.k8s.io | spec tier | Baseline, Admin | Whether NetworkPolicies have the last word (Baseline), or this one has (Admin).
ClusterNetworkPolicy.policy.networking.k8s.io | spec ingress * action | Accept, Deny, Pass | What becomes of what the rule matches.
ClusterNetworkPolicy.policy.networking.k8s.io | spec egress * action | Accept, Deny, Pass | What becomes of what the rule matches.
IngressRoute.traefik.io | spec routes * services * strategy | p2c, leasttime, wrr, hrw | How requests are spread over the pods.
IngressRoute.traefik.io | spec routes * services * kind | Service, TraefikService | What the name is the name of.
TraefikService.traefik.io | spec weighted services * strategy | p2c, leasttime, wrr, hrw | How requests are spread over the pods.
KongUpstreamPolicy.configuration.konghq.com | spec algorithm | least-connections, latency, round-robin, consistent-hashing, sticky-sessions | How requests are spread over the pods.
VirtualServer.k8s.nginx.org VirtualServerRoute.k8s.nginx.org | spec upstreams * lb-method | random two least_conn, least_conn, round_robin, ip_hash, random | How requests are spread over the pods.
Pooler.postgresql.cnpg.io | spec type | rw, ro, r | Which servers of the cluster: the primary (rw), the replicas (ro), or any (r).
Pooler.postgresql.cnpg.io | spec pgbouncer poolMode | transaction, session | After what a server connection goes back to the pool.
Cluster.kind.x-k8s.io | networking kubeProxyMode | nftables, iptables, ipvs, none | How kube-proxy carries packets; none where the CNI does it.
Cluster.kind.x-k8s.io | networking ipFamily | ipv4, dual, ipv6 | The addresses of pods and Services.
+NetworkPolicy | spec policyTypes * | Ingress, Egress | The directions that the policy isolates its pods in.
+NetworkPolicy | spec ingress * ports * protocol | TCP, UDP, SCTP | TCP where nothing is written.
+NetworkPolicy | spec egress * ports * protocol | TCP, UDP, SCTP | TCP where nothing is written.
+Service | spec type | ClusterIP, LoadBalancer, NodePort, ExternalName | Where the Service can be reached from.
+Service | spec ports * protocol | TCP, UDP, SCTP | TCP where nothing is written.
+Service | spec internalTrafficPolicy | Cluster, Local | Whether callers in the cluster get only the pods of their own node (Local).
+Service | spec externalTrafficPolicy | Cluster, Local | Whether callers from outside get only the pods of the node they come to (Local), and keep their address.
+Service | spec sessionAffinity | None, ClientIP | Whether a client goes to the same pod each time.
+Service | spec ipFamilyPolicy | PreferDualStack, SingleStack, RequireDualStack | Whether the Service has IPv4 and IPv6 addresses.
+Ingress | spec rules * http paths * pathType | Prefix, Exact, ImplementationSpecific | How the path is compared.
+Pod | dnsPolicy | ClusterFirst, ClusterFirstWithHostNet, Default, None | Whom the pod asks for names; on the host's network only ClusterFirstWithHostNet asks the cluster's DNS.
+Pod | topologySpreadConstraints * whenUnsatisfiable | ScheduleAnyway, DoNotSchedule | What happens where the spread can't be kept: DoNotSchedule leaves the pod pending.
+Pod | containers * ports * protocol | TCP, UDP, SCTP | TCP where nothing is written.
`;

const table = new Map<string, FieldValues[]>();
for (const row of rows.trim().split('\n')) {
  const [kinds = '', path = '', values = '', about = ''] = row.split(' | ').map(column => column.trim());
  for (const kind of kinds.replace(/^\+/, '').split(' ')) {
    const fields = table.get(kind) ?? [];
    table.set(kind, fields);
    fields.push({ path: path.split(' '), values: values.split(', '), about, isCore: kinds.startsWith('+') });
  }
}

/** The kinds of the table, for whoever checks it. */
export const kindsWithValues: readonly string[] = [...table.keys()];

/** What may stand at a path of an object; in pods it counts from the pod's spec. */
export function fieldValuesAt(kind: Kind, path: readonly (string | number)[]): FieldValues | undefined {
  return table
    .get(kind)
    ?.find(
      field => field.path.length === path.length && field.path.every((step, i) => step === '*' || step === path[i]),
    );
}
