import type { Resource } from '../kube/resource';

/** An object in a scope: `namespace` is the effective one as written somewhere, undefined when it is assumed. */
export interface Member {
  readonly resource: Resource;
  readonly namespace: string | undefined;
  readonly path: string;
  /** Whether a kustomization applies it: charts and templates nearby have nothing to do with it then. */
  readonly isBuilt?: boolean;
}

/** Manifests applied together to one cluster, as the files show it. */
export interface Scope {
  readonly name: string;
  readonly members: readonly Member[];
  /** Objects of the same root that are seen but not judged here: alternatives, neighbours, cluster-wide policies. */
  readonly context: readonly Member[];
  /** Whether kustomize brings in objects, or files, that the workspace doesn't hold. */
  readonly bringsUnseen: boolean;
  readonly relabels: boolean;
  readonly isLoose: boolean;
}

/** API group + kind + namespace + name; undefined for what never splits a scope. */
export function identityOf({ resource, namespace }: Member): string | undefined {
  if (resource.kind === 'Namespace' || resource.kind === 'CustomResourceDefinition') return undefined;
  const name = resource.name.string;
  if (name === undefined || name === '') return undefined;
  const group = resource.apiVersion.includes('/') ? resource.apiVersion.slice(0, resource.apiVersion.indexOf('/')) : '';
  return `${group}/${resource.kindName}/${namespace ?? 'default'}/${name}`;
}

/** The namespace that the object lands in, as far as anything says so. */
export function memberOf(resource: Resource, path: string, namespace: string | undefined): Member {
  if (resource.kind === 'Namespace') return { resource, path, namespace: resource.name.string };
  if (resource.isClusterScoped) return { resource, path, namespace: undefined };
  return { resource, path, namespace };
}
