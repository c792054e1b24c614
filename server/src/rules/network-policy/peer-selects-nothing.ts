import { labelsOf, type Requirement, selectorOf } from '../../kube/labels';
import { directions, isolatedDirections, peersOf, rulesOf } from '../../kube/policies/network-policy';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';
import type { Node } from '../../yaml/node';
import {
  type Fault,
  fault,
  faultOf,
  hintOf,
  homesOf,
  nameLabel,
  type Seen,
  selectionKinds,
  singleValue,
  slipOf,
  worded,
} from './shared/selection';

export default defineRule({
  id: 'network-policy/peer-selects-nothing',
  title: 'Policy peers match pods and namespaces that exist',
  severity: 'info',
  per: 'namespace',
  kinds: selectionKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-namespace-by-its-name',
  ],

  check(namespace, report) {
    for (const policy of namespace.judged('NetworkPolicy')) {
      for (const direction of directions) {
        if (isolatedDirections(policy)?.has(direction) !== true) continue;
        const peers = rulesOf(policy, direction).flatMap(rule => peersOf(rule, direction).items());
        for (const peer of peers) {
          const found = namespaceFault(peer, namespace) ?? podFault(peer, namespace);
          if (found === undefined) continue;
          const effect = direction === 'ingress' ? 'allows nobody' : 'allows no traffic';
          report(
            found.fault.at,
            {
              what: `A peer of '${nameOf(policy)}' matches no ${found.what}`,
              why: `${found.why}, so the peer ${effect}.`,
              how: hintOf(found.fault) ?? 'Correct the labels, or remove the peer.',
            },
            { fixes: found.fault.fixes },
          );
        }
      }
    }
  },
});

interface Found {
  readonly what: 'pod' | 'namespace';
  readonly why: string;
  readonly fault: Fault;
}

/** Pods of the own namespace, or of others that are picked by name: labels of namespaces may be on any that nobody sees. */
function podFault(peer: Node, own: Seen): Found | undefined {
  const podSelector = peer.at('podSelector');
  const homes = homesOf(peer, own);
  if (homes === undefined) return undefined;
  const fault = faultOf(podSelector, homes);
  // Peers in a namespace that nobody names may be part of what is applied from elsewhere.
  if (fault === undefined || (own.isAssumed && fault.meant === undefined)) return undefined;
  const labels = worded(selectorOf(podSelector));
  const where = homes.map(({ name }) => `'${name}'`).join(' or ');
  const inNamespace = own.isAssumed && homes.includes(own) ? 'these files' : `namespace ${where}`;
  return { fault, what: 'pod', why: `No pod in ${inNamespace} ${labels}` };
}

/** A label of a namespace that is a slip, or that the namespace of that name doesn't have. */
function namespaceFault(peer: Node, own: Seen): Found | undefined {
  const node = peer.at('namespaceSelector');
  const selector = selectorOf(node);
  if (!selector.isSound) return undefined;
  const known = [...own.cluster.namespaces];
  const described = own.cluster.of('Namespace');
  if (known.some(({ labels }) => selector.matches(labels))) return undefined;
  for (const requirement of selector.requirements) {
    const value = singleValue(requirement);
    if (value?.string === undefined) continue;
    const { key } = requirement;
    const values = described.flatMap(each => labelsOf(each.at('metadata', 'labels')).get(key) ?? []);
    if (values.includes(value.string)) continue;
    const candidates = key === nameLabel ? ['kube-system', ...known.map(({ name }) => name)] : values;
    const meant = slipOf(value.string, new Set(candidates));
    if (meant !== undefined) {
      const why = `No known namespace has the label ${key}=${value.string}`;
      return { what: 'namespace', why, fault: fault(value, `${key}: ${meant}`, edits => edits.set(value, meant)) };
    }
    if (key === nameLabel || values.length > 0) continue;
    // `name: monitoring` for a namespace whose manifest has no such label, or a slip in the label that all have.
    const isNamed = described.some(each => each.name.string === value.string);
    if (!isNamed && nearest(key, [nameLabel]) === undefined) continue;
    const why = isNamed
      ? `Namespace '${value.string}' has no label '${key}'`
      : `Namespaces have no label '${key}' unless somebody sets it`;
    return { what: 'namespace', why, fault: renaming(requirement, value) };
  }
  return undefined;
}

function renaming({ node }: Requirement, value: Node): Fault {
  const place = node.isMapping ? node.at('key') : node;
  return fault(place, `${nameLabel}: ${value.string}`, edits =>
    node.isMapping ? edits.set(place, nameLabel) : edits.rename(node, nameLabel),
  );
}
