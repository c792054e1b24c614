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
          protocol: node.at('protocol').string ?? 'TCP',
          appProtocol: node.at('appProtocol').string,
          target,
          node,
        },
      ];
    });
}

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

/**
 * Annotations that ask for zone hints. They win over `trafficDistribution`.
 *
 * @source kubernetes/api:core/v1/annotation_key_constants.go (0.37)
 */
const topologyAnnotations = ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints'];

/** The annotations that ask for zone hints, and whether their value turns them on. */
export const topologyAnnotationsOf = memo(
  (service: Resource): readonly { readonly node: Node; readonly isOn: boolean }[] => {
    return topologyAnnotations.flatMap(name => {
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
