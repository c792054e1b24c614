import { equalitySelectorOf, type Selector, selectorOf } from '../../kube/labels';
import { affinityTermsOf } from '../../kube/pods/affinity';
import { containersOf, isWorkload, podSpecOf, podTemplateOf } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { isExternalName } from '../../kube/services/service';
import type { Node } from '../../yaml/node';
import {
  type Bearer,
  everywhere,
  keyAt,
  type Mention,
  meaningOf,
  ownNamespace,
  type Selection,
  type Spot,
  valueAt,
  type Within,
} from './mention';

/** The labels that an object and its pods bear, and the selectors that it has, each with its keys and values. */
export function labelMentionsOf(resource: Resource): Mention[] {
  return [
    ...bornBy(resource).flatMap(({ node, of }) => labelsAt(node, of)),
    ...selectionsOf(resource).flatMap(selectorMentions),
    ...keysNamed(resource),
  ];
}

/** Keys of labels that stand in lists and paths: of what a monitor copies, of what a spread tells apart, of a variable. */
function keysNamed(resource: Resource): Mention[] {
  const named = (at: Spot, key: string): Mention => ({
    at,
    means: { about: 'label', of: 'pods', key, value: undefined, selection: undefined },
    sort: 'references',
  });
  const spec = resource.at('spec');
  const lists = /^(?:Service|Pod)Monitor\./.test(resource.kind)
    ? [spec.at('jobLabel'), ...spec.at('targetLabels').items(), ...spec.at('podTargetLabels').items()]
    : isWorkload(resource)
      ? [
          ...podSpecOf(resource).at('topologySpreadConstraints').items(),
          ...affinityTermsOf(resource).map(({ node }) => node),
        ].flatMap(term => term.at('matchLabelKeys').items())
      : [];
  const variables = isWorkload(resource)
    ? containersOf(resource).flatMap(container => container.at('env').items())
    : [];
  return [
    ...lists.flatMap(node => (node.string ? [named(valueAt(node), node.string)] : [])),
    ...variables.flatMap(item => {
      const node = item.at('valueFrom', 'fieldRef', 'fieldPath');
      const [, before = '', key = ''] = /^(metadata\.labels\[')([^']+)'\]$/.exec(node.string ?? '') ?? [];
      return key === '' ? [] : [named({ node, part: { start: before.length, end: before.length + key.length } }, key)];
    }),
  ];
}

interface Labelled {
  readonly node: Node;
  readonly of: Bearer;
}

function bornBy(resource: Resource): readonly Labelled[] {
  const labels = (node: Node, of: Bearer): Labelled => ({ node: node.at('metadata', 'labels'), of });
  if (resource.kind === 'Namespace') return [labels(resource.node, 'namespaces')];
  if (resource.kind === 'Pod') return [labels(resource.node, 'pods')];
  const spec = resource.at('spec');
  return [
    labels(resource.node, 'objects'),
    ...(hasTemplate(resource) ? [labels(podTemplateOf(resource), 'pods')] : []),
    ...(resource.kind === 'CronJob' ? [labels(spec.at('jobTemplate'), 'objects')] : []),
    ...(resource.kind === 'StatefulSet'
      ? spec
          .at('volumeClaimTemplates')
          .items()
          .map(claim => labels(claim, 'objects'))
      : []),
  ];
}

/** Workloads of others have a pod template where those of Kubernetes have one. */
const hasTemplate = (resource: Resource) =>
  isWorkload(resource) || resource.kind === 'Rollout.argoproj.io' || resource.kind === 'Unlisted';

function labelsAt(node: Node, of: Bearer): Mention[] {
  return node.entries().flatMap((entry): Mention[] => {
    const key = String(entry.key);
    const shared = { sort: 'labels', isOwn: true } as const;
    const meaning = { about: 'label', of, key, selection: undefined } as const;
    const named: Mention = { at: keyAt(entry), means: { ...meaning, value: undefined }, ...shared };
    if (entry.string === undefined || entry.string === '') return [named];
    return [named, { at: valueAt(entry), means: { ...meaning, value: entry.string }, ...shared }];
  });
}

/** A selector, where it is written, and whom it means. */
interface Written {
  readonly node: Node;
  readonly selection: Selection;
}

function written(node: Node, of: Bearer, within: Within, selector: Selector = selectorOf(node)): Written[] {
  return node.isMapping ? [{ node, selection: { of, selector, within } }] : [];
}

function selectionsOf(resource: Resource): readonly Written[] {
  const spec = resource.at('spec');
  const selector = spec.at('selector');
  const own = inTemplate(resource);
  switch (resource.kind) {
    case 'Service':
      return isExternalName(resource) ? [] : written(selector, 'pods', ownNamespace, equalitySelectorOf(selector));
    case 'ReplicationController':
      return [...own, ...written(selector, 'pods', ownNamespace, equalitySelectorOf(selector))];
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
    case 'CronJob':
    case 'Pod':
    case 'Rollout.argoproj.io':
      return [...own, ...written(selector, 'pods', ownNamespace)];
    case 'PodDisruptionBudget':
      return written(selector, 'pods', ownNamespace);
    case 'NetworkPolicy':
      return [...written(spec.at('podSelector'), 'pods', ownNamespace), ...peersIn(resource).flatMap(peerSelections)];
    case 'ServiceMonitor.monitoring.coreos.com':
      return written(selector, 'objects', monitoredIn(spec));
    case 'PodMonitor.monitoring.coreos.com':
      return written(selector, 'pods', monitoredIn(spec));
    case 'Gateway':
      return spec
        .at('listeners')
        .items()
        .flatMap(listener => written(listener.at('allowedRoutes', 'namespaces', 'selector'), 'namespaces', everywhere));
    case 'ConfigMap':
    case 'Secret':
    case 'CustomResourceDefinition':
    case 'Namespace':
      return [];
    default:
      return selectorsBelow(spec, resource.isClusterScoped ? everywhere : ownNamespace, 0);
  }
}

const peersIn = (policy: Resource) => [
  ...policy
    .at('spec', 'ingress')
    .items()
    .flatMap(rule => rule.at('from').items()),
  ...policy
    .at('spec', 'egress')
    .items()
    .flatMap(rule => rule.at('to').items()),
];

function peerSelections(peer: Node): Written[] {
  const namespaces = peer.at('namespaceSelector');
  const within = withinOf(peer);
  return [...written(namespaces, 'namespaces', everywhere), ...written(peer.at('podSelector'), 'pods', within)];
}

/** The namespaces that `namespaceSelector` beside a selector chooses, and those that `namespaces` lists. */
export function withinOf(around: Node): Within {
  const selector = around.at('namespaceSelector');
  const names = around
    .at('namespaces')
    .items()
    .flatMap(item => item.string ?? []);
  return { names, selector: selector.isMapping ? selectorOf(selector) : undefined, isOwn: true };
}

export function monitoredIn(spec: Node): Within {
  const where = spec.at('namespaceSelector');
  if (where.at('any').boolean === true) return everywhere;
  return {
    names: where
      .at('matchNames')
      .items()
      .flatMap(item => item.text ?? []),
    selector: undefined,
    isOwn: true,
  };
}

/** Affinity and spread of the pods of a workload. */
function inTemplate(resource: Resource): readonly Written[] {
  const spread = podSpecOf(resource).at('topologySpreadConstraints').items();
  return [
    ...affinityTermsOf(resource).flatMap(({ node }) => [
      ...written(node.at('labelSelector'), 'pods', withinOf(node)),
      ...written(node.at('namespaceSelector'), 'namespaces', everywhere),
    ]),
    ...spread.flatMap(constraint => written(constraint.at('labelSelector'), 'pods', ownNamespace)),
  ];
}

/** Deeper than any field that selects pods. */
const deepest = 12;

/** Kinds of others select as Kubernetes does, in fields of their own: what has `matchLabels` is a selector. */
function selectorsBelow(node: Node, within: Within, depth: number): readonly Written[] {
  if (depth > deepest) return [];
  if (depth === 0 && !/matchLabels|matchExpressions|[lL]abels\b/.test(node.document.text)) return [];
  const own = node.at('matchLabels').isMapping || node.at('matchExpressions').isSequence;
  if (own) return written(node, node.key === 'namespaceSelector' ? 'namespaces' : 'pods', within);
  const plain = node.key === 'labels' && depth > 1 ? written(node, 'pods', within, equalitySelectorOf(node)) : [];
  const children = node.isMapping ? node.entries() : node.items();
  return [...plain, ...children.flatMap(child => (child.isEmpty ? [] : selectorsBelow(child, within, depth + 1)))];
}

function selectorMentions({ node, selection }: Written): Mention[] {
  const whole: Mention = { at: keyAt(node), means: { about: 'selector', selection }, sort: 'selectors' };
  return [whole, ...selection.selector.requirements.flatMap(requirement => pairMentions(requirement.node, selection))];
}

const nameLabel = 'kubernetes.io/metadata.name';

function pairMentions(node: Node, selection: Selection): Mention[] {
  const { of } = selection;
  const mention = (at: Mention['at'], key: string, value?: string): Mention => {
    // The API server gives every namespace its name as a label.
    if (of === 'namespaces' && key === nameLabel && value !== undefined) {
      return { at, means: meaningOf('Namespace', value), sort: 'namespaces' };
    }
    return { at, means: { about: 'label', of, key, value, selection }, sort: 'selectors' };
  };
  if (typeof node.key !== 'number') {
    const key = String(node.key);
    return [mention(keyAt(node), key), ...(node.string ? [mention(valueAt(node), key, node.string)] : [])];
  }
  const key = node.at('key').string;
  if (key === undefined) return [];
  const values = node.at('values').items();
  return [
    mention(valueAt(node.at('key')), key),
    ...values.flatMap(value => (value.string ? [mention(valueAt(value), key, value.string)] : [])),
  ];
}
