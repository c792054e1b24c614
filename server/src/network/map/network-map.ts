import type { Cluster, Namespace } from '../../kube/view';
import { endTableOf } from '../answers/end-table';
import { networkOf } from '../policies/network';
import { calledIn } from './called';
import { type Allowances, allowancesIn } from './crowds';
import { enteringInto } from './entering';
import { leavingFrom } from './leaving';
import type { MapKind } from './map-kinds';
import type { MapEdge, MapNode } from './map-parts';
import { roleOf } from './roles';

/** A network as a graph: who is there, who calls whom, and what stands in the way. Where things are drawn is no part of it. */
export interface NetworkMap {
  readonly areas: readonly Namespace<MapKind>[];
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly allowances: Allowances;
}

/** The map of a cluster, sorted so that it is the same for the same manifests. */
export function networkMapOf(view: Cluster<MapKind>): NetworkMap {
  const network = networkOf(view);
  const table = endTableOf(view);
  const pods = table.ends.map((end): MapNode => ({ is: 'pods', id: end.id, role: roleOf(end, network), end }));
  const parts = [calledIn(view, table), enteringInto(view, table), leavingFrom(view, table)];
  return {
    areas: [...view.namespaces],
    nodes: [...pods, ...parts.flatMap(({ nodes }) => nodes)],
    edges: parts.flatMap(({ edges }) => edges),
    allowances: allowancesIn(table),
  };
}
