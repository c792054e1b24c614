import { memo, type Remembering } from '../text/maps';
import type { YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';
import { isClusterScoped, type Kind, kindOf } from './kinds';

/** One API object, as written or as built; which cluster and namespace it lands in is the view's business. */
export class Resource<K extends Kind = Kind> implements Remembering {
  readonly facts = new Map<object, unknown>();
  #node: Node | undefined;
  #name: Node | undefined;

  constructor(
    readonly kind: K,
    /** As written, or inherited from the list that holds it. */
    readonly apiVersion: string,
    /** As written: `NetworkPolicy` for Calico's too. */
    readonly kindName: string,
    readonly document: YamlDocument,
    readonly index: number = -1,
    readonly built?: Node,
  ) {}

  /** The object: as it is built, else the document's root, or an item of a list. */
  get node(): Node {
    this.#node ??= this.built ?? this.#written();
    return this.#node;
  }

  #written(): Node {
    const { root } = this.document;
    return this.index === -1 ? root : (unpacked(root)[this.index] ?? root);
  }

  get name(): Node {
    this.#name ??= this.at('metadata', 'name');
    return this.#name;
  }

  /** As written, or as a build makes it; the view decides where that is nothing. */
  get namespace(): string | undefined {
    return this.at('metadata', 'namespace').string || undefined;
  }

  /** As written where the object is: what is written beside it says the same, and has the same done to it. */
  get writtenNamespace(): string | undefined {
    return this.node.written.at('metadata', 'namespace').string || undefined;
  }

  get isClusterScoped(): boolean {
    return isClusterScoped(this.apiVersion, this.kindName);
  }

  at(...path: readonly (string | number)[]): Node {
    return this.node.at(...path);
  }

  annotation(name: string): Node {
    return this.at('metadata', 'annotations', name);
  }

  label(name: string): Node {
    return this.at('metadata', 'labels', name);
  }

  is<Q extends Kind>(...kinds: readonly Q[]): this is Resource<Q> {
    const own: Kind = this.kind;
    return kinds.some(kind => kind === own);
  }
}

/** The API objects of a document; every *List is unpacked. Patches (workloads without containers) are none. */
export const resourcesIn = memo((document: YamlDocument): readonly Resource[] => read(document));

const builtAt = new WeakMap<Node, Resource>();

/** An object that a build makes of what is written in several places. */
export function builtResource(node: Node): Resource | undefined {
  const [apiVersion, kind] = [node.at('apiVersion').string, node.at('kind').string];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const resource = new Resource(kindOf(apiVersion, kind), apiVersion, kind, node.document, -1, node);
  if (!isWhole(resource)) return undefined;
  builtAt.set(node, resource);
  return resource;
}

/** The object whose node it is. */
export function resourceAt(node: Node): Resource | undefined {
  // Text inside of an object may look like one: it is part of the object that holds it.
  return builtAt.get(node) ?? (node.document.host === undefined ? resourcesByNode(node.document).get(node) : undefined);
}

const resourcesByNode = memo(
  (document: YamlDocument) => new Map<Node, Resource>(resourcesIn(document).map(resource => [resource.node, resource])),
);

/** A kustomization is known by the name of its file: it may leave out its kind, and is applied to no cluster itself. */
export const kustomizationIn = memo((document: YamlDocument): readonly Resource[] => {
  const kind = 'Kustomization.kustomize.config.k8s.io';
  return [new Resource(kind, 'kustomize.config.k8s.io/v1beta1', 'Kustomization', document)];
});

/** A definition can be enormous, and nobody looks inside: it is known without being parsed. */
export const isDefinition = memo(
  ({ text }: YamlDocument): boolean =>
    text.includes('CustomResourceDefinition') &&
    /^kind:[ \t]*["']?CustomResourceDefinition["']?[ \t]*(?:#.*)?\r?$/m.test(text) &&
    /^apiVersion:[ \t]*["']?apiextensions\.k8s\.io\//m.test(text) &&
    text.match(/^kind:/gm)?.length === 1,
);

function read(document: YamlDocument): readonly Resource[] {
  const { text } = document;
  if (!mayBeManifest(text)) return [];
  if (isDefinition(document)) {
    return [new Resource('CustomResourceDefinition', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', document)];
  }
  const { root } = document;
  const kind = root.at('kind').string;
  const apiVersion = root.at('apiVersion').string;
  if (kind === undefined || apiVersion === undefined) return [];
  if (!isList(root)) return [new Resource(kindOf(apiVersion, kind), apiVersion, kind, document)].filter(isWhole);
  return unpacked(root).flatMap((item, index) => {
    const own = item.at('kind').string ?? itemKind(root);
    const version = item.at('apiVersion').string ?? apiVersion;
    return own ? [new Resource(kindOf(version, own), version, own, document, index)].filter(isWhole) : [];
  });
}

/** Cheap test before parsing, true for every manifest in whatever style. */
export function mayBeManifest(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

const isList = (node: Node) => (node.at('kind').string ?? '').endsWith('List') && node.at('items').isSequence;

/** `PodList` holds Pods, also where its items don't say so. */
function itemKind(list: Node): string | undefined {
  const kind = list.at('kind').string ?? '';
  return kind === 'List' ? undefined : kind.slice(0, -'List'.length);
}

/** The objects of a list, and of the lists in it. */
const unpacked = memo((root: Node): readonly Node[] => {
  const found: Node[] = [];
  collect(root, found, 0);
  return found;
});

function collect(list: Node, found: Node[], depth: number): void {
  for (const item of list.at('items').items()) {
    if (isList(item) && depth < 50) collect(item, found, depth + 1);
    else if (item.isMapping) found.push(item);
  }
}

/**
 * @source kubernetes/kubernetes:staging/src/k8s.io/api/apps/v1/types.go (0122c43, read 2026-11-29)
 * @source kubernetes/kubernetes:staging/src/k8s.io/api/batch/v1/types.go (025f283, read 2026-11-29)
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (ReplicationController, 1.36)
 */
const templated = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'];

/** A patch of a workload has no containers, or one without an image: it is a fragment of an object. No list holds any. */
function isWhole(resource: Resource): boolean {
  const spec =
    resource.kind === 'Pod'
      ? resource.at('spec')
      : resource.kind === 'CronJob'
        ? resource.at('spec', 'jobTemplate', 'spec', 'template', 'spec')
        : templated.includes(resource.kind)
          ? resource.at('spec', 'template', 'spec')
          : undefined;
  if (spec === undefined || resource.index !== -1) return true;
  const containers = spec.at('containers').items();
  return containers.length > 0 && containers.every(container => !container.at('image').isEmpty);
}

/** The name of an object as messages write it; who writes it puts it in quotes. */
export const nameOf = ({ name }: Resource) => name.text ?? '(unnamed)';

/** `Deployment 'web'`. */
export const titleOf = (resource: Resource) => `${resource.kindName} '${nameOf(resource)}'`;
