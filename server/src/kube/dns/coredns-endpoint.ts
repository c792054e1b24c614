import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Workload } from '../pods/workload';
import { probeNames } from '../services/probe';
import { coreDnsContainerOf } from './coredns';

/** A question that the kubelet asks CoreDNS over HTTP. */
export interface AskedEndpoint {
  readonly path: string;
  readonly port: number;
  readonly probe: (typeof probeNames)[number];
  /** The port of the probe, as written. */
  readonly node: Node;
}

/** Every HTTP probe of the CoreDNS container whose port is known. */
export const askedEndpointsOf = memo((workload: Workload): readonly AskedEndpoint[] => {
  const container = coreDnsContainerOf(workload);
  if (container === undefined) return [];
  return probeNames.flatMap(probe => {
    const asked = container.at(probe, 'httpGet');
    const node = asked.at('port');
    const port = node.number ?? numberOf(container, node.string);
    return port === undefined ? [] : [{ path: asked.at('path').string ?? '/', port, probe, node }];
  });
});

function numberOf(container: Node, name: string | undefined): number | undefined {
  const ports = container.at('ports').items();
  return ports.find(port => name !== undefined && port.at('name').string === name)?.at('containerPort').number;
}

/** The port of an address in a Corefile: `:8080`, `127.0.0.1:8080`, `[::1]:8080`. */
export function portOfAddress(address: string): number | undefined {
  const digits = /:(\d{1,5})$/.exec(address)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
