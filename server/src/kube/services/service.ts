import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { equalitySelectorOf, type Selector } from '../labels';
import type { Resource } from '../resource';

export type Service = Resource<'Service'>;

/** One item of `spec.ports`. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly number: number;
  /** TCP where nothing is written. */
  readonly protocol: string;
  readonly appProtocol: string | undefined;
  /** Number or name of the port on the pods; the Service's own number where nothing is written. */
  readonly target: number | string;
  readonly node: Node;
}

export const servicePortsOf = memo((service: Resource): readonly ServicePort[] => readPorts(service));

function readPorts(service: Resource): readonly ServicePort[] {
  return service
    .at('spec', 'ports')
    .items()
    .flatMap((node): ServicePort[] => {
      const number = node.at('port').number;
      if (number === undefined) return [];
      const written = node.at('targetPort');
      const target = written.number || written.string || number;
      return [
        {
          name: node.at('name').string,
          number,
          protocol: node.at('protocol').string || 'TCP',
          appProtocol: node.at('appProtocol').string,
          target,
          node,
        },
      ];
    });
}

/**
 * What a port of a Service or of a container may have.
 *
 * @source kubernetes/kubernetes:pkg/apis/core/validation/validation.go (supportedPortProtocols, read 2026-11-29)
 */
export const protocols: ReadonlySet<string> = new Set(['TCP', 'UDP', 'SCTP']);

/** A name for something outside of the cluster: no pods, no addresses. */
export const isExternalName = memo(
  (service: Resource): boolean => service.at('spec', 'type').string === 'ExternalName',
);

/** Without an address of its own: DNS gives those of the pods, and kube-proxy has no say in where traffic goes. */
export const isHeadless = memo((service: Resource): boolean => service.at('spec', 'clusterIP').string === 'None');

const selectors = new WeakMap<Resource, Selector | undefined>();

/** What the Service selects pods by; undefined where somebody else writes its endpoints, or where it has none. */
export function serviceSelectorOf(service: Resource): Selector | undefined {
  if (!selectors.has(service)) {
    const written = equalitySelectorOf(service.at('spec', 'selector'));
    const selects = written.isSound && !written.isEmpty && !isExternalName(service);
    selectors.set(service, selects ? written : undefined);
  }
  return selectors.get(service);
}

/** gRPC by `appProtocol` or by the name of the port: one connection carries many calls. */
export function isGrpc({ name, appProtocol }: ServicePort): boolean {
  if (appProtocol !== undefined) return /^(?:grpc|kubernetes\.io\/h2c)/i.test(appProtocol);
  return /^(?:grpc|h2c)/i.test(name ?? '');
}

/** Values of `trafficDistribution`, by KEP-4444 and KEP-3015: beta, so on without a feature gate, from 1.31 and 1.34. */
export function trafficDistributionsIn(kubernetes: { atLeast(version: string): boolean }): readonly string[] {
  if (kubernetes.atLeast('1.34')) return ['PreferSameZone', 'PreferSameNode', 'PreferClose'];
  return kubernetes.atLeast('1.31') ? ['PreferClose'] : [];
}

/**
 * Annotations that ask for zone hints. They win over `trafficDistribution`.
 *
 * @source kubernetes/api:core/v1/annotation_key_constants.go (0.37)
 */
export const topologyAnnotationNames: readonly string[] = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
];

/** The annotations that ask for zone hints, and whether their value turns them on. */
export const topologyAnnotationsOf = memo(
  (service: Resource): readonly { readonly node: Node; readonly isOn: boolean }[] => {
    return topologyAnnotationNames.flatMap(name => {
      const node = service.annotation(name);
      // The EndpointSlice controller takes these two spellings; anything else is as good as Disabled.
      return node.exists ? [{ node, isOn: node.string === 'Auto' || node.string === 'auto' }] : [];
    });
  },
);

/** Whether the Service itself says which endpoints a caller should get: those nearby, or those of its node. */
export const prefersNearby = memo((service: Resource): boolean => {
  const spec = service.at('spec');
  if (spec.at('trafficDistribution').string) return true;
  if (spec.at('internalTrafficPolicy').string === 'Local') return true;
  // Istio's own word for it, for its sidecars and ztunnel.
  if (service.annotation('networking.istio.io/traffic-distribution').string) return true;
  return topologyAnnotationsOf(service).some(({ isOn }) => isOn);
});
