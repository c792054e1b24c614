import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Labels } from '../labels';
import type { Resource } from '../resource';
import type { Namespace } from '../view';
import { isHostNetwork, podTemplateOf, type Workload } from './workload';

/** How Istio takes in the pods of a namespace; undefined where its labels ask for nothing. */
export type Mesh = 'sidecar' | 'ambient';

/** Sidecars by `istio-injection` or a revision, which counts only where `istio-injection` is not written. */
export function meshOf(namespace: Labels): Mesh | undefined {
  const injection = namespace.get('istio-injection');
  if (injection === 'enabled' || (injection === undefined && (namespace.get('istio.io/rev') ?? '') !== '')) {
    return 'sidecar';
  }
  return namespace.get('istio.io/dataplane-mode') === 'ambient' ? 'ambient' : undefined;
}

/** What a pod itself says about its sidecar: the label wins over the annotation of the same name. */
export const injectFieldOf = memo((workload: Workload): Node | undefined => {
  const metadata = podTemplateOf(workload).at('metadata');
  const fields = ['labels', 'annotations'].map(map => metadata.at(map, 'sidecar.istio.io/inject'));
  return fields.find(field => field.text === 'true' || field.text === 'false');
});

/** Whether Istio puts a sidecar into the pods, as far as labels tell. It never does on the host's network. */
export function isInjected(workload: Workload, namespace: Labels): boolean {
  if (isHostNetwork(workload)) return false;
  const own = injectFieldOf(workload)?.text;
  return own === undefined ? meshOf(namespace) === 'sidecar' : own === 'true';
}

/** Whether ztunnel carries the traffic of the pods. */
export function isAmbient(workload: Workload, namespace: Labels): boolean {
  if (isHostNetwork(workload) || isInjected(workload, namespace)) return false;
  const own = podTemplateOf(workload).at('metadata', 'labels', 'istio.io/dataplane-mode').string;
  return own === undefined ? namespace.get('istio.io/dataplane-mode') === 'ambient' : own === 'ambient';
}

/** Whether Linkerd puts its proxy into the pods: what the pod says counts before what its namespace says. */
function isLinkerd(workload: Workload, namespace: Namespace<'Namespace'>): boolean {
  const key = 'linkerd.io/inject';
  const own = podTemplateOf(workload).at('metadata', 'annotations', key).text;
  const asked =
    own ??
    namespace
      .of('Namespace')
      .find(manifest => manifest.annotation(key).exists)
      ?.annotation(key).text;
  return asked === 'enabled' || asked === 'ingress';
}

/**
 * Whether a proxy of a mesh sees the requests to a Service and spreads them over its pods. ztunnel alone does not: it
 * carries connections, and what is in them goes where the connection went, unless a waypoint is asked for.
 */
export function isMeshed(workload: Workload, service: Resource, namespace: Namespace<'Namespace'>): boolean {
  if (isInjected(workload, namespace.labels) || isLinkerd(workload, namespace)) return true;
  const waypoint = service.label('istio.io/use-waypoint').text ?? namespace.labels.get('istio.io/use-waypoint');
  return isAmbient(workload, namespace.labels) && waypoint !== undefined && waypoint !== 'none';
}

/** The port on which ztunnel takes in what other pods of the mesh send. */
export const hbonePort = 15008;

/**
 * Labels that istiod gives to endpoints, from the node and the cluster that they are on. Pods need not have them.
 *
 * @source istio/istio:pilot/pkg/serviceregistry/util/label/label.go (AugmentLabels, read 2026-11-29)
 */
export const endpointLabels: ReadonlySet<string> = new Set([
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
  'topology.istio.io/cluster',
  'topology.istio.io/network',
  'kubernetes.io/hostname',
]);

/** The traffic policies of a DestinationRule: its own, those of subsets, and those of single ports. */
export const trafficPoliciesOf = memo((rule: Resource): readonly Node[] => {
  const subsets = rule.at('spec', 'subsets').items();
  const policies = [rule.at('spec', 'trafficPolicy'), ...subsets.map(subset => subset.at('trafficPolicy'))];
  return policies.flatMap(policy => [policy, ...policy.at('portLevelSettings').items()]);
});

/** A host that a VirtualService sends requests to, and the subset of it. */
export interface Destination {
  readonly host: Node;
  readonly subset: Node;
}

/** @source https://istio.io/latest/docs/reference/config/networking/virtual-service/ (1.30) */
export const destinationsOf = memo((virtualService: Resource): readonly Destination[] => {
  const spec = virtualService.at('spec');
  const routes = ['http', 'tcp', 'tls'].flatMap(kind => spec.at(kind).items());
  return routes.flatMap(route => {
    const weighted = route
      .at('route')
      .items()
      .map(item => item.at('destination'));
    const mirrored = [
      route.at('mirror'),
      ...route
        .at('mirrors')
        .items()
        .map(mirror => mirror.at('destination')),
    ];
    return [...weighted, ...mirrored].flatMap(destination =>
      destination.at('host').string === undefined
        ? []
        : [{ host: destination.at('host'), subset: destination.at('subset') }],
    );
  });
});

/** A Service by the host that an Istio resource names: short in its own namespace, or in full. */
export interface MeshHost {
  readonly service: string;
  /** Undefined for the namespace of the resource. */
  readonly namespace: string | undefined;
}

/** What a host means; undefined for hosts outside of the cluster, wildcards, and names that are half written out. */
export function meshHostOf(host: string): MeshHost | undefined {
  if (/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(host)) return { service: host, namespace: undefined };
  const [, service, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local\.?$/.exec(host) ?? [];
  return service === undefined ? undefined : { service, namespace };
}
