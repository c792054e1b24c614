import { equalitySelectorOf, holds, type Selector, selectorOf } from '../../kube/labels';
import { podsMatching } from '../../kube/pods/matching';
import { containerPortsOf, isWorkload, type Workload, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import {
  isPodMonitor,
  monitoredLabelsOf,
  monitoredNamespacesOf,
  monitorKinds,
  monitorSelectorOf,
} from '../../kube/services/monitor';
import { servicePortsOf } from '../../kube/services/service';
import type { NamespaceView } from '../../workspace/cluster-view';
import type { Node } from '../../yaml/node';
import type { Around } from './around';
import type { Item } from './item';
import { above, beside, type Site } from './site';
import { numberAt, spelledAt } from './spelled';
import { isSayable, joined, named, nameFrom, pathInPods, pathOf } from './spoken';

/** Ports of the pods that are meant: where a Service sends, where a policy lets in or out, what a probe asks. */
export function podPortItems(site: Site, around: Around): readonly Item[] {
  const { object, key, typing } = site;
  if (object === undefined || typing !== 'value') return [];
  const path = pathOf(site);
  if (object.is('Service') && key === 'targetPort' && path === 'spec.ports.*') return ofService(site, object, around);
  if (object.is('NetworkPolicy') && key === 'port') return ofPolicy(site, object, path, around);
  if (object.is(...monitorKinds) && key === 'port') return ofMonitor(site, object, path, around);
  const inPods = key === 'port' ? pathInPods(site) : undefined;
  return inPods && probe.test(inPods) ? ofProbe(site) : [];
}

const probe =
  /^(?:initC|c)ontainers\.\*\.(?:(?:liveness|readiness|startup)Probe|lifecycle\.\w+)\.(?:httpGet|tcpSocket|grpc)$/;

interface OpenPort {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: string;
  /** Whose it is. */
  readonly of: string;
}

function ofService(site: Site, service: Resource, around: Around): readonly Item[] {
  const selector = equalitySelectorOf(service.at('spec', 'selector'));
  if (around.namespace === undefined || selector.isEmpty) return [];
  return itemsOf(site, portsOf(podsIn([around.namespace], selector), around), 'with protocol');
}

function ofPolicy(site: Site, policy: Resource, path: string, around: Around): readonly Item[] {
  if (path === 'spec.ingress.*.ports.*') {
    const selector = policy.at('spec', 'podSelector');
    const own = around.namespace ? [around.namespace] : [];
    return itemsOf(site, portsOf(podsIn(own, selectorOf(selector)), around), 'with protocol');
  }
  if (path !== 'spec.egress.*.ports.*') return [];
  const peers = above(site, 2).at('to').items();
  const pods = peers.flatMap(peer => podsOfPeer(peer, around));
  return itemsOf(site, portsOf([...new Set(pods)], around), 'with protocol');
}

function podsOfPeer(peer: Node, { view, namespace }: Around): readonly Workload[] {
  const [pods, homes] = [peer.at('podSelector'), peer.at('namespaceSelector')];
  if (!pods.exists && !homes.exists) return [];
  const meant = selectorOf(homes);
  const where = homes.exists
    ? [...view.namespaces].filter(({ labels }) => meant.requirements.every(each => holds(each, labels)))
    : namespace
      ? [namespace]
      : [];
  return podsIn(where, selectorOf(pods));
}

const podsIn = (homes: readonly NamespaceView[], selector: Selector): readonly Workload[] =>
  homes.flatMap(home => podsMatching(home.of(...workloadKinds), selector));

const portsOf = (workloads: readonly Workload[], around: Around): readonly OpenPort[] =>
  workloads.flatMap(workload => containerPortsOf(workload).map(port => ({ ...port, of: nameFrom(workload, around) })));

/** Of the very container: a name is looked for in no other. */
function ofProbe(site: Site): readonly Item[] {
  const index = site.path.findLastIndex(step => typeof step === 'number');
  const container = site.root.at(...site.path.slice(0, index + 1));
  const ports = container
    .at('ports')
    .items()
    .flatMap((port): OpenPort[] => {
      const number = port.at('containerPort').number;
      const protocol = port.at('protocol').string ?? 'TCP';
      if (number === undefined || protocol !== 'TCP') return [];
      return [{ number, name: port.at('name').string, protocol, of: container.at('name').string ?? 'the container' }];
    });
  return itemsOf(
    site,
    site.path.at(-1) === 'grpc' ? ports.map(port => ({ ...port, name: undefined })) : ports,
    'alone',
  );
}

/** Ports of Services by name, or of pods, as far as the monitor selects them. */
function ofMonitor(site: Site, monitor: Resource, path: string, around: Around): readonly Item[] {
  if (!/^spec\.(?:endpoints|podMetricsEndpoints)\.\*$/.test(path)) return [];
  const names = monitoredNamespacesOf(monitor, around.home);
  const homes = [...around.view.namespaces].filter(({ name }) => names === 'any' || names.has(name));
  const selector = monitorSelectorOf(monitor);
  const kinds = isPodMonitor(monitor) ? workloadKinds : (['Service'] as const);
  const selected = homes.flatMap(home => home.of(...kinds).filter(each => selector.matches(monitoredLabelsOf(each))));
  const found = selected.flatMap(each => {
    const ports = isWorkload(each) ? containerPortsOf(each) : servicePortsOf(each);
    return ports.flatMap(({ name, number, protocol }) =>
      name ? [{ name, number, protocol, of: nameFrom(each, around) }] : [],
    );
  });
  return itemsOf(site, found, 'alone').filter(({ label }) => !/^\d+$/.test(label));
}

/** Each number and each name once. A protocol that is no TCP is written with the port. */
function itemsOf(site: Site, ports: readonly OpenPort[], how: 'with protocol' | 'alone'): readonly Item[] {
  const protocol = beside(site, 'protocol').string;
  const fitting = how === 'alone' || protocol === undefined ? ports : ports.filter(port => port.protocol === protocol);
  const taken = takenBeside(site);
  const byLabel = new Map<string, { readonly first: OpenPort; readonly owners: string[] }>();
  for (const port of fitting) {
    for (const label of [String(port.number), ...(port.name && isSayable(port.name) ? [port.name] : [])]) {
      const known = byLabel.get(label);
      if (known) known.owners.push(port.of);
      else if (!taken.has(`${label}/${port.protocol}`)) byLabel.set(label, { first: port, owners: [port.of] });
    }
  }
  const fits = fittingNumber(site);
  return [...byLabel].map(([label, { first, owners }], index): Item => {
    const isNumber = label === String(first.number);
    const detail = joined(first.protocol, isNumber ? first.name : String(first.number));
    const fill = how === 'with protocol' && protocol === undefined && first.protocol !== 'TCP';
    const insert = isNumber ? numberAt(site, first.number) : spelledAt(site, label);
    return {
      label,
      kind: 'port',
      detail: `${detail} of ${named(owners)}`,
      markdown: '',
      ...(fill ? withProtocol(site, insert, first.protocol) : { insert }),
      rank: (first.number === fits ? 0 : 1000) + (isNumber ? 0 : 100) + Math.min(index, 99),
    };
  });
}

/** A Service most often sends to the number that it has itself. */
function fittingNumber(site: Site): number | undefined {
  return site.key === 'targetPort' ? beside(site, 'port').number : undefined;
}

function withProtocol({ style }: Site, insert: string, protocol: string): Pick<Item, 'insert' | 'below'> {
  if (style.quote !== '' || (!style.isFlow && !style.isLast)) return { insert };
  if (style.isFlow) return { insert: `${insert}, protocol: ${protocol}` };
  return { insert, below: `${style.eol}${' '.repeat(style.column)}protocol: ${protocol}` };
}

/** Ports that other items of the list name. */
function takenBeside({ node, key }: Site): ReadonlySet<string> {
  const item = node.parent;
  const others = (item?.parent?.items() ?? []).filter(other => other !== item);
  return new Set(
    key === 'port' ? others.map(other => `${other.at('port').text}/${other.at('protocol').string ?? 'TCP'}`) : [],
  );
}
