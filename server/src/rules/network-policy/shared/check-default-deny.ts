import { clusterDnsOf } from '../../../kube/dns/cluster-dns';
import { isHostNetwork, runsToCompletion, type Workload, workloadKinds } from '../../../kube/pods/workload';
import { allowDns, defaultDeny, type Manifest } from '../../../kube/policies/allow-dns';
import { type Isolation, isolationOf } from '../../../kube/policies/isolation';
import { type Direction, directions, openRulesOf } from '../../../kube/policies/network-policy';
import { nameOf } from '../../../kube/resource';
import type { Namespace } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix, Report, Target } from '../../../lint/rule';
import { isolateKinds, isolatingPolicies } from '../../../network/answers/isolate';
import { networkOf } from '../../../network/policies/network';
import type { Node } from '../../../yaml/node';
import { closingFix } from './closing';
import { freeName } from './free-name';

export const defaultDenyKinds = isolateKinds;

type DefaultDenyKind = (typeof defaultDenyKinds)[number];
type View = Namespace<DefaultDenyKind>;

/** Reports a namespace whose pods are open in a direction. Both rules about default denies are this one. */
export function checkDefaultDeny(namespace: View, direction: Direction, report: Report, target: Target): void {
  const { name, cluster } = namespace;
  if (target.exempt(name)) return;
  const served = namespace.of(...workloadKinds).filter(workload => isGuarded(workload));
  if (served.length === 0) return;
  const isolation = isolationOf(namespace, direction);
  const at = placeOf(namespace);
  if (isolation.state !== 'open' || at === undefined) return;
  // Each pod has a policy of its own: that the next one has none is no fault of these.
  if (!isolation.openedBy && served.every(workload => isClosed(namespace, workload, direction))) return;
  // What another part of the repository opens may belong to another cluster.
  if (isolation.openedBy && !cluster.judges(isolation.openedBy)) return;
  const { openedBy, denial } = isolation;
  const message = `${subjectOf(namespace)} has no default deny for ${direction}: ${reasonOf(isolation)}, so ${effectOf(direction)}. ${adviceOf(isolation, direction)} It is only effective if your CNI enforces NetworkPolicy.`;
  const opened = openedBy ? [{ at: openedBy.name, message: `'${nameOf(openedBy)}' allows everything` }] : [];
  const cancelled = denial ? [{ at: denial.name, message: `'${nameOf(denial)}' would deny` }] : [];
  report(at, message, {
    on: served,
    ...(isUnnamed(namespace) && direction === 'ingress' ? { severity: 'info' } : {}),
    related: [...opened, ...cancelled],
    fixes: !openedBy
      ? denyingFixes(namespace, at, direction)
      : // A default deny beside a policy that opens everything would have no effect.
        openedBy.kind === 'NetworkPolicy'
        ? [closingFix(cluster, openedBy, direction, openRulesOf(openedBy, direction))]
        : [],
  });
}

/** Pods that policies are for: those on the node's network are not, and a Job serves nobody. */
function isGuarded(workload: Workload): boolean {
  return !isHostNetwork(workload) && !runsToCompletion(workload);
}

/** Whether a policy of the namespace isolates these pods, and not just to let everything through. */
function isClosed(namespace: View, workload: Workload, direction: Direction): boolean {
  if (namespace.of('NetworkPolicy').length === 0) return false;
  const network = networkOf(namespace.cluster);
  const pod = network.podOf(workload, namespace.name);
  const own = (pod ? network.policiesSelecting(pod, direction) : [])
    .filter(({ isStated, placed }) => isStated && placed.policy.resource.kind === 'NetworkPolicy')
    .map(({ placed }) => placed.policy.resource);
  return own.length > 0 && own.every(policy => openRulesOf(policy, direction).length === 0);
}

/** Where a finding about a namespace stands: on its manifest, else where its first workload says so, or might. */
function placeOf(namespace: View): Node | undefined {
  const [manifest] = namespace.of('Namespace');
  if (manifest) return manifest.name;
  const [first] = namespace.of(...workloadKinds);
  const written = first?.at('metadata', 'namespace');
  return written?.exists ? written : first?.name;
}

/** Whether no workload says that it is there: they are in the default namespace, or wherever the files are applied to. */
function isUnnamed(namespace: View): boolean {
  if (namespace.isAssumed || namespace.name !== 'default') return namespace.isAssumed;
  return namespace.of('Namespace', ...workloadKinds).every(({ kind, namespace: written }) => {
    return kind !== 'Namespace' && written === undefined;
  });
}

function subjectOf(namespace: View): string {
  const { name } = namespace;
  return isUnnamed(namespace)
    ? `The namespace that these files are applied to ('${name}' if nobody says)`
    : `Namespace '${name}'`;
}

/** In words that are the same in every scope of the namespace: what differs is not missing everywhere. */
function reasonOf({ openedBy, denial }: Isolation & { readonly state: 'open' }): string {
  if (openedBy === undefined)
    return 'no policy among its manifests, and none for the whole cluster, isolates all of its pods';
  const cancels = denial ? `, which cancels what '${nameOf(denial)}' denies` : '';
  return `policy '${nameOf(openedBy)}' selects all of its pods and allows everything${cancels}`;
}

function effectOf(direction: Direction): string {
  return direction === 'ingress'
    ? 'whatever runs in the cluster can connect to them'
    : 'whoever breaks into one of them can connect to anything, in the cluster and outside';
}

function adviceOf({ openedBy }: Isolation & { readonly state: 'open' }, direction: Direction): string {
  if (openedBy) return `Let '${nameOf(openedBy)}' allow only what is needed.`;
  const allowed = direction === 'ingress' ? 'nothing, and allow what' : 'only DNS, and allow what else';
  return `Add a NetworkPolicy that selects every pod and allows ${allowed} is needed beside it.`;
}

/** First the smallest step, in a file of its own; then the same in this file; then both directions. */
function denyingFixes(namespace: View, at: Node, direction: Direction): readonly Fix[] {
  const other = direction === 'ingress' ? 'egress' : 'ingress';
  const others = isolationOf(namespace, other);
  const isOtherOpen = others.state === 'open' && others.openedBy === undefined;
  const one = manifestsFor(namespace, at, [direction]);
  const where = `in '${namespace.name}' (cuts calls that no policy allows)`;
  const what = `deny all ${direction}${direction === 'egress' ? ' but DNS' : ''} ${where}`;
  const create: Fix = fix(`Create ${one.file}: ${what}`, edits => edits.createFile(one.file, one.manifests));
  // Where a kustomization names the namespace, it is no file of manifests.
  const isManifest = at.document === at.parent?.parent?.document;
  const append: readonly Fix[] = isManifest
    ? [
        fix(`Add to this file: ${what}`, edits => {
          for (const manifest of one.manifests) edits.append(at, manifest);
        }),
      ]
    : [];
  if (!isOtherOpen) return [create, ...append];
  const both = manifestsFor(namespace, at, directions);
  const createBoth: Fix = fix(`Create ${both.file}: deny all ingress, and all egress but DNS, ${where}`, edits =>
    edits.createFile(both.file, both.manifests),
  );
  const keeping: Fix = fix(
    `Isolate namespace '${namespace.name}' and keep its known calls (cuts calls that no manifest shows)`,
    edits => edits.createFile(isolatingFile(namespace), isolatingPolicies(namespace)),
    { preview: true },
  );
  return [create, ...append, keeping, createBoth];
}

const isolatingFile = (namespace: View) =>
  isUnnamed(namespace) ? 'network-policies.yaml' : `isolate-${namespace.name}.yaml`;

function manifestsFor(
  namespace: View,
  at: Node,
  denied: readonly Direction[],
): { readonly file: string; readonly manifests: readonly Manifest[] } {
  const base = denied.length === 2 ? 'default-deny' : `default-deny-${denied[0]}`;
  const taken = new Set(namespace.of('NetworkPolicy').map(nameOf));
  // Left out where nobody writes it: what sets the namespace of the neighbours sets that of the policy.
  const written = at.key === 'name' && !isNamespaceName(namespace, at) ? undefined : namespace.name;
  const deny = defaultDeny(freeName(base, taken), written, denied);
  const dns = allowDns(freeName('allow-dns-egress', taken), written, clusterDnsOf(namespace.cluster));
  return { file: `${base}.yaml`, manifests: denied.includes('egress') ? [deny, dns] : [deny] };
}

function isNamespaceName(namespace: View, at: Node): boolean {
  return namespace.of('Namespace').some(manifest => manifest.name === at);
}
