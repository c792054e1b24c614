import type { Resource } from '../kube/resource';
import { hashOf } from '../text/hash';
import { memo } from '../text/maps';

/** An object of a build: `namespace` is the effective one, undefined when it is assumed. */
export interface Member {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  /** The file in which it is written, or what it is built of. */
  readonly path: string;
}

/** With the namespace that the object lands in, as far as anything says so: the object, or else who applies it. */
export function memberOf(resource: Resource, path: string, namespace?: string): Member {
  if (resource.kind === 'Namespace') return { resource, path, namespace: resource.name.string };
  if (resource.isClusterScoped) return { resource, path, namespace: undefined };
  return { resource, path, namespace: resource.namespace ?? namespace };
}

/** API group + kind + namespace + name; undefined for what never makes two builds alternatives. */
export function identityOf({ resource, namespace }: Member): string | undefined {
  const { kind, apiVersion } = resource;
  if (kind === 'Namespace' || kind === 'CustomResourceDefinition') return undefined;
  const name = resource.name.string;
  if (name === undefined || name === '') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${resource.kindName}/${namespace ?? 'default'}/${name}`;
}

/** The same for objects that are equal, wherever they are written. */
export const contentOf = memo((resource: Resource): string => hashOf(JSON.stringify(resource.node.value)));
