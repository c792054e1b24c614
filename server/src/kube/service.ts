import type { Node } from '../yaml/node';
import { equalitySelectorOf, type Selector } from './labels';
import type { Resource } from './resource';

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

export function servicePortsOf(service: Resource): readonly ServicePort[] {
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
export function isExternalName(service: Resource): boolean {
  return service.at('spec', 'type').string === 'ExternalName';
}

/** Without an address of its own: DNS gives those of the pods, and kube-proxy has no say in where traffic goes. */
export function isHeadless(service: Resource): boolean {
  return service.at('spec', 'clusterIP').string === 'None';
}

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

/** Annotations that spread traffic by zone, the present one first. They win over `trafficDistribution`. */
export const topologyAnnotations = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
] as const;

/** The annotation that asks for zone hints, and whether its value turns them on. */
export function topologyAnnotationOf(service: Resource): { node: Node; isOn: boolean } | undefined {
  for (const name of topologyAnnotations) {
    const node = service.annotation(name);
    if (node.exists) return { node, isOn: node.string === 'Auto' || node.string === 'auto' };
  }
  return undefined;
}

/** Whether the Service itself says which endpoints a caller should get: those nearby, or those of its node. */
export function prefersNearby(service: Resource): boolean {
  const spec = service.at('spec');
  if (spec.at('trafficDistribution').string) return true;
  if (spec.at('internalTrafficPolicy').string === 'Local') return true;
  return topologyAnnotationOf(service)?.isOn === true;
}
