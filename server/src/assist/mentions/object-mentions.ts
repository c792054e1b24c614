import { affinityTermsOf } from '../../kube/pods/affinity';
import { destinationsOf, meshHostOf } from '../../kube/pods/mesh';
import { isWorkload } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { classAnnotation, ingressBackendsOf } from '../../kube/services/backend';
import { controlledBackendsOf } from '../../kube/services/controlled-backends';
import { backendRefsOf, parentRefsOf, type Reference, routeKinds } from '../../kube/services/gateway';
import type { Node } from '../../yaml/node';
import {
  type Mention,
  meaningOf,
  meaningOfResource,
  type ObjectMeaning,
  type Sort,
  type Spot,
  valueAt,
} from './mention';
import { nameFieldsOf, nodesAlong } from './name-fields';

/** Its own name, and the names of other objects in fields that are there for that. */
export function objectMentionsOf(resource: Resource): Mention[] {
  const own: Mention[] =
    resource.name.text === undefined
      ? []
      : [{ at: valueAt(resource.name), means: meaningOfResource(resource), sort: 'names', isOwn: true }];
  return [...own, ...named(resource), ...backendsIn(resource), ...meshIn(resource), ...namespacesIn(resource)];
}

function mention(at: Node | Spot, means: ObjectMeaning, sort: Sort = 'references'): Mention {
  return { at: 'part' in at ? at : valueAt(at), means, sort };
}

/** What the tables of fields know. A field that says a kind beside the name means that one only. */
function named(resource: Resource): Mention[] {
  return nameFieldsOf(resource.kindName).flatMap(({ path, names }) =>
    (path.length === 0 ? [] : nodesAlong(resource.node, path)).flatMap((node): Mention[] => {
      const name = node.isMapping ? node.at('name') : node;
      const beside = name.parent?.isSequence ? undefined : name.parent;
      const kind = beside?.at('kind').string;
      if (name.text === undefined || (kind !== undefined && kind !== names.split('.')[0])) return [];
      const namespace = name.key === 'name' ? beside?.at('namespace').string : undefined;
      const sort = names === 'Service' && /backend/i.test(path.join('/')) ? 'backends' : 'references';
      return [mention(name, meaningOf(names, name.text, namespace), sort)];
    }),
  );
}

function backendsIn(resource: Resource): Mention[] {
  if (resource.is('Ingress')) {
    const isField = (node: Node) => node.key === 'name' || node.key === 'serviceName';
    const others = ingressBackendsOf(resource).filter(({ service }) => !isField(service) || service.document.host);
    const old = resource.annotation(classAnnotation);
    return [
      ...others.map(({ service }) => mention(service, meaningOf('Service', service.text ?? ''), 'backends')),
      ...(old.string ? [mention(old, meaningOf('IngressClass', old.string))] : []),
    ];
  }
  if (resource.is(...routeKinds)) {
    return [
      ...backendRefsOf(resource).flatMap(reference => referenceMention(reference, 'backends')),
      ...parentRefsOf(resource).flatMap(parent => [
        ...referenceMention(parent, 'references'),
        ...listenerMention(parent.section, parent),
      ]),
    ];
  }
  if (resource.is('EndpointSlice')) {
    const label = resource.label('kubernetes.io/service-name');
    return label.string ? [mention(label, meaningOf('Service', label.string))] : [];
  }
  if (resource.is('Endpoints') && resource.name.string) {
    return [mention(resource.name, meaningOf('Service', resource.name.string))];
  }
  return controlledBackendsOf(resource).flatMap(({ name, namespace }) =>
    name.string ? [mention(name, meaningOf('Service', name.string, namespace), 'backends')] : [],
  );
}

function meaningIn({ name, group, kind, namespace }: Reference): ObjectMeaning | undefined {
  if (name.text === undefined) return undefined;
  const isPlain = group === '' || group === 'core' || group.endsWith('networking.k8s.io') || group.endsWith('.k8s.io');
  return meaningOf(isPlain ? kind : `${kind}.${group}`, name.text, namespace);
}

function referenceMention(reference: Reference, sort: Sort): Mention[] {
  const means = meaningIn(reference);
  return means ? [mention(reference.name, means, sort)] : [];
}

function listenerMention(section: Node, parent: Reference): Mention[] {
  const gateway = meaningIn(parent);
  if (section.string === undefined || gateway === undefined) return [];
  return [{ at: valueAt(section), means: { about: 'listener', name: section.string, gateway }, sort: 'references' }];
}

/** Hosts, Gateways and their namespaces as Istio writes them. */
function meshIn(resource: Resource): Mention[] {
  const hosts: Node[] = [];
  const gateways: Mention[] = [];
  if (resource.is('VirtualService.networking.istio.io')) {
    const spec = resource.at('spec');
    hosts.push(...spec.at('hosts').items(), ...destinationsOf(resource).map(({ host }) => host));
    for (const node of spec.at('gateways').items()) {
      const text = node.string ?? '';
      const slash = text.indexOf('/');
      const name = text.slice(slash + 1);
      if (name === '' || name === 'mesh') continue;
      const means = meaningOf('Gateway.networking.istio.io', name, slash > 0 ? text.slice(0, slash) : undefined);
      gateways.push(mention({ node, part: { start: slash + 1, end: text.length } }, means));
    }
  } else if (resource.is('DestinationRule.networking.istio.io')) hosts.push(resource.at('spec', 'host'));
  return [...gateways, ...hosts.flatMap(hostMention)];
}

function hostMention(node: Node): Mention[] {
  const meant = meshHostOf(node.string ?? '');
  if (meant === undefined) return [];
  const { service, namespace } = meant;
  const at = { node, part: { start: 0, end: service.length } };
  return [
    mention(at, meaningOf('Service', service, namespace), 'backends'),
    ...(namespace === undefined
      ? []
      : [
          mention(
            { node, part: { start: service.length + 1, end: service.length + 1 + namespace.length } },
            meaningOf('Namespace', namespace),
            'namespaces',
          ),
        ]),
  ];
}

/** Where objects say namespaces: their own, and those of what they name. */
function namespacesIn(resource: Resource): Mention[] {
  const effective = resource.at('metadata', 'namespace');
  // A kustomization may say again what the object says: patches know it by that.
  const written = resource.node.written.at('metadata', 'namespace');
  const isAgain = written !== effective.written && written.string === effective.string;
  const own = resource.kind === 'Namespace' ? [] : [effective, ...(isAgain ? [written] : [])];
  const spec = resource.at('spec');
  const monitored = /^(?:Service|Pod)Monitor\./.test(resource.kind)
    ? spec.at('namespaceSelector', 'matchNames').items()
    : [];
  const all = [...own, ...monitored, ...namespaceFieldsOf(resource)];
  return all.flatMap(node => (node.string ? [mention(node, meaningOf('Namespace', node.string), 'namespaces')] : []));
}

/** `namespace` beside a name, as far down as references are. */
function namespaceFieldsOf(resource: Resource): readonly Node[] {
  if (isWorkload(resource)) return affinityTermsOf(resource).flatMap(({ node }) => node.at('namespaces').items());
  if (plain.has(resource.kindName)) return [];
  return ['spec', 'subjects', 'webhooks'].flatMap(field => below(resource.at(field), 0));
}

/** @own kinds that are frequent or long, and name no namespace but their own */
const plain = new Set([
  'ConfigMap', 'Secret', 'CustomResourceDefinition', 'Namespace', 'Service', 'ServiceAccount', 'Ingress', 'NetworkPolicy',
  'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'PersistentVolumeClaim', 'Role', 'ClusterRole', 'PrometheusRule',
  'EndpointSlice', 'Endpoints', 'ResourceQuota', 'LimitRange', 'Kustomization',
]); // biome-ignore format: a table

/** Deeper than any reference. */
const deepest = 14;

function below(node: Node, depth: number): readonly Node[] {
  if (depth > deepest) return [];
  if (node.key === 'namespace') return node.string === undefined ? [] : [node];
  if (node.key === 'namespaces' && node.isSequence) return node.items().filter(({ string }) => string !== undefined);
  const children = node.isMapping ? node.entries() : node.items();
  return children.flatMap(child => below(child, depth + 1));
}
