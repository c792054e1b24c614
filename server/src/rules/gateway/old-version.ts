import { nameOf, type Resource } from '../../kube/resource';
import { gatewayGroup, standardReleaseOf } from '../../kube/services/gateway';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Message, type Severity } from '../../lint/rule';
import { Version } from '../../lint/version';
import { grouped } from '../../text/maps';

const kinds = [
  'GatewayClass', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'BackendTLSPolicy', 'ReferenceGrant', 'Unlisted', 'CustomResourceDefinition',
] as const; // biome-ignore format: a table

export default defineRule({
  id: 'gateway/old-version',
  title: 'Gateway API objects use a version that is still served',
  severity: 'info',
  per: 'scope',
  kinds,
  references: [
    'https://gateway-api.sigs.k8s.io/concepts/versioning/',
    'https://github.com/kubernetes-sigs/gateway-api/releases',
  ],

  check(cluster, report) {
    const release = Version.parse(standardReleaseOf(cluster.of('CustomResourceDefinition')) ?? '');
    const oldIn = (resources: readonly Resource[]) => resources.flatMap(resource => oldOf(resource, release) ?? []);
    if (oldIn(cluster.judged(...kinds)).length === 0) return;
    // A base that is built more than once is written once.
    const seen = new Map(oldIn(cluster.of(...kinds)).map(old => [old.resource.at('apiVersion').written, old]));
    // One step to a newer version is one finding, however many objects and builds have to take it: the first of them by
    // name, which is the same wherever it is seen from.
    const steps = grouped(seen.values(), stepOf);
    for (const step of steps.values()) {
      const sorted = step.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
      const first = sorted.find(({ resource }) => cluster.judges(resource));
      if (first === undefined || sorted.some(old => orderOf(old) < orderOf(first))) continue;
      const others = sorted.filter(old => old !== first);
      report(first.resource.at('apiVersion'), messageFor(first, others, release), {
        severity: first.severity,
        related: others.map(({ resource }) => ({
          at: resource.at('apiVersion'),
          message: `${resource.kindName} '${nameOf(resource).slice(0, 40)}' has this version too`,
        })),
        fixes: fixesFor([first, ...others]),
      });
    }
  },
});

const stepOf = ({ resource, use, severity, isReshaped }: Old) =>
  `${resource.apiVersion} ${use} ${severity} ${isReshaped}`;

const orderOf = ({ resource }: Old) => `${nameOf(resource)} ${resource.kindName} ${resource.writtenNamespace ?? ''}`;

/** An object of an old version. */
interface Old {
  readonly resource: Resource;
  /** Release whose standard channel doesn't serve it. */
  readonly gone: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The version to use in words, with the kind where that is another. */
  readonly use: string;
  /** Whether its fields changed too, so that another version alone is not enough. */
  readonly isReshaped: boolean;
  readonly severity: Severity;
}

/** The group of the API before it was Kubernetes' own: https://github.com/kubernetes-sigs/gateway-api/releases/tag/v0.5.0 */
const formerGroup = 'networking.x-k8s.io';

function messageFor(first: Old, others: readonly Old[], release: Version | undefined): Message {
  const { resource, severity, use, isReshaped } = first;
  const gone = new Map([first, ...others].map(old => [old.resource.kindName, old.gone]));
  const rejected = 'the API server rejects such objects';
  const whys: Partial<Record<Severity, string>> = {
    error: `The CRDs of Gateway API ${release} among the manifests do not serve it: ${rejected}.`,
    warning: `No release of Gateway API since 0.5 serves group ${formerGroup}: ${rejected}.`,
  };
  const ends = Array.from(gone, ([kind, end]) => `${kind} from release ${end} on`).join(', ');
  return {
    what: `Old API version '${resource.apiVersion}' of ${gone.size > 1 ? `${gone.size} kinds` : resource.kindName}`,
    why: whys[severity] ?? `The standard channel of Gateway API does not serve it any more: ${ends}.`,
    how: isReshaped
      ? `Rewrite it for ${use}, which has other fields.`
      : `Use ${use}${severity === 'error' ? '' : ' as soon as the cluster has that release'}.`,
  };
}

function fixesFor(all: readonly Old[]): Fix[] {
  const [first, ...others] = all.filter(({ resource }) => resource.at('apiVersion').exists);
  if (first === undefined || all.some(({ isReshaped }) => isReshaped)) return [];
  const edit: Fix['edit'] = edits => {
    for (const { resource, apiVersion, kind } of [first, ...others]) {
      edits.set(resource.at('apiVersion'), apiVersion);
      if (kind !== resource.kindName) edits.set(resource.at('kind'), kind);
    }
  };
  if (others.length === 0) return [fix(`Use ${first.use}`, edit)];
  return [fix(`Use ${first.use} in ${others.length + 1} objects`, edit, { reachesOthers: true })];
}

/**
 * Kind by kind: the old versions, and the release from which the standard channel has the new one only
 * (config/crd/standard by tag).
 */
const ages: Readonly<
  Record<string, { readonly old: readonly string[]; readonly gone: string; readonly use?: string }>
> = {
  GatewayClass: { old: ['v1alpha1', 'v1alpha2'], gone: '1.0' },
  Gateway: { old: ['v1alpha1', 'v1alpha2'], gone: '1.0' },
  HTTPRoute: { old: ['v1alpha1', 'v1alpha2'], gone: '1.0' },
  ReferenceGrant: { old: ['v1alpha2'], gone: '1.1', use: 'v1beta1' },
  GRPCRoute: { old: ['v1alpha2'], gone: '1.1' },
  BackendTLSPolicy: { old: ['v1alpha2', 'v1alpha3'], gone: '1.4' },
  TLSRoute: { old: ['v1alpha1', 'v1alpha2', 'v1alpha3'], gone: '1.5' },
  TCPRoute: { old: ['v1alpha1', 'v1alpha2'], gone: '1.6' },
  UDPRoute: { old: ['v1alpha1', 'v1alpha2'], gone: '1.6' },
};

function oldOf(resource: Resource, release: Version | undefined): Old | undefined {
  const { kindName } = resource;
  const [group, version = ''] = resource.apiVersion.split('/');
  const isRenamed = kindName === 'XListenerSet' && group === 'gateway.networking.x-k8s.io';
  const age = isRenamed ? { old: [version], gone: '1.5', use: 'v1' } : ages[kindName];
  if (age === undefined || !age.old.includes(version) || (resource.kind === 'Unlisted' && !isRenamed)) return undefined;
  const { gone } = age;
  const apiVersion = `${gatewayGroup}/${age.use ?? 'v1'}`;
  const kind = isRenamed ? 'ListenerSet' : kindName;
  const isFormer = group === formerGroup;
  // A v1 that is younger than most clusters can wait.
  const isYoung = kindName === 'TCPRoute' || kindName === 'UDPRoute';
  return {
    resource,
    gone,
    apiVersion,
    kind,
    use: isRenamed ? `${kind} of ${apiVersion}` : apiVersion,
    isReshaped: isFormer || (kindName === 'BackendTLSPolicy' && version === 'v1alpha2'),
    severity: isFormer ? 'warning' : release?.atLeast(gone) ? 'error' : isYoung ? 'hint' : 'info',
  };
}
