import { memo } from '../../text/maps';
import type { Kind } from '../kinds';
import { groupOf } from '../kinds';
import type { Resource } from '../resource';

/** Kinds that may hold, or make, policies which no manifest shows. */
export const policyMakerKinds = [
  'ClusterPolicy.kyverno.io',
  'Policy.kyverno.io',
  'GeneratingPolicy.policies.kyverno.io',
  'ConfigMap',
  'Unlisted',
] as const satisfies readonly Kind[];

/**
 * Whether an object brings policies into namespaces in a way that is not followed here: Kyverno rules that generate
 * them, templates that hold them, policies of APIs that nothing here knows, and a Cilium that denies without any.
 */
export const makesPolicies = memo((resource: Resource): boolean => {
  switch (resource.kind) {
    case 'ClusterPolicy.kyverno.io':
    case 'Policy.kyverno.io':
      return resource.at('spec', 'rules').items().some(generatesPolicies);
    case 'GeneratingPolicy.policies.kyverno.io':
      return mentionsPolicies(resource);
    case 'ConfigMap':
      // Helm's policyEnforcementMode: with `always` every pod is denied what no policy allows.
      return resource.name.string === 'cilium-config' && resource.at('data', 'enable-policy').string === 'always';
    case 'Unlisted':
      return isForeignPolicy(resource) || (mayHoldManifests(resource) && mentionsPolicies(resource));
    default:
      return false;
  }
});

/** Antrea's, a cloud's, or anybody's: a kind that calls itself a network policy. */
export function isForeignPolicy(resource: Resource): boolean {
  return resource.kind === 'Unlisted' && resource.kindName.endsWith('NetworkPolicy');
}

function generatesPolicies(rule: ReturnType<Resource['at']>): boolean {
  const made = rule.at('generate');
  const parts = [made, ...made.at('foreach').items()];
  return parts.some(part => {
    const kinds = part
      .at('cloneList', 'kinds')
      .items()
      .map(kind => kind.string);
    return [part.at('kind').string, ...kinds].some(kind => kind?.endsWith('NetworkPolicy'));
  });
}

/** Whatever else: OpenShift's Template, Crossplane's Object, Argo's ApplicationSet. Admission rules only look. */
function mayHoldManifests({ apiVersion, kindName }: Resource): boolean {
  const group = groupOf(apiVersion);
  return !group.endsWith('gatekeeper.sh') && group !== 'admissionregistration.k8s.io' && !/Report$/.test(kindName);
}

const mentionsPolicies = memo((resource: Resource): boolean =>
  /\bNetworkPolicy\b|\bnetworkPolic(?:y|ies):/.test(resource.node.source),
);
