import { type Build, isApplied } from '../deploy/builds';
import type { ManifestFile } from '../deploy/files';
import { memberOf } from '../deploy/member';

/** A scope of the config file: which files it is made of, and where those go that name no namespace. */
export interface WrittenScope {
  readonly name: string;
  readonly namespace: string | undefined;
  holds(path: string): boolean;
}

/** Kinds that count in every scope. */
const clusterWide = new Set([
  'GlobalNetworkPolicy.projectcalico.org',
  'CiliumClusterwideNetworkPolicy.cilium.io',
  'ClusterNetworkPolicy.policy.networking.k8s.io',
  'AdminNetworkPolicy.policy.networking.k8s.io',
  'BaselineAdminNetworkPolicy.policy.networking.k8s.io',
  'ClusterPolicy.kyverno.io',
]);

/** The scopes of the config file, each with what it sees beside itself: nothing but what counts everywhere. */
export function scopesIn(files: readonly ManifestFile[], scopes: readonly WrittenScope[]) {
  const manifests = files.filter(({ role }) => role === 'manifests');
  return scopes.map(({ name, namespace, holds }) => {
    const isInside = ({ path }: ManifestFile) => holds(path);
    const scope = build(name, manifests.filter(isInside), namespace);
    const wide = build(
      name,
      manifests.filter(file => !isInside(file)),
      undefined,
    );
    const seen = wide.members.filter(({ resource }) => clusterWide.has(resource.kind));
    return { scope, seen: seen.length > 0 ? [{ ...wide, members: seen }] : [] };
  });
}

function build(name: string, files: readonly ManifestFile[], namespace: string | undefined): Build {
  const members = files.flatMap(({ path, resources }) =>
    resources.filter(isApplied).map(resource => memberOf(resource, path, namespace)),
  );
  const reads = new Map(files.map(file => [file.path, file]));
  return {
    name,
    folder: '',
    kind: 'scope',
    members,
    unknown: [],
    isIncomplete: false,
    reads,
    values: new Map(),
    *renewed(later) {
      const now = files.flatMap(({ path }) => later.get(path) ?? []);
      return build(name, now, namespace);
    },
  };
}
