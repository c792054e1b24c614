import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { selectorOf } from '../labels';
import type { Resource } from '../resource';
import { type LabelFacts, type Truth, truthOf } from '../truth';
import { type Effect, type Home, type Influence, namespaceFacts, usualOrder } from './influence';
import type { Direction } from './network-policy';

export const ciliumPolicyKinds = ['CiliumNetworkPolicy.cilium.io', 'CiliumClusterwideNetworkPolicy.cilium.io'] as const;

/** The rules of a Cilium policy: `spec`, and each item of `specs`. */
export const ciliumRulesOf = memo((policy: Resource): readonly Node[] =>
  [policy.at('spec'), ...policy.at('specs').items()].filter(rule => rule.isMapping),
);

/**
 * Whether a rule puts the pods it selects into default deny for a direction. Contrary to Kubernetes, an entry is
 * needed for that, be it an empty one, and `enableDefaultDeny` overrules it (cilium Documentation/security/policy).
 */
export function deniesByDefault(rule: Node, direction: Direction): boolean {
  const isWanted = rule.at('enableDefaultDeny', direction).boolean;
  return isWanted ?? [rule.at(direction), rule.at(`${direction}Deny`)].some(list => list.items().length > 0);
}

/** What a Cilium policy does to all pods of a namespace; the strongest of its rules speaks. */
export function ciliumInfluences(policy: Resource, home: Home, direction: Direction): readonly Influence[] {
  return ciliumRulesOf(policy).flatMap(rule => {
    const effect = effectOf(rule, direction);
    const covered = effect ? coversPods(rule, home) : false;
    if (effect === undefined || covered === false) return [];
    // A deny precedes everything else that Cilium enforces, wherever it is written.
    const order = effect === 'denies' ? Number.NEGATIVE_INFINITY : usualOrder;
    return [{ policy, effect: covered === undefined ? 'unclear' : effect, stage: 'default', tier: '', order }];
  });
}

function effectOf(rule: Node, direction: Direction): Effect | undefined {
  if (
    rule
      .at(`${direction}Deny`)
      .items()
      .some(entry => isForEveryone(entry, direction))
  )
    return 'denies';
  if (
    rule
      .at(direction)
      .items()
      .some(entry => isForEveryone(entry, direction))
  )
    return 'opens';
  return deniesByDefault(rule, direction) ? 'isolates' : undefined;
}

/** An empty entry is for nobody; one that names all entities, and no port, is for everybody. */
function isForEveryone(entry: Node, direction: Direction): boolean {
  const field = direction === 'ingress' ? 'fromEntities' : 'toEntities';
  const isOnlyThat = entry.entries().every(({ key }) => key === field);
  const entities = new Set(
    entry
      .at(field)
      .items()
      .map(item => item.string),
  );
  return isOnlyThat && (entities.has('all') || (entities.has('world') && entities.has('cluster')));
}

/** Whether a rule selects pods of the namespace of which nothing is known. Rules for hosts select none. */
function coversPods(rule: Node, home: Home): Truth {
  const selector = rule.at('endpointSelector');
  return selector.isMapping ? truthOf(selectorOf(selector), podFacts(home)) : false;
}

const sourcePrefix = /^(?:k8s|any)[:.]/;
const namespacePrefix = 'io.cilium.k8s.namespace.labels.';

/** The labels that Cilium gives to a pod without labels of its own. */
function podFacts(home: Home): LabelFacts {
  const ofNamespace = namespaceFacts(home);
  return written => {
    const key = written.replace(sourcePrefix, '');
    if (key === 'io.kubernetes.pod.namespace') return home.name;
    if (key.startsWith(namespacePrefix)) return ofNamespace(key.slice(namespacePrefix.length));
    return key.startsWith('io.cilium.') ? undefined : null;
  };
}
