import type { Resource } from '../../kube/resource';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import type { Decision } from '../answers/decisions';
import type { Cell } from '../answers/end-table';
import type { CallAnswer } from '../answers/shown-calls';
import type { Connections } from '../sets/connections';
import type { Role } from './roles';

/** Pods that go by one name; what leads to pods from outside; or somebody whom no manifest shows. */
export type MapNode =
  | { readonly is: 'pods'; readonly id: string; readonly role: Role; readonly end: Cell }
  | { readonly is: 'entry'; readonly id: string; readonly by: Resource; readonly namespace: string | undefined }
  | { readonly is: 'outside'; readonly id: string; readonly name: string };

export interface MapEdge {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly purpose: 'call' | 'entry' | 'metrics' | 'outside';
  readonly answer: CallAnswer;
  /** What is asked for, on the ports of the pods. */
  readonly connections: Connections;
  /** `namespace/name` of the Services through which it goes. */
  readonly services: readonly string[];
  readonly deciding: readonly Decision[];
  /** Where the manifests show it. */
  readonly shown: readonly (Node | Place)[];
}

/** What nodes and edges come from one part of a map. */
export interface MapPart {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}
