import { type Selector, selectorOf } from '../kube/labels';
import { isPlaceholder } from '../kube/placeholder';
import { podLabelsOf, type Workload, workloadKinds } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { serviceSelectorOf } from '../kube/services/service';
import { servicesOf } from '../network/calls/services';
import { type Chosen, type Network, networkOf } from '../network/policies/network';
import type { PodChoice } from '../network/policies/policy';
import { idleServicesIn } from '../network/references/idle-services';
import { Makers } from '../network/references/makers';
import { isForeignKey, templateLabelsIn } from '../network/references/near-misses';
import { memo } from '../text/maps';
import type { ClusterView, NamespaceView } from '../workspace/cluster-view';
import type { Node } from '../yaml/node';

/** A selector, and the workloads whose pods it selects as the manifests are now. */
export interface Selection {
  readonly at: Node;
  readonly workloadsOf: () => readonly Workload[];
  /** Whether pods that no manifest shows may be meant: then there being none says nothing. */
  readonly mayBeMore: () => boolean;
}

/** The selectors of an object by which it chooses pods: of a policy its own, then those of its rules; that of a Service. */
export function selectionsOf(resource: Resource, view: ClusterView): readonly Selection[] {
  if (resource.kind === 'Service') return serviceSelection(resource, view);
  const network = networkOf(view);
  const placed = placedOf(network, resource);
  if (placed === undefined) return [];
  const { subject, ingress = [], egress = [] } = placed.policy;
  const own = subject ? [selection(subject, () => network.podsSelectedBy(placed), resource, view)] : [];
  const peers = [...ingress, ...egress].flatMap(rule =>
    rule.peers.pods.map(choice =>
      selection(choice, () => network.podsChosenBy(choice, placed.namespace), resource, view),
    ),
  );
  return [...own, ...peers].filter(({ at }) => at.exists);
}

/** The policy that the model makes of an object. */
export function placedOf(network: Network, resource: Resource) {
  return placedIn(network).get(resource);
}

const placedIn = memo((network: Network) => new Map(network.policies.map(placed => [placed.policy.resource, placed])));

function serviceSelection(service: Resource, view: ClusterView): readonly Selection[] {
  const namespace = view.namespaceOf(service);
  const services = servicesOf(namespace);
  const own = services.all.find(candidate => candidate === service);
  if (own === undefined || serviceSelectorOf(own) === undefined) return [];
  return [
    {
      at: service.at('spec', 'selector'),
      workloadsOf: () => services.workloadsOf(own),
      mayBeMore: () => !view.isSettled(service) || !idleIn(namespace).has(service),
    },
  ];
}

const idleIn = memo(
  (namespace: NamespaceView): ReadonlySet<Resource> => new Set(idleServicesIn(namespace).map(({ service }) => service)),
);

function selection(
  { node, namespaces }: PodChoice,
  chosen: () => Chosen,
  resource: Resource,
  view: ClusterView,
): Selection {
  const at = selectorAt(node);
  return {
    at,
    workloadsOf: () => [...new Set(chosen().stated.map(({ workload }) => workload))],
    mayBeMore: () =>
      chosen().possible.length > 0 ||
      namespaces !== 'own' ||
      !view.isSettled(resource) ||
      mayBeMade(selectorOf(at), view.namespaceOf(resource)),
  };
}

/** Where the selector of a choice is written: for pods, else for namespaces. */
export function selectorAt(choice: Node): Node {
  const fields = ['podSelector', 'namespaceSelector', 'pods', 'namespaces'].map(key => choice.at(key));
  const field = fields.find(({ exists }) => exists) ?? choice.at('podSelector');
  return field.key === 'pods' ? selectorAt(field) : field;
}

/** Whether somebody else than the author of the manifests may make such pods in a namespace, or label them so. */
function mayBeMade({ requirements }: Selector, namespace: NamespaceView): boolean {
  const workloads = namespace.of(...workloadKinds);
  if (workloads.length === 0) return true;
  const keys = new Set(workloads.flatMap(workload => [...podLabelsOf(workload).keys()]));
  const makers = new Makers(namespace);
  const others = templateLabelsIn(namespace);
  return (
    others.length > 0 ||
    requirements.some(
      ({ key, values }) =>
        isForeignKey(key, keys) || [...values].some(value => isPlaceholder(value) || makers.mayMake(value)),
    )
  );
}
