import type { Manifest } from '../../../kube/policies/allow-dns';
import { directions } from '../../../kube/policies/network-policy';
import type { Resource } from '../../../kube/resource';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import { adminPolicyOf } from '../../../network/policies/admin-policy';
import type { Edits } from '../../../yaml/edit';
import type { Node } from '../../../yaml/node';

/**
 * The same policy as a ClusterNetworkPolicy, field by field; none where one of them has no exact counterpart, or where
 * a patch, which goes by the old kind, says a part of it.
 */
export function clusterPolicyFix(policy: Resource): readonly Fix[] {
  const isOld = policy.at('apiVersion').string === 'policy.networking.k8s.io/v1alpha1';
  const isNamed = policy.at('kind').string === policy.kindName;
  if (!isOld || !isNamed || adminPolicyOf(policy).problems.length > 0) return [];
  const spec = policy.at('spec');
  const rules = directions.map(direction => spec.at(direction).items());
  if (!isWrittenWith(policy.at('kind'), policy.node) || !hasOnly(spec, 'priority', 'subject', 'ingress', 'egress'))
    return [];
  if (!isPeer(spec.at('subject')) || rules.some(list => list.length > most) || !rules.flat().every(isExact)) return [];
  const isBaseline = policy.kindName === 'BaselineAdminNetworkPolicy';
  return [
    fix(`Write it as a ClusterNetworkPolicy of tier ${isBaseline ? 'Baseline' : 'Admin'}`, edits => {
      edits.set(policy.at('apiVersion'), 'policy.networking.k8s.io/v1alpha2');
      edits.set(policy.at('kind'), 'ClusterNetworkPolicy');
      edits.set(spec.at('tier'), isBaseline ? 'Baseline' : 'Admin');
      // It is the only one of its kind, and spoke last.
      if (isBaseline) edits.set(spec.at('priority'), 1000);
      for (const rule of rules.flat()) convert(rule, edits);
    }),
  ];
}

function convert(rule: Node, edits: Edits): void {
  if (rule.at('action').string === 'Allow') edits.set(rule.at('action'), 'Accept');
  const ports = rule.at('ports');
  if (!ports.exists) return;
  edits.rename(ports, 'protocols');
  for (const port of ports.items()) edits.set(port, protocolOf(port));
}

function protocolOf(port: Node): Manifest {
  const [match] = port.entries();
  if (match === undefined || match.key === 'namedPort') return { destinationNamedPort: match?.text };
  const protocol = (match.at('protocol').text ?? 'TCP').toLowerCase();
  const [start, end] = [match.at('start').number, match.at('end').number];
  // A range is of two ports at least.
  if (match.key === 'portRange' && start !== end) return { [protocol]: { destinationPort: { range: { start, end } } } };
  return { [protocol]: { destinationPort: { number: match.key === 'portRange' ? start : match.at('port').number } } };
}

/**
 * Of each list; the old kinds took 100.
 *
 * @source kubernetes-sigs/network-policy-api:config/crd/standard/policy.networking.k8s.io_clusternetworkpolicies.yaml (0.2.0)
 */
const most = 25;

/**
 * Whether all fields of a rule have a counterpart: they are those of the last release with the old kinds, and not of
 * the drafts before.
 *
 * @source kubernetes-sigs/network-policy-api:config/crd/standard/policy.networking.k8s.io_adminnetworkpolicies.yaml (0.1.7)
 */
function isExact(rule: Node): boolean {
  const [ports, peers] = [rule.at('ports'), [...rule.at('from').items(), ...rule.at('to').items()]];
  const isBounded = peers.length <= most && ports.items().length <= most && (!ports.exists || ports.items().length > 0);
  return (
    isBounded &&
    hasOnly(rule, 'name', 'action', 'from', 'to', 'ports') &&
    peers.every(isPeer) &&
    ports.items().every(isPort)
  );
}

function isPeer(peer: Node): boolean {
  const selectors = ['namespaces', 'nodes'].map(key => peer.at(key));
  const pods = peer.at('pods');
  return (
    hasOnly(peer, 'namespaces', 'pods', 'nodes', 'networks', 'domainNames') &&
    (!pods.exists || (pods.at('podSelector').isMapping && hasOnly(pods, 'namespaceSelector', 'podSelector'))) &&
    [...selectors, ...pods.entries()].every(each => hasOnly(each, 'matchLabels', 'matchExpressions'))
  );
}

/** A comment inside of it would be lost. */
function isPort(port: Node): boolean {
  const [match, ...others] = port.entries();
  if (match === undefined || others.length > 0 || port.source.includes('#')) return false;
  if (match.key === 'namedPort') return match.string !== undefined;
  return match.key === 'portNumber' ? hasOnly(match, 'port', 'protocol') : hasOnly(match, 'start', 'end', 'protocol');
}

const hasOnly = (node: Node, ...keys: readonly string[]) =>
  node.entries().every(({ key }) => keys.includes(String(key)));

/** Whether a value, and all below it, stands in the document of another. */
function isWrittenWith(other: Node, node: Node): boolean {
  if (node.written.document !== other.written.document) return false;
  return [...node.entries(), ...node.items()].every(each => isWrittenWith(other, each));
}
