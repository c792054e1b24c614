import type { Build } from '../../deploy/builds';
import { labelsOf } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { containerPortsOf, containersOf, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { listenersOf } from '../../kube/services/gateway';
import { servicePortsOf } from '../../kube/services/service';
import { servicesOf } from '../../network/calls/services';
import { grouped, memo } from '../../text/maps';
import type { ClusterView, NamespaceView } from '../../workspace/cluster-view';
import type { Workspace } from '../../workspace/workspace';
import type { Node } from '../../yaml/node';
import type { Placed } from './build-mentions';
import {
  type LabelMeaning,
  type ObjectMeaning,
  type PortMeaning,
  type Selection,
  type Spot,
  valueAt,
  type Within,
} from './mention';

/** Something that is meant: an object, or a port or a listener of one. */
export interface Goal {
  readonly resource: Resource;
  /** Where its name is. */
  readonly at: Spot;
  /** All of it. */
  readonly whole: Node;
}

/** The view in which a build is judged; none for a component that nothing includes. */
export function viewOfBuild({ views }: Workspace, build: Build): ClusterView | undefined {
  return viewsByBuild(views).get(build);
}

const viewsByBuild = memo(
  (views: readonly ClusterView[]): ReadonlyMap<Build, ClusterView> =>
    new Map(views.flatMap(view => view.builds.map(build => [build, view] as const))),
);

/** The builds that a view sees, its own included. */
export const seenIn = memo(
  ({ index, hidden }: ClusterView): ReadonlySet<Build> => new Set(index.builds.filter(build => !hidden.has(build))),
);

/** The namespace of who mentions something; '' outside of all. */
export function homeOf({ member: { namespace, resource } }: Placed): string {
  return namespace ?? (resource.isClusterScoped ? '' : 'default');
}

/** What a mention means, as its build is judged. A key or a pair of a selector means all that the whole selector selects. */
export function meantBy(workspace: Workspace, placed: Placed): readonly Goal[] {
  const view = viewOfBuild(workspace, placed.build);
  if (view === undefined) return [];
  const { means } = placed;
  const home = homeOf(placed);
  switch (means.about) {
    case 'object':
      return objectsMeant(view, means, placed).map(goalOf);
    case 'selector':
      return selected(view, means.selection, home).map(goalOf);
    case 'label':
      return bornOrSelected(view, means, placed).map(goalOf);
    case 'port':
      return portsMeant(view, means, placed);
    case 'listener':
      return objectsMeant(view, means.gateway, placed).flatMap(resource =>
        listenersOf(resource).flatMap(({ node, name }) =>
          name === means.name ? [{ resource, at: valueAt(node.at('name')), whole: node }] : [],
        ),
      );
    case 'file':
      return [];
  }
}

const goalOf = (resource: Resource): Goal => ({ resource, at: valueAt(resource.name), whole: resource.node });

/** The objects that a name means; usually one. */
export function objectsMeant(view: ClusterView, means: ObjectMeaning, placed: Placed): readonly Resource[] {
  if (placed.isOwn && means.name === placed.member.resource.name.text) return [placed.member.resource];
  if (means.isAsWritten) return asWritten(placed.build, means);
  if (means.unless && objectsMeant(view, means.unless, placed).length > 0) return [];
  if (means.besides && objectsMeant(view, means.besides, placed).length === 0) return [];
  const home = means.namespace ?? homeOf(placed);
  return named(view.of(means.kind), means.name).filter(
    resource =>
      resource.kindName === means.kindName &&
      (resource.isClusterScoped || view.homeOf(resource) === home) &&
      (means.port === undefined || hasPort(view, resource, means.port)),
  );
}

const byName = memo((list: readonly Resource[]) => grouped(list, ({ name }) => name.text));
const named = (list: readonly Resource[], name: string) => byName(list).get(name) ?? [];

/** What a kustomization knows by a name: an object that is written so, or is called so in the end. */
function asWritten({ members }: Build, { kindName, name, namespace }: ObjectMeaning): readonly Resource[] {
  return members
    .map(({ resource }) => resource)
    .filter(
      resource =>
        resource.kindName === kindName &&
        (resource.name.text === name || resource.name.written.text === name) &&
        (namespace === undefined || resource.namespace === undefined || resource.namespace === namespace),
    );
}

function hasPort(view: ClusterView, service: Resource, port: number): boolean {
  if (servicePortsOf(service).some(({ number }) => number === port)) return true;
  if (!service.is('Service')) return false;
  const workloads = servicesOf(view.namespaceOf(service)).workloadsOf(service);
  return workloads.some(workload => containerPortsOf(workload).some(({ number }) => number === port));
}

/** So many objects are shown at most: more are no answer. */
const most = 500;

/** The objects that a selector selects, in the namespaces in which it looks. */
export function selected(view: ClusterView, { of, selector, within }: Selection, home: string): readonly Resource[] {
  if (of === 'namespaces') {
    return view
      .of('Namespace')
      .filter(one => selector.matches(view.namespaceOf(one).labels))
      .slice(0, most);
  }
  const found: Resource[] = [];
  for (const namespace of namespacesIn(view, within, home)) {
    if (of === 'pods') found.push(...podsMatching(namespace.of(...workloadKinds), selector));
    else found.push(...namespace.of('Service').filter(one => selector.matches(labelsOf(one.at('metadata', 'labels')))));
    if (found.length > most) break;
  }
  return found.slice(0, most);
}

/** The namespaces in which a selector looks. */
export function namespacesIn(view: ClusterView, within: Within, home: string): readonly NamespaceView[] {
  const all = namespacesOf(view);
  const { names, selector, isOwn } = within;
  if (names.length === 0 && selector === undefined) {
    const own = all.get(home);
    return isOwn ? (own ? [own] : []) : [...all.values()];
  }
  const chosen = selector ? [...all.values()].filter(({ labels }) => selector.matches(labels)) : [];
  return [...new Set([...names.flatMap(name => all.get(name) ?? []), ...chosen])];
}

/** Whether a selector looks into a namespace. */
export function looksInto(
  view: ClusterView,
  { names, selector, isOwn }: Within,
  home: string,
  namespace: string,
): boolean {
  if (names.length === 0 && selector === undefined) return !isOwn || home === namespace;
  if (names.includes(namespace)) return true;
  const labels = namespacesOf(view).get(namespace)?.labels;
  return selector !== undefined && labels !== undefined && selector.matches(labels);
}

const namespacesOf = memo(
  (view: ClusterView): ReadonlyMap<string, NamespaceView> =>
    new Map(Array.from(view.namespaces, namespace => [namespace.name, namespace])),
);

function bornOrSelected(view: ClusterView, means: LabelMeaning, placed: Placed): readonly Resource[] {
  if (means.selection) return selected(view, means.selection, homeOf(placed));
  return [placed.member.resource];
}

function portsMeant(view: ClusterView, { port, of }: PortMeaning, placed: Placed): readonly Goal[] {
  const home = homeOf(placed);
  switch (of.owner) {
    case 'containers':
      return of.containers.flatMap(container => containerPorts(placed.member.resource, [container], port));
    case 'service':
      return objectsMeant(view, of.service, placed).flatMap(service => servicePorts(service, port));
    case 'services':
      return selected(view, of.selection, home).flatMap(service => servicePorts(service, port));
    case 'pods':
      return of.selections
        .flatMap(selection => selected(view, selection, home))
        .flatMap(workload => containerPorts(workload, containersOf(workload), port));
  }
}

function servicePorts(resource: Resource, port: string | number): Goal[] {
  return resource
    .at('spec', 'ports')
    .items()
    .flatMap(item => portGoal(resource, item, ['name', 'port'], port));
}

function containerPorts(resource: Resource, containers: readonly Node[], port: string | number): Goal[] {
  const items = containers.flatMap(container => container.at('ports').items());
  return items.flatMap(item => portGoal(resource, item, ['name', 'containerPort'], port));
}

/** By name where a name is asked for, by number else. */
function portGoal(
  resource: Resource,
  item: Node,
  [name, number]: readonly [string, string],
  port: string | number,
): Goal[] {
  const node = item.at(typeof port === 'string' ? name : number);
  const isMeant = typeof port === 'string' ? node.string === port : node.number === port;
  return isMeant ? [{ resource, at: valueAt(node), whole: item }] : [];
}
