import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { isPlaceholder } from '../placeholder';
import type { Resource } from '../resource';
import { ciliumRulesOf } from './cilium';
import { directions } from './network-policy';

/** Why Cilium's agent refuses a policy that the API server has accepted. */
export interface Refusal {
  readonly at: Node;
  /** What is wrong, in words that go on after the name of the policy. */
  readonly fault: string;
  readonly remedy: string;
}

/**
 * The first fault for which Cilium refuses a policy: one is enough, and nothing of the policy is enforced, be the others
 * of its rules as right as they may (cilium/cilium#38795).
 *
 * @source cilium/cilium:pkg/policy/api/rule_validation.go (005aed2)
 * @source cilium/cilium:pkg/k8s/apis/cilium.io/v2/cnp_types.go (0609eef)
 */
export const refusalOf = memo((policy: Resource): Refusal | undefined => {
  const [first] = ciliumRulesOf(policy).flatMap(rule => [
    ...(policy.kind === 'CiliumNetworkPolicy.cilium.io' ? forHosts(rule) : []),
    ...entriesOf(rule).flatMap(entry => [...mixedPeers(entry), ...mixedPorts(entry), ...unknownEntities(entry)]),
  ]);
  return first;
});

const entriesOf = (rule: Node) =>
  directions.flatMap(direction => [direction, `${direction}Deny`].flatMap(field => rule.at(field).items()));

/** Only a policy for the whole cluster is for hosts. */
function forHosts(rule: Node): readonly Refusal[] {
  const at = rule.at('nodeSelector');
  const remedy = 'Use endpointSelector, or a CiliumClusterwideNetworkPolicy.';
  return at.isMapping ? [{ at, fault: 'has a nodeSelector but is not cluster-wide', remedy }] : [];
}

/** @source cilium/cilium:pkg/policy/api/rule_validation.go (005aed2) */
const peerFields = [
  'fromEndpoints', 'fromCIDR', 'fromCIDRSet', 'fromEntities', 'fromNodes', 'fromGroups', 'toCIDR', 'toCIDRSet',
  'toEndpoints', 'toEntities', 'toServices', 'toFQDNs', 'toGroups', 'toNodes',
]; // biome-ignore format: a table

function mixedPeers(entry: Node): readonly Refusal[] {
  const [first, second] = peerFields.map(field => entry.at(field)).filter(list => list.items().length > 0);
  if (first === undefined || second === undefined) return [];
  const fault = `combines ${first.key} and ${second.key} in one entry`;
  return [{ at: second, fault, remedy: 'Write an entry for each of them.' }];
}

function mixedPorts(entry: Node): readonly Refusal[] {
  const at = entry.at('toPorts');
  const other = [entry.at('toServices'), entry.at('icmps')].find(list => list.items().length > 0);
  if (other === undefined || at.items().length === 0) return [];
  const fault = `combines ${other.key} and toPorts in one entry`;
  const remedy = other.key === 'icmps' ? 'Write an entry for each of them.' : 'Remove toPorts, or select endpoints.';
  return [{ at, fault, remedy }];
}

function unknownEntities(entry: Node): readonly Refusal[] {
  const written = ['fromEntities', 'toEntities'].flatMap(field => entry.at(field).items());
  const unknown = written.filter(({ text = '' }) => !entities.has(text) && !isPlaceholder(text));
  return unknown.map(at => ({
    at,
    fault: `names the unknown entity '${at.text ?? ''}'`,
    remedy: "Use one that exists, such as 'world' for addresses outside the cluster.",
  }));
}

/** @source https://docs.cilium.io/en/stable/security/policy/language/#entities-based (read 2026-11-29) */
const entities: ReadonlySet<string> = new Set([
  'all', 'world', 'world-ipv4', 'world-ipv6', 'cluster', 'host', 'init', 'ingress', 'unmanaged', 'remote-node', 'health',
  'none', 'kube-apiserver',
]); // biome-ignore format: a table
