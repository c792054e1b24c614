import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { isPlaceholder } from '../placeholder';
import type { Resource } from '../resource';
import { and, type LabelFacts, type Truth } from '../truth';
import { parseCalicoSelector } from './calico-selector';
import { type Effect, type Home, type Influence, namespaceFacts } from './influence';
import { type Direction, directions, typeOf } from './network-policy';

/** Kinds that are enforced; the Staged ones are not. */
export const calicoPolicyKinds = ['NetworkPolicy.projectcalico.org', 'GlobalNetworkPolicy.projectcalico.org'] as const;

/**
 * The directions a Calico policy is for. The default differs from Kubernetes': with only egress rules it is egress
 * alone (docs.tigera.io, reference/resources/globalnetworkpolicy).
 */
export const calicoDirections = memo((policy: Resource): ReadonlySet<Direction> => {
  const spec = policy.at('spec');
  const written = spec.at('types').items();
  if (written.length > 0) {
    return new Set(directions.filter(direction => written.some(type => type.string === typeOf(direction))));
  }
  const used = directions.filter(direction => !spec.at(direction).isEmpty);
  return new Set(used.length === 0 ? ['ingress'] : used);
});

/** Whether Calico refuses a policy, because a selector in it is none. Nothing of it has an effect. */
export const isRefused = memo((policy: Resource): boolean => {
  const spec = policy.at('spec');
  const rules = directions.flatMap(direction => spec.at(direction).items());
  const ends = rules.flatMap(rule => [rule.at('source'), rule.at('destination')]);
  const selectors = [
    ...['selector', 'namespaceSelector', 'serviceAccountSelector'].map(field => spec.at(field)),
    ...ends.flatMap(end => ['selector', 'notSelector', 'namespaceSelector'].map(field => end.at(field))),
    ...ends.map(end => end.at('serviceAccounts', 'selector')),
  ];
  return selectors.some(isNoSelector);
});

function isNoSelector(node: Node): boolean {
  if (node.isMapping || node.isSequence) return true;
  if (node.isEmpty || isPlaceholder(node.text ?? '')) return false;
  return parseCalicoSelector(node.string ?? '?') === undefined;
}

/** What a Calico policy does to all pods of a namespace. */
export function calicoInfluence(policy: Resource, home: Home, direction: Direction): Influence | undefined {
  if (!calicoDirections(policy).has(direction) || isRefused(policy)) return undefined;
  const covered = coversPods(policy, home);
  if (covered === false) return undefined;
  const spec = policy.at('spec');
  const tier = spec.at('tier').string || 'default';
  const isDefault = tier === 'default';
  return {
    policy,
    effect: covered === undefined ? 'unclear' : effectOf(spec.at(direction).items()),
    stage: isDefault ? 'default' : 'tier',
    tier: isDefault ? '' : tier,
    order: spec.at('order').number ?? Number.POSITIVE_INFINITY,
  };
}

/** Rules are read in order; whom none of them names is denied at the end of the tier. */
function effectOf(rules: readonly Node[]): Effect {
  for (const rule of rules) {
    const action = rule.at('action').string;
    const isUnconditional = rule
      .entries()
      .every(entry => entry.key === 'action' || entry.key === 'metadata' || entry.isEmpty);
    if (action === undefined) return 'unclear';
    if (isUnconditional && action !== 'Log') return effects.get(action) ?? 'unclear';
  }
  return 'isolates';
}

/** @source https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy (3.32) */
const effects: ReadonlyMap<string, Effect> = new Map([
  ['Allow', 'opens'],
  ['Deny', 'denies'],
  ['Pass', 'passes'],
]);

/** Whether a policy selects pods of the namespace of which nothing is known. */
function coversPods(policy: Resource, home: Home): Truth {
  const spec = policy.at('spec');
  // These act on the interfaces of hosts, before any pod is looked at.
  if (spec.at('preDNAT').boolean === true || spec.at('doNotTrack').boolean === true) return false;
  const account = spec.at('serviceAccountSelector').string?.trim() ?? '';
  const isForAccounts: Truth = account === '' || account === 'all()' ? true : undefined;
  const ofNamespace = calicoNamespaceFacts(home);
  const isGlobal = policy.kind === 'GlobalNetworkPolicy.projectcalico.org';
  const inNamespace = isGlobal ? truthOf(spec.at('namespaceSelector'), ofNamespace) : true;
  return and([isForAccounts, inNamespace, truthOf(spec.at('selector'), podFacts(home))]);
}

function truthOf(node: Node, facts: LabelFacts): Truth {
  if (node.isEmpty) return true;
  return parseCalicoSelector(node.string ?? '?')?.(facts);
}

function calicoNamespaceFacts(home: Home): LabelFacts {
  const written = namespaceFacts(home);
  return key => (key === 'projectcalico.org/name' ? home.name : written(key));
}

/** The labels that Calico gives to a pod without labels of its own. */
function podFacts(home: Home): LabelFacts {
  const ofNamespace = calicoNamespaceFacts(home);
  return key => {
    if (key === 'projectcalico.org/namespace') return home.name;
    if (key === 'projectcalico.org/orchestrator') return 'k8s';
    if (key.startsWith('pcns.')) return ofNamespace(key.slice('pcns.'.length));
    return key.startsWith('pcsa.') || key.startsWith('projectcalico.org/') ? undefined : null;
  };
}
