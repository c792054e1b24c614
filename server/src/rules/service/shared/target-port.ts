import { type ContainerPort, containerPortsOf, type Workload } from '../../../kube/pods/workload';
import { titleOf } from '../../../kube/resource';
import type { ServicePort } from '../../../kube/services/service';
import { fix, set } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import { nearest } from '../../../text/distance';

/** One fix for each port that all these pods have, the likeliest first. */
export function targetFixes(port: ServicePort, workloads: readonly Workload[]): Fix[] {
  const ports = commonPorts(workloads).filter(({ protocol }) => protocol === port.protocol);
  const isName = typeof port.target === 'string';
  const names = ports.flatMap(({ name }) => name ?? []);
  const near = isName ? nearest(String(port.target), names) : undefined;
  const likely =
    ports.find(({ name }) => name !== undefined && name === near) ?? (ports.length === 1 ? ports[0] : undefined);
  const sorted = likely ? [likely, ...ports.filter(one => one !== likely)] : ports;
  return sorted.slice(0, 5).map((one): Fix => {
    const value = isName && one.name !== undefined ? one.name : one.number;
    const title = `Use target port ${typeof value === 'string' ? `'${value}'` : value}`;
    return set(title, port.node.at('targetPort'), value);
  });
}

export function protocolFix(port: ServicePort, protocol: string): Fix {
  const edit: Fix['edit'] = edits => edits.set(port.node.at('protocol'), protocol);
  return fix(`Use protocol ${protocol}`, edit);
}

/** The ports that all of the workloads have, by name and number. */
function commonPorts(workloads: readonly Workload[]): ContainerPort[] {
  const [first, ...others] = workloads.map(containerPortsOf);
  const isCommon = (one: ContainerPort) =>
    others.every(ports => ports.some(({ number, name }) => number === one.number && name === one.name));
  return (first ?? []).filter(isCommon);
}

/** The first of the workloads by name, and how many there are besides. */
export function podsOfAll(workloads: readonly Workload[]): string {
  const [first, ...others] = workloads;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return first === undefined ? 'its pods' : `${titleOf(first)}${more}`;
}

/** What to do about a name that the workloads do not have: the ports that they list. */
export function portsToUse(workloads: readonly Workload[], name: string): string {
  const ports = workloads
    .flatMap(containerPortsOf)
    .map(({ name, number }) => (name === undefined ? `${number}` : `'${name}' (${number})`));
  return ports.length === 0
    ? `Name a port of a container '${name}', or use its number.`
    : `Use a port of the containers: ${[...new Set(ports)].slice(0, 8).join(', ')}.`;
}
