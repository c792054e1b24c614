import type { Resource } from '../../kube/resource';
import { gatewayGroup, standardReleaseOf } from '../../kube/services/gateway';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { Version } from '../../lint/version';

const kinds = [
  'GatewayClass', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'BackendTLSPolicy', 'ReferenceGrant', 'Unlisted', 'CustomResourceDefinition',
] as const; // biome-ignore format: a table

export default defineRule({
  id: 'gateway/old-version',
  title: 'Objects of Gateway API are of a version that is still served',
  severity: 'info',
  per: 'scope',
  kinds,
  references: [
    'https://gateway-api.sigs.k8s.io/concepts/versioning/',
    'https://github.com/kubernetes-sigs/gateway-api/releases',
  ],

  check(cluster, report) {
    const release = Version.parse(standardReleaseOf(cluster.of('CustomResourceDefinition')) ?? '');
    for (const resource of cluster.judged(...kinds)) {
      const age = ageOf(resource);
      if (age === undefined) continue;
      const { since, gone, kind, apiVersion } = age;
      const isGone = release?.atLeast(gone) === true;
      const outcome = isGone
        ? `the definitions of release ${release} among the manifests don't serve it, so that the API server doesn't know the object`
        : `the standard channel doesn't serve it from release ${gone} on`;
      const renamed = kind === resource.kindName ? '' : `${kind} of `;
      const use = fix(`Use ${renamed}${apiVersion} (Gateway API ${since} or later)`, edits => {
        edits.set(resource.at('apiVersion'), apiVersion);
        if (kind !== resource.kindName) edits.set(resource.at('kind'), kind);
      });
      report(
        resource.at('apiVersion'),
        `${resource.kindName} is in the standard channel of Gateway API since ${since} as ${renamed}${apiVersion}. This is the older ${resource.apiVersion}: ${outcome}.`,
        {
          severity: isGone ? 'error' : 'info',
          fixes: resource.at('apiVersion').exists ? [use] : [],
        },
      );
    }
  },
});

interface Age {
  /** Release that brought the version to use. */
  readonly since: string;
  /** Release whose standard channel doesn't serve the old one. */
  readonly gone: string;
  readonly kind: string;
  readonly apiVersion: string;
}

/** Kind by kind: the old versions, and since when the new one is in the standard channel (config/crd/standard by tag). */
const ages: Readonly<
  Record<
    string,
    { readonly old: readonly string[]; readonly since: string; readonly gone: string; readonly use?: string }
  >
> = {
  GatewayClass: { old: ['v1alpha1', 'v1alpha2'], since: '1.0', gone: '1.0' },
  Gateway: { old: ['v1alpha1', 'v1alpha2'], since: '1.0', gone: '1.0' },
  HTTPRoute: { old: ['v1alpha1', 'v1alpha2'], since: '1.0', gone: '1.0' },
  ReferenceGrant: { old: ['v1alpha2'], since: '0.6', gone: '1.1', use: 'v1beta1' },
  GRPCRoute: { old: ['v1alpha2'], since: '1.1', gone: '1.1' },
  BackendTLSPolicy: { old: ['v1alpha2', 'v1alpha3'], since: '1.4', gone: '1.4' },
  TLSRoute: { old: ['v1alpha1', 'v1alpha2', 'v1alpha3'], since: '1.5', gone: '1.5' },
  TCPRoute: { old: ['v1alpha1', 'v1alpha2'], since: '1.6', gone: '1.6' },
  UDPRoute: { old: ['v1alpha1', 'v1alpha2'], since: '1.6', gone: '1.6' },
};

function ageOf(resource: Resource): Age | undefined {
  const { kindName } = resource;
  const [group, version = ''] = resource.apiVersion.split('/');
  if (kindName === 'XListenerSet' && group === 'gateway.networking.x-k8s.io') {
    return { since: '1.5', gone: '1.5', kind: 'ListenerSet', apiVersion: `${gatewayGroup}/v1` };
  }
  const age = ages[kindName];
  if (age === undefined || resource.kind === 'Unlisted' || !age.old.includes(version)) return undefined;
  return { since: age.since, gone: age.gone, kind: kindName, apiVersion: `${gatewayGroup}/${age.use ?? 'v1'}` };
}
