import type { Node } from '../../yaml/node';
import { containerPortsOf, podSpecOf, servingContainersOf, type Workload } from '../pods/workload';
import type { ServicePort } from './service';

/**
 * The containers that a port of a Service leads to: those that declare it. A number that nobody declares leads to the
 * only container of the pod, and to an unknown one where there are more.
 */
export function containersBehind(port: ServicePort, workload: Workload): readonly Node[] {
  const declared = declaringContainers(port, workload);
  if (declared.length > 0) return declared;
  const containers = servingContainersOf(workload);
  return typeof port.target === 'number' && containers.length === 1 ? containers : [];
}

/** The containers that declare the port that one of a Service leads to. */
export function declaringContainers(port: ServicePort, workload: Workload): readonly Node[] {
  const declared = containerPortsOf(workload)
    .filter(
      ({ name, number, protocol }) =>
        protocol === port.protocol && port.target === (typeof port.target === 'number' ? number : name),
    )
    .map(({ container }) => container);
  return [...new Set(declared)];
}

/**
 * The probes of a container.
 *
 * @source kubernetes/api:core/v1/types.go (0.37)
 */
export const probeNames = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/**
 * Fields in which a port is mentioned that need not be declared: it listens there all the same.
 *
 * @own where people write the number of a port that they do not declare
 */
const tellers = ['command', 'args', 'env', ...probeNames] as const;

/** Whether arguments, variables or probes of a pod name a port number, so that something listens there undeclared. */
export function mentionsPort(workload: Workload, number: number): boolean {
  const word = new RegExp(`(?<![0-9])${number}(?![0-9])`);
  const containers = [...servingContainersOf(workload), ...podSpecOf(workload).at('initContainers').items()];
  return containers.some(container =>
    tellers.some(teller => textsIn(container.at(teller), 0).some(text => word.test(text))),
  );
}

function textsIn(node: Node, depth: number): string[] {
  if (node.text !== undefined) return [node.text];
  if (depth > 6) return [];
  return [...node.items(), ...node.entries()].flatMap(child => textsIn(child, depth + 1));
}

/**
 * How a probe asks: one of these four, as a mapping below the probe.
 *
 * @source kubernetes/api:core/v1/types.go (0.37)
 */
export const probeHandlers = ['httpGet', 'grpc', 'tcpSocket', 'exec'] as const;

/**
 * How long a probe waits, and how often it asks. How many failures it forgives is a question of what they cost: a restart
 * is worth many, a pod that gets no connections for a while is not.
 *
 * @source kubernetes/api:core/v1/types.go (0.37)
 */
const timings = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds'] as const;

/** What a probe for another purpose asks, and when, ready to be used for readiness too; undefined where it asks nothing. */
export function questionOf(probe: Node): Record<string, unknown> | undefined {
  const handler = probeHandlers.find(name => probe.at(name).exists && !probe.at(name).isEmpty);
  if (handler === undefined) return undefined;
  // What asks after a startup probe waits for that one already.
  const kept = timings.filter(
    name => probe.at(name).exists && (name !== 'initialDelaySeconds' || probe.key !== 'startupProbe'),
  );
  return Object.fromEntries([handler, ...kept].map(name => [name, probe.at(name).value]));
}
