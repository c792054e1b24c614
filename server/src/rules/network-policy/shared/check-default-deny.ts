import { clusterDnsOf } from '../../../kube/dns/cluster-dns';
import { isHostNetwork, runsToCompletion, type Workload, workloadKinds } from '../../../kube/pods/workload';
import { allowDns, defaultDeny, type Manifest } from '../../../kube/policies/allow-dns';
import { isolationOf, policyKinds } from '../../../kube/policies/isolation';
import { type Direction, directions, openRulesOf } from '../../../kube/policies/network-policy';
import { nameOf, type Resource } from '../../../kube/resource';
import type { Namespace } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix, Message, Report, Severity, Target } from '../../../lint/rule';
import { callsCutBy, isolateKinds, isolationFor } from '../../../network/answers/isolate';
import { networkOf } from '../../../network/policies/network';
import { capital, counted, inWords } from '../../../text/words';
import type { Node } from '../../../yaml/node';
import { closingFix } from './closing';
import { freeName } from './free-name';

export const defaultDenyKinds = isolateKinds;

type DefaultDenyKind = (typeof defaultDenyKinds)[number];
type View = Namespace<DefaultDenyKind>;

/** How far a namespace is open in a direction. */
interface Gap {
  readonly direction: Direction;
  /** What opens it, where it is not only that nothing closes it. */
  readonly openedBy: Resource | undefined;
  readonly denial: Resource | undefined;
  /** Each pod that is shown has a policy of its own: only the next one would be open. */
  readonly isForNewPods: boolean;
}

/**
 * Reports a namespace that is open. Both rules about default denies are this one: that of ingress speaks for both
 * directions where both are open, that of egress where only egress is.
 */
export function checkDefaultDeny(namespace: View, spokesman: Direction, report: Report, target: Target): void {
  const { name, cluster } = namespace;
  if (target.exempt(name)) return;
  const served = namespace.of(...workloadKinds).filter(workload => isGuarded(workload));
  const at = placeOf(namespace);
  if (served.length === 0 || at === undefined) return;
  const all = directions.flatMap(direction => gapOf(namespace, direction, served) ?? []);
  const wide = all.filter(({ isForNewPods }) => !isForNewPods);
  const gaps = wide.length > 0 ? wide : all;
  const [first] = gaps;
  if (first?.direction !== spokesman) return;
  // All that its fixes are made of.
  cluster.of(...isolateKinds);
  const policies = gaps.flatMap(({ openedBy, denial }) => [
    ...(openedBy ? [{ at: openedBy.name, message: `'${nameOf(openedBy)}' allows everything` }] : []),
    ...(denial ? [{ at: denial.name, message: `'${nameOf(denial)}' would deny` }] : []),
  ]);
  report(at, messageOf(namespace, gaps, first), {
    on: served,
    ...severityOf(namespace, first),
    related: policies.filter((one, i) => policies.findIndex(other => other.at === one.at) === i),
    fixes: first.openedBy
      ? closingFixes(cluster, first.openedBy, first.direction)
      : () =>
          denyingFixes(
            namespace,
            at,
            gaps.filter(({ openedBy }) => !openedBy).map(one => one.direction),
          ),
  });
}

function gapOf(namespace: View, direction: Direction, served: readonly Workload[]): Gap | undefined {
  const isolation = isolationOf(namespace, direction);
  if (isolation.state !== 'open') return undefined;
  const { openedBy, denial } = isolation;
  // What another part of the repository opens may belong to another cluster.
  if (openedBy && !namespace.cluster.judges(openedBy)) return undefined;
  const isForNewPods = !openedBy && served.every(workload => isClosed(namespace, workload, direction));
  return { direction, openedBy, denial, isForNewPods };
}

/** Who has policies of their own means to isolate; for others it is advice. */
function severityOf(namespace: View, { direction, isForNewPods }: Gap): { readonly severity?: Severity } {
  if (isForNewPods) return { severity: 'hint' };
  const { cluster } = namespace;
  const isMeant = cluster.of(...policyKinds).some(policy => !cluster.isVendored(policy));
  return direction === 'ingress' && (!isMeant || isUnnamed(namespace)) ? { severity: 'info' } : {};
}

function messageOf(namespace: View, gaps: readonly Gap[], first: Gap): Message {
  const ways = inWords(gaps.map(({ direction }) => direction));
  const home = isUnnamed(namespace) ? 'The namespace of these files' : `Namespace '${namespace.name}'`;
  const what = `${home} has no default deny for ${ways}`;
  if (first.isForNewPods)
    return {
      what,
      why: `A policy of its own selects each pod shown here; new pods are open: ${inWords(gaps.map(effectOf))}.`,
      how: `Add a NetworkPolicy that selects every pod and allows nothing for ${ways}.`,
    };
  if (first.openedBy)
    return {
      what,
      why: gaps.map(gap => `${capital(reasonOf(gap))}, so ${effectOf(gap)}.`).join(' '),
      how: `Restrict '${nameOf(first.openedBy)}' to the connections that are needed.`,
    };
  const needed = gaps.some(({ direction }) => direction === 'egress')
    ? 'DNS and what else is needed'
    : 'what is needed';
  return {
    what,
    why: `Pods that no policy isolates are open: ${inWords(gaps.map(effectOf))}.`,
    how: `Add a NetworkPolicy that selects every pod and allows nothing, then allow ${needed}. It needs a CNI that enforces policies.`,
  };
}

function reasonOf({ direction, openedBy, denial }: Gap): string {
  if (openedBy === undefined) return `no policy isolates all of its pods for ${direction}`;
  return `policy '${nameOf(openedBy)}' allows everything${denial ? `, which overrides '${nameOf(denial)}'` : ''}`;
}

function effectOf({ direction }: Gap): string {
  return direction === 'ingress'
    ? 'any pod of the cluster can connect to them'
    : 'a compromised one can connect to anything, inside the cluster and outside';
}

/** A default deny beside a policy that opens everything would have no effect. */
function closingFixes(cluster: View['cluster'], openedBy: Resource, direction: Direction): readonly Fix[] {
  if (openedBy.kind !== 'NetworkPolicy') return [];
  return [closingFix(cluster, openedBy, direction, openRulesOf(openedBy, direction))];
}

/** Pods that policies are for: those on the node's network are not, and a Job serves nobody. */
function isGuarded(workload: Workload): boolean {
  return !isHostNetwork(workload) && !runsToCompletion(workload);
}

/**
 * Whether policies isolate these pods, and not just to let everything through. One of another API that has to do with
 * them may do so too: then nobody can say that they are open.
 */
function isClosed(namespace: View, workload: Workload, direction: Direction): boolean {
  if (namespace.cluster.of(...policyKinds).length === 0) return false;
  const network = networkOf(namespace.cluster);
  const pod = network.podOf(workload, namespace.name);
  if (pod === undefined) return false;
  if (network.isClosedByForeign(pod, direction)) return true;
  const own = network
    .policiesSelecting(pod, direction)
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

/**
 * Where calls are known, first the policies that keep them. Else what closes all that is open, in a file of its own, then
 * the same in this file, then the smallest step.
 */
function denyingFixes(namespace: View, at: Node, open: readonly Direction[]): readonly Fix[] {
  const all = manifestsFor(namespace, at, open);
  const create: Fix = fix(`Create ${all.file} (${costOf(namespace, open)})`, edits =>
    edits.createFile(all.file, all.manifests),
  );
  // Where a kustomization names the namespace, it is no file of manifests.
  const isManifest = at.document === at.parent?.parent?.document;
  const append = fix(`Add a default deny here (${costOf(namespace, open)})`, edits => {
    for (const manifest of all.manifests) edits.append(at, manifest);
  });
  const here = isManifest ? [create, append] : [create];
  if (open.length < directions.length) return here;
  const small = manifestsFor(namespace, at, ['ingress']);
  const ingressAlone: Fix = fix(`Create ${small.file} (${costOf(namespace, ['ingress'])})`, edits =>
    edits.createFile(small.file, small.manifests),
  );
  const known = callsCutBy(namespace, directions);
  const keeping: Fix = fix(
    known === 0
      ? `Isolate '${namespace.name}' (no call known)`
      : `Isolate '${namespace.name}' and keep its ${counted(known, 'known call')}`,
    edits => edits.createFile(isolatingFile(namespace), isolationFor(namespace).policies),
  );
  return known > 0 ? [keeping, ...here, ingressAlone] : [...here, ingressAlone, keeping];
}

function costOf(namespace: View, closing: readonly Direction[]): string {
  const count = callsCutBy(namespace, closing);
  const cut = count === 0 ? 'no call known' : `cuts ${counted(count, 'call')}`;
  if (!closing.includes('egress')) return cut;
  return `${closing.length > 1 ? 'both ways but DNS' : 'all but DNS'}, ${cut}`;
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
