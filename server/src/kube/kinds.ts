/**
 * API groups whose kinds are named without the group: Kubernetes' own, and Gateway API.
 *
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (1.36)
 * @source kubernetes-sigs/gateway-api:config/crd/standard (v1.6.1)
 */
const plain = {
  '': [
    'ConfigMap', 'Endpoints', 'Namespace', 'Node', 'Pod', 'ReplicationController', 'Secret', 'Service', 'ServiceAccount',
    'PersistentVolume', 'PersistentVolumeClaim', 'ResourceQuota', 'LimitRange',
  ],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  batch: ['CronJob', 'Job'],
  'networking.k8s.io': ['Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR', 'IPAddress'],
  'discovery.k8s.io': ['EndpointSlice'],
  policy: ['PodDisruptionBudget'],
  autoscaling: ['HorizontalPodAutoscaler'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'admissionregistration.k8s.io': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'gateway.networking.k8s.io': [
    'Gateway', 'GatewayClass', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ReferenceGrant',
    'BackendTLSPolicy', 'ListenerSet',
  ],
} as const; // biome-ignore format: a table

/**
 * All other kinds that something here knows, as kind.group.
 *
 * @source https://github.com/datreeio/CRDs-catalog (read 2026-11-29)
 * @source https://kubernetes.io/docs/reference/config-api/ (kube-proxy, kubelet and kubeadm, 1.35)
 * @source kubernetes-sigs/network-policy-api:apis (v1alpha1 and v1alpha2, read 2026-11-29)
 * @source kubernetes/kops:pkg/apis/kops/v1alpha2/cluster.go (0031f9e, read 2026-11-29)
 * @source kubernetes-sigs/kind:pkg/apis/config/v1alpha4 (read 2026-11-22)
 * @source kubernetes-sigs/cluster-api:test/infrastructure/docker/examples (ae7ff04)
 * @source openshift/api:operator/v1/types_dns.go (read 2026-11-22)
 * @source istio/istio:samples (86c9f01)
 * @source linkerd/linkerd2:multicluster/charts/linkerd-multicluster/templates (b24cd40)
 * @source traefik/traefik:pkg/provider/kubernetes/crd/fixtures (fd5a576)
 * @source nginx/kubernetes-ingress:examples/custom-resources (0eb3072)
 * @source nginx/nginx-gateway-fabric:config/crd/bases (e55bfe3)
 * @source Kong/kubernetes-ingress-controller:test/e2e/manifests/all-in-one-dbless-konnect.yaml (1fa68f8)
 * @source prometheus-operator/kube-prometheus:manifests/setup (4d719f1)
 * @source metallb/metallb:config/manifests/metallb-native.yaml (7938d3f)
 * @source cloudnative-pg/cloudnative-pg:releases/cnpg-1.29.0.yaml (1.29.0)
 * @source strimzi/strimzi-kafka-operator:packaging/examples (8541da1)
 */
const qualified = [
  'NetworkPolicy.projectcalico.org', 'GlobalNetworkPolicy.projectcalico.org', 'IPPool.projectcalico.org',
  'StagedNetworkPolicy.projectcalico.org', 'StagedGlobalNetworkPolicy.projectcalico.org',
  'StagedKubernetesNetworkPolicy.projectcalico.org', 'GlobalNetworkSet.projectcalico.org', 'Tier.projectcalico.org',
  'FelixConfiguration.projectcalico.org', 'HostEndpoint.projectcalico.org', 'Installation.operator.tigera.io',
  'CiliumNetworkPolicy.cilium.io', 'CiliumClusterwideNetworkPolicy.cilium.io', 'CiliumPodIPPool.cilium.io',
  'AdminNetworkPolicy.policy.networking.k8s.io', 'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'ClusterPolicy.kyverno.io', 'Policy.kyverno.io', 'GeneratingPolicy.policies.kyverno.io',
  'KubeProxyConfiguration.kubeproxy.config.k8s.io', 'KubeletConfiguration.kubelet.config.k8s.io',
  'ClusterConfiguration.kubeadm.k8s.io', 'InitConfiguration.kubeadm.k8s.io', 'JoinConfiguration.kubeadm.k8s.io',
  'Cluster.kind.x-k8s.io', 'Cluster.kops.k8s.io', 'Cluster.postgresql.cnpg.io', 'Pooler.postgresql.cnpg.io',
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io', 'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io',
  'postgresql.acid.zalan.do',
  'DestinationRule.networking.istio.io', 'VirtualService.networking.istio.io', 'Gateway.networking.istio.io',
  'ServiceEntry.networking.istio.io', 'Sidecar.networking.istio.io', 'EnvoyFilter.networking.istio.io',
  'WorkloadEntry.networking.istio.io', 'PeerAuthentication.security.istio.io', 'AuthorizationPolicy.security.istio.io',
  'Telemetry.telemetry.istio.io', 'IstioOperator.install.istio.io', 'Server.policy.linkerd.io',
  'IngressRoute.traefik.io', 'IngressRouteTCP.traefik.io', 'IngressRouteUDP.traefik.io', 'TraefikService.traefik.io',
  'Middleware.traefik.io', 'ServersTransport.traefik.io',
  'VirtualServer.k8s.nginx.org', 'VirtualServerRoute.k8s.nginx.org', 'TransportServer.k8s.nginx.org',
  'UpstreamSettingsPolicy.gateway.nginx.org', 'NginxProxy.gateway.nginx.org', 'SnippetsFilter.gateway.nginx.org',
  'HTTPProxy.projectcontour.io', 'ContourConfiguration.projectcontour.io',
  'BackendTrafficPolicy.gateway.envoyproxy.io', 'ClientTrafficPolicy.gateway.envoyproxy.io', 'Backend.gateway.envoyproxy.io',
  'KongUpstreamPolicy.configuration.konghq.com', 'KongIngress.configuration.konghq.com', 'KongPlugin.configuration.konghq.com',
  'TargetGroupBinding.elbv2.k8s.aws', 'IngressClassParams.elbv2.k8s.aws',
  'GCPTrafficDistributionPolicy.networking.gke.io', 'GCPBackendPolicy.networking.gke.io', 'BackendConfig.cloud.google.com',
  'ServiceMonitor.monitoring.coreos.com', 'PodMonitor.monitoring.coreos.com', 'Prometheus.monitoring.coreos.com',
  'Probe.monitoring.coreos.com', 'Route.route.openshift.io', 'DNS.operator.openshift.io',
  'IPAddressPool.metallb.io', 'L2Advertisement.metallb.io', 'BGPAdvertisement.metallb.io',
  'HelmChart.helm.cattle.io', 'HelmChartConfig.helm.cattle.io', 'HelmRelease.helm.toolkit.fluxcd.io',
  'Kustomization.kustomize.config.k8s.io',
  'Application.argoproj.io', 'Rollout.argoproj.io', 'Service.serving.knative.dev', 'Kafka.kafka.strimzi.io',
] as const; // biome-ignore format: a table

type PlainKind = (typeof plain)[keyof typeof plain][number];

/** `'NetworkPolicy'` for Kubernetes' own groups and Gateway API, `'NetworkPolicy.projectcalico.org'` for all others. */
export type Kind = PlainKind | (typeof qualified)[number] | 'Unlisted';

export const allKinds: readonly Kind[] = [...Object.values(plain).flat(), ...qualified, 'Unlisted'];

const table = new Map<string, Kind>();
for (const [group, kinds] of Object.entries(plain)) for (const kind of kinds) table.set(`${kind}.${group}`, kind);
for (const kind of qualified) table.set(kind, kind);

/**
 * Old homes of kinds: manifests that still name them are read as the kind they became.
 *
 * @source https://kubernetes.io/docs/reference/using-api/deprecation-guide/ (1.16 and 1.22)
 * @source projectcalico/calico:manifests/calico.yaml (names of the CRDs, 87c1590)
 * @source https://doc.traefik.io/traefik/v3.0/migration/v2/ (3.0)
 * @source https://gateway-api.sigs.k8s.io/blog/2021/introducing-v1alpha2/ (2021-10-14)
 */
const formerGroups: Record<string, readonly string[]> = {
  extensions: ['apps', 'networking.k8s.io', 'policy'],
  'crd.projectcalico.org': ['projectcalico.org'],
  'traefik.containo.us': ['traefik.io'],
  'networking.x-k8s.io': ['gateway.networking.k8s.io'],
};

/** 'Unlisted' for everything that no rule knows: an unlisted group is never matched by kind alone. */
export function kindOf(apiVersion: string, kind: string): Kind {
  const group = groupOf(apiVersion);
  for (const candidate of [group, ...(formerGroups[group] ?? [])]) {
    const known = table.get(`${kind}.${candidate}`);
    if (known) return known;
  }
  return 'Unlisted';
}

/** The part of `group/version` before the slash; '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/**
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (1.36)
 * @source kubernetes-sigs/gateway-api:config/crd/standard (v1.6.1)
 * @source projectcalico/calico:manifests/calico.yaml (scope of each CRD, 87c1590)
 * @source kubernetes-sigs/network-policy-api:config/crd/standard (0eec1b0)
 * @own files that configure a node or a tool are called by no namespace, so they count as such
 */
const clusterScoped = new Set([
  'Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'IngressClass',
  'GatewayClass', 'StorageClass', 'PriorityClass', 'RuntimeClass', 'APIService', 'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'CSIDriver', 'CSINode',
  'VolumeAttachment', 'ServiceCIDR', 'IPAddress', 'GlobalNetworkPolicy', 'StagedGlobalNetworkPolicy', 'GlobalNetworkSet',
  'IPPool', 'FelixConfiguration', 'BGPConfiguration', 'BGPPeer', 'Tier', 'HostEndpoint', 'Installation',
  'CiliumClusterwideNetworkPolicy', 'CiliumPodIPPool', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy', 'ClusterIssuer', 'ClusterPolicy', 'PodSecurityPolicy', 'KubeProxyConfiguration',
  'KubeletConfiguration', 'ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration', 'Config', 'IngressClassParams', 'Kustomization',
]); // biome-ignore format: a table

/** Whether objects of this kind live outside of namespaces. Files that configure a node count as such. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  if (kind === 'Cluster') return group === 'kind.x-k8s.io' || group === 'kops.k8s.io';
  return clusterScoped.has(kind);
}
