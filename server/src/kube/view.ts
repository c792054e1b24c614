import { grouped } from '../text/maps';
import type { Kind } from './kinds';
import type { Labels } from './labels';
import type { Resource } from './resource';

/** Objects that can be asked for by kind, in the order of their files: the same question gives the same list. */
export interface Objects<K extends Kind = Kind> {
  of<Q extends K>(...kinds: readonly Q[]): readonly Resource<Q>[];
  /** Those of them that are judged here: of the others, which are only seen, nothing that is said would be heard. */
  judged<Q extends K>(...kinds: readonly Q[]): readonly Resource<Q>[];
  /**
   * Never there. Methods are compared loosely, so that without it a view of some kinds would pass for one of more, and
   * a helper could read what its rule does not declare.
   */
  readonly reads?: (kind: K) => void;
}

/** A namespace of one cluster, as manifests show it. */
export interface Namespace<K extends Kind = Kind> extends Objects<K> {
  /** The effective name; `default` where `isAssumed`. */
  readonly name: string;
  /** No manifest says which namespace: it is the one that the files are applied to. */
  readonly isAssumed: boolean;
  /** With the implied `kubernetes.io/metadata.name`. */
  readonly labels: Labels;
  readonly cluster: Cluster<K>;
}

/** What is applied together to one cluster. A rule that reads it depends on its kinds in the whole scope. */
export interface Cluster<K extends Kind = Kind> extends Objects<K> {
  /** How the scope is called in messages: the path of its kustomization or folder. */
  readonly name: string;
  /** Every namespace that an object of the scope lives in or declares. */
  readonly namespaces: Iterable<Namespace<K>>;
  namespaceOf(resource: Resource): Namespace<K>;
  /** Whether the object is of what is judged here, rather than an alternative or a neighbour that is only seen. */
  judges(resource: Resource): boolean;
  /** Whether other people or a program wrote the object, as far as its labels and the names around it tell. */
  isVendored(resource: Resource): boolean;
}

/** The objects of a kind by `namespace/name`; more than one where files hold alternatives. */
export function placed<K extends Kind>(
  cluster: Cluster<NoInfer<K>>,
  kind: K,
): ReadonlyMap<string, readonly Resource<K>[]> {
  return grouped(cluster.of(kind), resource => `${cluster.namespaceOf(resource).name}/${resource.name.text ?? ''}`);
}
