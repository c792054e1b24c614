import { selectorOf } from '../../kube/labels';
import { calicoDirections, calicoPolicyKinds, isRefused } from '../../kube/policies/calico';
import { parseCalicoSelector } from '../../kube/policies/calico-selector';
import { ciliumPolicyKinds, ciliumRulesOf, deniesByDefault } from '../../kube/policies/cilium';
import { refusalOf } from '../../kube/policies/cilium-refusal';
import { type Direction, directions } from '../../kube/policies/network-policy';
import type { Resource } from '../../kube/resource';
import { type LabelFacts, type Truth, truthOf } from '../../kube/truth';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';

/** A policy of another API: which pods it may touch is known, what it lets through is not. */
export interface ForeignPolicy {
  readonly resource: Resource;
  readonly directions: ReadonlySet<Direction>;
  /** Those in which it denies by default what it chooses by label; of one for all pods `isolationOf` knows more. */
  readonly closes: ReadonlySet<Direction>;
  /** Whether it selects a pod: undefined where the manifests don't tell. Of its namespace, if it has one. */
  selects(pod: Subject): Truth;
}

/** A pod as selectors see it. */
export interface Subject {
  readonly namespaceName: string;
  readonly labels: LabelFacts;
  readonly namespaceLabels: LabelFacts;
}

/** What a Calico or Cilium policy may change. Staged policies are other kinds, and change nothing; nor do refused ones. */
export const foreignPoliciesOf = memo((resource: Resource): readonly ForeignPolicy[] => {
  if (resource.is(...calicoPolicyKinds)) return isRefused(resource) ? [] : [calicoPolicyOf(resource)];
  return resource.is(...ciliumPolicyKinds) && !refusalOf(resource) ? ciliumPoliciesOf(resource) : [];
});

function calicoPolicyOf(resource: Resource): ForeignPolicy {
  const spec = resource.at('spec');
  const select = calicoTruth(spec.at('selector'));
  const isGlobal = resource.kind === 'GlobalNetworkPolicy.projectcalico.org';
  const selectNamespace = calicoTruth(isGlobal ? spec.at('namespaceSelector') : spec.at('selector'));
  return {
    resource,
    directions: calicoDirections(resource),
    closes: new Set(choosesByLabel(spec) ? calicoDirections(resource) : []),
    selects: pod => {
      const inNamespace = isGlobal ? selectNamespace(calicoNamespaceFacts(pod)) : true;
      return inNamespace === false ? false : select(calicoPodFacts(pod));
    },
  };
}

/** Rules of other tiers may pass on. */
function choosesByLabel(spec: Node): boolean {
  const isUsualTier = ['', 'default'].includes(spec.at('tier').string ?? '');
  return isUsualTier && !/^\s*(?:all\(\s*\)\s*)?$/.test(spec.at('selector').string ?? '');
}

/** An empty selector is `all()`. */
function calicoTruth(selector: Node): (facts: LabelFacts) => Truth {
  if (selector.isEmpty) return () => true;
  return parseCalicoSelector(selector.string ?? '?') ?? (() => undefined);
}

function calicoNamespaceFacts({ namespaceName, namespaceLabels }: Subject): LabelFacts {
  return key => (key === 'projectcalico.org/name' ? namespaceName : namespaceLabels(key));
}

function calicoPodFacts(pod: Subject): LabelFacts {
  return key => {
    if (key === 'projectcalico.org/namespace') return pod.namespaceName;
    if (key.startsWith('pcns.')) return calicoNamespaceFacts(pod)(key.slice('pcns.'.length));
    return key.startsWith('pcsa.') || key.startsWith('projectcalico.org/') ? undefined : pod.labels(key);
  };
}

/** A rule with any entry for a direction may isolate, open or deny in it; one without has no effect. */
function ciliumPoliciesOf(resource: Resource): readonly ForeignPolicy[] {
  return ciliumRulesOf(resource).flatMap((rule): ForeignPolicy[] => {
    const touched = directions.filter(direction =>
      [direction, `${direction}Deny`].some(field => rule.at(field).items().length > 0),
    );
    // A rule with a nodeSelector is for hosts.
    if (touched.length === 0 || !rule.at('nodeSelector').isEmpty) return [];
    const selector = selectorOf(rule.at('endpointSelector'));
    const closed = !selector.isEmpty ? touched.filter(direction => deniesByDefault(rule, direction)) : [];
    return [
      {
        resource,
        directions: new Set(touched),
        closes: new Set(closed),
        selects: pod => truthOf(selector, ciliumPodFacts(pod)),
      },
    ];
  });
}

const sourcePrefix = /^(?:k8s|any)[:.]/;
const namespacePrefix = 'io.cilium.k8s.namespace.labels.';

/** Cilium writes the source of a label before its key, and adds labels of its own. */
function ciliumPodFacts({ namespaceName, labels, namespaceLabels }: Subject): LabelFacts {
  return written => {
    const key = written.replace(sourcePrefix, '');
    if (key === 'io.kubernetes.pod.namespace') return namespaceName;
    if (key.startsWith(namespacePrefix)) return namespaceLabels(key.slice(namespacePrefix.length));
    return /^(?:io\.cilium\.|reserved[:.])/.test(key) ? undefined : labels(key);
  };
}
