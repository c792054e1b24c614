import { groupOf, type Kind } from '../../kube/kinds';
import { isPlaceholder } from '../../kube/placeholder';
import type { Resource } from '../../kube/resource';
import type { Namespace } from '../../kube/view';
import { memo } from '../../text/maps';
import { fits } from '../../text/words';
import { isTelling, mayStandForPods, productWordsOf } from './custom-resources';
import { isOfKnownOperator, madeBy } from './operators';

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
  readonly #patterns: string[] = [];
  readonly #words = new Set<string>();
  readonly #isOpen: boolean;

  constructor(home: Namespace<MakerKind>) {
    const { cluster } = home;
    // What is applied to a namespace that nobody names may land beside any of them.
    const near = home.isAssumed || home.name === 'default' ? cluster : home;
    const beside = new Set<Resource>(near.of(...makerKinds));
    let isOpen = home.name === 'kube-system' || home.name === 'istio-system';
    for (const maker of makersAmong(cluster.of(...makerKinds))) {
      const { resource, isInstaller, targets } = maker;
      const isOwn = isInstaller ? cluster.namespaceOf(resource).name === home.name : beside.has(resource);
      const isHere = targets ? targets.length === 0 || targets.includes(home.name) : isOwn;
      if (isInstaller && isHere) isOpen = true;
      if (isInstaller || isHere) this.#add(maker);
    }
    this.#isOpen = isOpen;
  }

  /**
   * Whether a name, or the value of a label, may be that of something made: CloudNativePG makes the Service `orders-rw`
   * for the Cluster `orders`, and prometheus-operator pods that have `prometheus` in their labels.
   */
  mayMake(name: string): boolean {
    if (this.#isOpen || isWellKnown(name) || this.#names.has(name)) return true;
    return this.#patterns.some(pattern => fits(name, pattern)) || runsOf(name).some(run => this.#words.has(run));
  }

  #add({ names, patterns, words }: Maker): void {
    for (const name of names) this.#names.add(name);
    this.#patterns.push(...patterns);
    for (const word of words) this.#words.add(word);
  }
}

/** Something that an object makes in some namespaces. */
interface Maker {
  readonly resource: Resource;
  /** It installs a whole application: where it does, anything may be. */
  readonly isInstaller: boolean;
  /** The namespaces that it says it fills, none for any; undefined where it fills its own. */
  readonly targets: readonly string[] | undefined;
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  /** Names that have one of these among their parts. */
  readonly words: readonly string[];
}

const makersAmong = memo((resources: readonly Resource[]): readonly Maker[] => resources.flatMap(makersOf));

function makersOf(resource: Resource): readonly Maker[] {
  const maker = { resource, isInstaller: false, targets: undefined, names: [], patterns: [], words: [] };
  const own = textsAt(resource, ['metadata', 'name'], ['spec', 'releaseName']);
  if (isInstaller(resource)) return [{ ...maker, isInstaller: true, targets: targetOf(resource), words: own }];
  const made = madeBy(resource);
  // What isn't placed may land in any namespace.
  const { namespace, isClusterScoped } = resource;
  const isAdrift = namespace === undefined || isPlaceholder(namespace) || isClusterScoped;
  if (made) {
    const { names, patterns, namespaces = isAdrift ? [] : undefined } = made;
    return [{ ...maker, names, patterns, targets: namespaces }];
  }
  if (!mayStandForPods(resource)) return [];
  const product = isOfKnownOperator(resource) ? [] : productWordsOf(resource);
  const telling = [...own.filter(isTelling), ...product];
  const filled = textsAt(resource, ['spec', 'targetNamespace']);
  const named = textsAt(resource, ['spec', 'targetNamespace'], ['spec', 'namespace']).filter(
    text => !isPlaceholder(text),
  );
  return [
    { ...maker, words: [...own, ...product] },
    ...(isAdrift ? [{ ...maker, targets: named, words: telling }] : []),
    ...(filled.length > 0 ? [{ ...maker, isInstaller: true, targets: filled }] : []),
  ];
}

function textsAt(resource: Resource, ...paths: readonly (readonly string[])[]): readonly string[] {
  return paths.map(path => resource.at(...path).text ?? '').filter(text => text !== '');
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

/** The namespace that an installer fills; undefined where it says nothing: then it fills its own. */
function targetOf(installer: Resource): readonly string[] | undefined {
  const spec = installer.at('spec');
  const isSet = installer.kindName === 'ApplicationSet';
  const destination = (isSet ? spec.at('template', 'spec') : spec).at('destination', 'namespace').text;
  const target = destination ?? spec.at('targetNamespace').text ?? spec.at('namespace').text;
  return target === undefined ? undefined : [target];
}

/** Objects that a cluster or a controller brings along by a fixed name, wherever it runs. */
function isWellKnown(name: string): boolean {
  return wellKnown.has(name) || beginnings.some(beginning => name.startsWith(beginning));
}

/**
 * @source cert-manager/cert-manager:pkg/issuer/acme/http/service.go (cm-acme-http-solver, 06f9d6e, read 2026-11-29)
 * @source goauthentik/authentik:authentik/outposts/models.py (ak-outpost, 935a136)
 */
const beginnings = ['cm-acme-http-solver', 'ak-outpost-'];

/**
 * @source https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ (kubernetes, 1.35)
 * @source kubernetes/kubernetes:cmd/kubeadm/app/phases/addons/dns/manifests.go (kube-dns, 1.37)
 * @source https://github.com/coredns/helm (coredns, caac031)
 * @source openshift/cluster-dns-operator:pkg/operator/controller/names.go (dns-default, 0adc446)
 * @source prometheus-operator/kube-prometheus:manifests/setup (prometheus-operated and alertmanager-operated, 4d719f1)
 * @source prometheus-operator/prometheus-operator:pkg/apis/monitoring/v1/thanos_types.go (read 2026-11-29)
 * @source kubernetes-sigs/metrics-server:manifests/base/service.yaml (0c84f02, read 2026-11-29)
 * @source kubernetes/kubernetes:cluster/addons/cluster-loadbalancing/glbc/README.md (default-http-backend, 2026-11-29)
 */
const wellKnown = new Set([
  'kubernetes', 'kube-dns', 'coredns', 'dns-default', 'prometheus-operated', 'alertmanager-operated',
  'thanos-ruler-operated', 'default-http-backend', 'metrics-server',
]); // biome-ignore format: a table

/** Each run of the parts of a name: `a-b-c` has a, a-b, a-b-c, b, b-c, c. Names are short, so that is a handful. */
function runsOf(name: string): string[] {
  const parts = name.split(/[-.]/).slice(0, 16);
  return parts.flatMap((_, start) =>
    parts.slice(start).map((_, length) => parts.slice(start, start + length + 1).join('-')),
  );
}
