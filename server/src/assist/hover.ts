import { isWorkload } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { knownAmong } from '../network/answers/known-calls';
import { callsOf } from '../network/calls/calls';
import { servicesOf } from '../network/calls/services';
import { type Network, networkOf } from '../network/policies/network';
import type { Range } from '../text/range';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import { nodeAt } from '../yaml/find';
import type { Node } from '../yaml/node';
import { whatItLetsThrough } from './lets';
import { type Linked, listed, titleOf } from './linked';
import { reachOf } from './reach';
import { placedOf, selectionsOf } from './selections';
import { whyHere } from './why';

/** What a hover shows, as Markdown, and the stretch of the file that it is about. */
export interface Hover {
  readonly markdown: string;
  readonly range: Range;
}

/**
 * On the kind of an object: why it is here. On the name of a workload, a Service or a policy: who may reach it, what it may reach, and which policy says so. On
 * a pod selector: the pods that it selects now.
 */
export function hoverAt(workspace: Workspace, path: string, offset: number, linked: Linked): Hover | undefined {
  const file = workspace.files.get(path);
  const placed = file?.documents.findLast(({ start }) => start <= offset);
  if (file === undefined || placed === undefined || file.resources.length === 0) return undefined;
  const node = nodeAt(placed.document, offset - placed.start);
  const written = file.resources.find(
    candidate => candidate.document === placed.document && isAbove(candidate.node, node),
  );
  if (placed.document.problems.length > 0) return undefined;
  if (written && node === written.at('kind')) {
    return { markdown: whyHere(workspace, written), range: placedRange(placed.start, node) };
  }
  const view = written && workspace.viewsOf(written)[0];
  const resource = written && view?.madeOf(written);
  if (written === undefined || resource === undefined || view === undefined) return undefined;
  const markdown =
    node === written.name ? aboutObject(resource, view, linked) : aboutSelector(node, resource, view, linked);
  if (markdown === undefined) return undefined;
  return { markdown, range: placedRange(placed.start, node) };
}

const placedRange = (start: number, { range }: Node): Range => ({ start: start + range.start, end: start + range.end });

function isAbove(ancestor: Node, node: Node): boolean {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

function aboutObject(resource: Resource, view: ClusterView, linked: Linked): string | undefined {
  const network = networkOf(view);
  const title = `**${titleOf(resource)}**`;
  if (isWorkload(resource)) {
    const pod = network.podOf(resource);
    return pod && [title, ...reachOf(network, pod, knownAmong(callsOf(view), network), linked)].join('\n\n');
  }
  if (resource.kind === 'Service') return aboutService(title, resource, view, network, linked);
  const policy = placedOf(network, resource);
  if (policy === undefined) return undefined;
  const { stated } = network.podsSelectedBy(policy);
  const selected = selects(
    stated.map(({ workload }) => workload),
    linked,
  );
  return [title, selected, ...whatItLetsThrough(network, policy, linked)].join('\n\n');
}

function aboutService(
  title: string,
  service: Resource,
  view: ClusterView,
  network: Network,
  linked: Linked,
): string | undefined {
  const services = servicesOf(view.namespaceOf(service));
  const own = services.all.find(candidate => candidate === service);
  const workloads = own ? services.workloadsOf(own) : [];
  const [first] = workloads;
  const pod = first && network.podOf(first);
  const sends =
    workloads.length === 0 ? 'It selects no pods of these manifests.' : `Sends to ${listed(workloads, linked)}.`;
  return [
    title,
    sends,
    ...(pod ? reachOf(network, pod, knownAmong(callsOf(view), network), linked).slice(0, 1) : []),
  ].join('\n\n');
}

/** The selectors of a policy and of its peers, and that of a Service. */
function aboutSelector(node: Node, resource: Resource, view: ClusterView, linked: Linked): string | undefined {
  const written = climbTo(node, ['podSelector', 'namespaceSelector', 'selector']);
  const selection = written && selectionsOf(resource, view).find(({ at }) => at.written === written);
  return selection && selects(selection.workloadsOf(), linked);
}

function climbTo(node: Node, keys: readonly string[]): Node | undefined {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (keys.includes(String(at.key))) return at;
  return undefined;
}

function selects(workloads: readonly Resource[], linked: Linked): string {
  return workloads.length === 0
    ? 'Selects no pods of these manifests.'
    : `Selects the pods of ${listed(workloads, linked)}.`;
}
