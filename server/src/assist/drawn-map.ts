import { isolationOf } from '../kube/policies/isolation';
import { nameOf, type Resource, titleOf } from '../kube/resource';
import { servicePortsOf } from '../kube/services/service';
import { spotOf } from '../lint/place';
import type { Finding, Place } from '../lint/rule';
import { connectivityNotes } from '../network/answers/notes';
import { servicesOf } from '../network/calls/services';
import type { MapEdge, MapNode } from '../network/map/map-parts';
import { type NetworkMap, networkMapOf } from '../network/map/network-map';
import { networkOf } from '../network/policies/network';
import type { Pod } from '../network/policies/pods';
import { directions } from '../network/policies/policy';
import type { AreaData, EdgeData, FindingData, MapData, NodeData, Spot } from '../picture/map-data';
import { grouped } from '../text/maps';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';

/** The map of what one view sees, with the places of everything in its files, and what was found. */
export function mapDataOf(workspace: Workspace, view: ClusterView, findings: readonly Finding[]): MapData {
  const map = networkMapOf(view);
  const drawer = new Drawer(workspace, view, findings);
  return {
    version: 1,
    name: view.name,
    namespaces: map.areas.map(area => drawer.area(area)),
    nodes: map.nodes.map(node => drawer.node(node)),
    edges: map.edges.map(edge => drawer.edge(edge)),
    allowed: map.allowances,
    doubts: connectivityNotes(view),
  };
}

/** Says where things are, and what was found of them. */
class Drawer {
  readonly #findings: ReadonlyMap<Resource['node'], readonly Finding[]>;

  constructor(
    private readonly workspace: Workspace,
    private readonly view: ClusterView,
    findings: readonly Finding[],
  ) {
    this.#findings = grouped(findings, ({ resource }) => resource?.node.written);
  }

  area(area: NetworkMap['areas'][number]): AreaData {
    const [manifest] = area.of('Namespace');
    const state = (direction: 'ingress' | 'egress') => isolationOf(area, direction).state;
    return {
      name: area.name || 'default',
      isAssumed: area.isAssumed,
      ingress: state('ingress'),
      egress: state('egress'),
      at: manifest ? this.#spot(manifest.name) : null,
      findings: manifest ? this.#found([manifest]) : [],
    };
  }

  node(node: MapNode): NodeData {
    const nothing = { services: [], policies: [], findings: [] };
    if (node.is === 'outside') {
      return { id: node.id, is: 'outside', name: node.name, kind: '', namespace: null, at: null, ...nothing };
    }
    if (node.is === 'entry') {
      const { id, by, namespace = null } = node;
      const own = { name: nameOf(by), kind: by.kindName, namespace, at: this.#spot(by.name) };
      return { id, is: 'entry', ...own, ...nothing, findings: this.#found([by]) };
    }
    const { pods } = node.end;
    const [first] = pods;
    const services = [...new Set(pods.flatMap(pod => servicesOf(pod.namespace).servicesOf(pod.workload)))];
    return {
      id: node.id,
      is: node.role,
      name: node.id.slice(node.id.indexOf('/') + 1, node.id.lastIndexOf('[')),
      kind: node.id.slice(node.id.lastIndexOf('[') + 1, -1),
      namespace: first?.namespaceName ?? null,
      at: first ? this.#spot(first.workload.name) : null,
      services: services.map(service => {
        const ports = servicePortsOf(service).map(({ number, protocol }) => `${protocol} ${number}`);
        return { name: nameOf(service), ports: ports.join(', '), at: this.#spot(service.name) };
      }),
      policies: first ? this.#policiesOf(first) : [],
      findings: this.#found([...pods.map(({ workload }) => workload), ...services]),
    };
  }

  #policiesOf(pod: Pod): NodeData['policies'] {
    const network = networkOf(this.view);
    return directions.flatMap(direction =>
      network.policiesSelecting(pod, direction).flatMap(({ placed, isStated }) => {
        const { resource } = placed.policy;
        return isStated ? [{ direction, name: titleOf(resource), at: this.#spot(resource.name) }] : [];
      }),
    );
  }

  edge({ from, to, purpose, answer, connections, services, deciding, shown }: MapEdge): EdgeData {
    return {
      from,
      to,
      purpose,
      answer,
      connections: `${connections}`,
      services,
      deciding: deciding.map(({ policy, end, effect, at }) => {
        return { name: titleOf(policy), end, effect, at: this.#spot(at) };
      }),
      shown: shown.flatMap(place => spotOf(this.workspace, place) ?? []),
    };
  }

  #spot(place: Place): Spot | null {
    return spotOf(this.workspace, place) ?? null;
  }

  #found(resources: readonly Resource[]): readonly FindingData[] {
    const found = new Set(resources.flatMap(({ node }) => this.#findings.get(node.written) ?? []));
    return Array.from(found, ({ rule, severity, message, at }) => {
      const [what = ''] = message.split('\n');
      return { rule: rule.id, severity, what, at: this.#spot(at) };
    });
  }
}
