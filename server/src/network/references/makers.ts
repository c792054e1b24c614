import { groupOf, type Kind } from '../../kube/kinds';
import type { Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';

/** Kinds whose objects make others that no manifest shows: a rule that calls a name missing reads them too. */
export const makerKinds = [
  'Unlisted',
  'HelmRelease.helm.toolkit.fluxcd.io',
  'HelmChart.helm.cattle.io',
  'Application.argoproj.io',
  'IstioOperator.install.istio.io',
  'Cluster.postgresql.cnpg.io',
  'Pooler.postgresql.cnpg.io',
  'postgresql.acid.zalan.do',
  'Kafka.kafka.strimzi.io',
  'Prometheus.monitoring.coreos.com',
  'Service.serving.knative.dev',
  'Gateway',
] as const satisfies readonly Kind[];

export type MakerKind = (typeof makerKinds)[number];

/** What in sight of a namespace makes objects of its own: operators' resources, charts, applications. */
export class Makers {
  readonly #names = new Set<string>();
  readonly #isOpen: boolean;

  constructor(home: Namespace<MakerKind>) {
    let isOpen = home.name === 'kube-system' || home.name === 'istio-system';
    // What is applied to a namespace that nobody names may land beside any of them.
    const near = home.isAssumed || home.name === 'default' ? home.cluster : home;
    for (const resource of near.of(...makerKinds)) if (isMaker(resource)) this.#add(resource);
    for (const resource of home.cluster.of(...makerKinds)) {
      if (!isInstaller(resource)) continue;
      this.#add(resource);
      // One that says nothing installs where it stands itself.
      if ((targetOf(resource) ?? home.cluster.namespaceOf(resource).name) === home.name) isOpen = true;
    }
    this.#isOpen = isOpen;
  }

  /** Whether a name is built of a maker's: CloudNativePG makes `orders-rw` for the Cluster `orders`. */
  mayMake(name: string): boolean {
    return this.#isOpen || isWellKnown(name) || runsOf(name).some(run => this.#names.has(run));
  }

  #add(resource: Resource): void {
    // A Gateway makes one Service, and what it routes to is often called like it.
    if (resource.kind === 'Gateway') {
      this.#names.add(`${resource.name.text}-${resource.at('spec', 'gatewayClassName').text}`);
      return;
    }
    for (const name of [resource.name.text, resource.at('spec', 'releaseName').text]) if (name) this.#names.add(name);
  }
}

/** Objects that a cluster or a controller brings along by a fixed name, wherever it runs. */
function isWellKnown(name: string): boolean {
  return wellKnown.has(name) || name.startsWith('cm-acme-http-solver');
}

/**
 * @source https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ (kubernetes, 1.35)
 * @source kubernetes/kubernetes:cmd/kubeadm/app/phases/addons/dns/manifests.go (kube-dns, 1.37)
 * @source https://github.com/coredns/helm (coredns, caac031)
 * @source prometheus-operator/kube-prometheus:manifests/setup (prometheus-operated and alertmanager-operated, 4d719f1)
 * @source prometheus-operator/prometheus-operator:pkg/apis/monitoring/v1/thanos_types.go (read 2026-11-29)
 * @source kubernetes-sigs/metrics-server:manifests/base/service.yaml (0c84f02, read 2026-11-29)
 * @source kubernetes/kubernetes:cluster/addons/cluster-loadbalancing/glbc/README.md (default-http-backend, 2026-11-29)
 * @source cert-manager/cert-manager:pkg/issuer/acme/http/service.go (cm-acme-http-solver, 06f9d6e, read 2026-11-29)
 */
const wellKnown = new Set([
  'kubernetes', 'kube-dns', 'coredns', 'prometheus-operated', 'alertmanager-operated', 'thanos-ruler-operated',
  'default-http-backend', 'metrics-server',
]); // biome-ignore format: a table

/** Each run of the parts of a name: `a-b-c` has a, a-b, a-b-c, b, b-c, c. Names are short, so that is a handful. */
function runsOf(name: string): string[] {
  const parts = name.split(/[-.]/).slice(0, 16);
  return parts.flatMap((_, start) =>
    parts.slice(start).map((_, length) => parts.slice(start, start + length + 1).join('-')),
  );
}

/**
 * Custom resources may stand for anything; those of these groups are known to make no Services and no pods.
 *
 * @source https://github.com/datreeio/CRDs-catalog (kinds of each group, read 2026-11-29)
 * @source projectcalico/calico:manifests/calico.yaml (87c1590)
 * @source metallb/metallb:config/manifests/metallb-native.yaml (7938d3f)
 * @source nginx/nginx-gateway-fabric:config/crd/bases (e55bfe3)
 * @own that none of their kinds stands for pods is our reading of what each is for
 */
const plainGroups = new Set([
  'cert-manager.io', 'external-secrets.io', 'bitnami.com', 'kyverno.io', 'policies.kyverno.io', 'source.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io', 'image.toolkit.fluxcd.io', 'security.istio.io', 'networking.istio.io',
  'traefik.io', 'projectcontour.io', 'k8s.nginx.org', 'gateway.nginx.org', 'gateway.envoyproxy.io', 'cloud.google.com',
  'configuration.konghq.com', 'cilium.io', 'projectcalico.org', 'crd.projectcalico.org', 'metallb.io', 'k8s.cni.cncf.io',
  'elbv2.k8s.aws', 'monitoring.googleapis.com', 'grafana.integreatly.org', 'autoscaling.k8s.io', 'velero.io',
  'policy.linkerd.io', 'karpenter.sh', 'secrets-store.csi.x-k8s.io', 'security.openshift.io', 'route.openshift.io',
  'externaldns.k8s.io', 'kustomize.config.k8s.io', 'haproxy.org', 'ingress.v1.haproxy.org', 'getambassador.io',
]); // biome-ignore format: a table

const plainKinds = new Set([
  'PrometheusRule',
  'ScaledObject',
  'ScaledJob',
  'TriggerAuthentication',
  'VaultStaticSecret',
]);

function isMaker(resource: Resource): boolean {
  if (resource.kind !== 'Unlisted') return true;
  const group = groupOf(resource.apiVersion);
  const isBuiltIn = !group.includes('.') || (group.endsWith('k8s.io') && !group.endsWith('x-k8s.io'));
  return !isBuiltIn && !plainGroups.has(group) && !plainKinds.has(resource.kindName);
}

/** What installs a whole application: its objects are named after it or its chart, and may be anything. */
function isInstaller(resource: Resource): boolean {
  if (resource.kind !== 'Unlisted') return installers.has(resource.kind);
  const group = groupOf(resource.apiVersion);
  return resource.kindName === 'ApplicationSet' || group === 'kustomize.toolkit.fluxcd.io';
}

/** @own kinds that stand for a whole application rather than for one part of it */
const installers: ReadonlySet<Kind> = new Set([
  'HelmRelease.helm.toolkit.fluxcd.io',
  'HelmChart.helm.cattle.io',
  'Application.argoproj.io',
  'IstioOperator.install.istio.io',
]);

/** The namespace that an installer fills, as far as it says so. */
function targetOf(installer: Resource): string | undefined {
  const spec = installer.at('spec');
  if (installer.kind === 'Application.argoproj.io') return spec.at('destination', 'namespace').text;
  if (installer.kindName === 'ApplicationSet') return spec.at('template', 'spec', 'destination', 'namespace').text;
  return spec.at('targetNamespace').text;
}
