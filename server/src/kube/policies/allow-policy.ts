import type { Labels } from '../labels';
import { type Manifest, networkPolicy } from './allow-dns';
import type { Direction } from './network-policy';
import { directions, typeOf } from './network-policy';

/** A port or a range of ports, as a rule writes it. */
export interface PortItem {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}

/** Pods by their labels; in another namespace than the policy's with its name, which the API server makes a label of. */
export function peerOf(podLabels: Labels, otherNamespace: string | undefined): Manifest {
  const podSelector = selectorOf(podLabels);
  return otherNamespace === undefined ? { podSelector } : { ...namespacePeer(otherNamespace), podSelector };
}

/** The pods that a Service selects, as it writes it. */
export function podsPeer(matchLabels: unknown, otherNamespace: string | undefined): Manifest {
  return { ...(otherNamespace === undefined ? {} : namespacePeer(otherNamespace)), podSelector: { matchLabels } };
}

/** Every pod of a namespace. */
export function namespacePeer(name: string): Manifest {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

/** A rule: without peers it is for everybody. */
export function ruleOf(direction: Direction, peers: readonly Manifest[], ports: readonly PortItem[]): Manifest {
  const field = direction === 'ingress' ? 'from' : 'to';
  return { ...(peers.length > 0 ? { [field]: peers } : {}), ...(ports.length > 0 ? { ports } : {}) };
}

/** A policy for the pods with these labels, about the directions for which it has rules. */
export function allowPolicy(
  name: string,
  namespace: string | undefined,
  podLabels: Labels,
  rules: Readonly<Record<Direction, readonly Manifest[]>>,
): Manifest {
  const used = directions.filter(direction => rules[direction].length > 0);
  return networkPolicy(name, namespace, {
    podSelector: selectorOf(podLabels),
    policyTypes: used.map(typeOf),
    ...Object.fromEntries(used.map(direction => [direction, rules[direction]])),
  });
}

function selectorOf(labels: Labels): Manifest {
  return labels.size === 0 ? {} : { matchLabels: Object.fromEntries(labels) };
}
