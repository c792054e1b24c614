import type { Resource } from '../../kube/resource';
import {
  backendRefsOf,
  isMirror,
  isService,
  type Reference,
  routeKinds,
  targetRefsOf,
} from '../../kube/services/gateway';
import { servicePortsOf } from '../../kube/services/service';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import {
  type Claim,
  Directories,
  isAdrift,
  makerKinds,
  type Register,
  type Registers,
  whereabouts,
  withoutConsensus,
} from '../../network/references/directory';
import { adviceOn } from './shared/advice';

export default defineRule({
  id: 'gateway/missing-backend',
  title: 'Services that routes send requests to exist',
  severity: 'error',
  per: 'scope',
  kinds: [...routeKinds, 'BackendTLSPolicy', 'Service', ...makerKinds],
  subjects: [...routeKinds, 'BackendTLSPolicy'],
  about: 'absence',
  references: ['https://gateway-api.sigs.k8s.io/reference/spec/#httpbackendref'],

  check(cluster, report) {
    const services = new Directories(cluster, 'Service');
    const users = cluster.of(...routeKinds, 'BackendTLSPolicy');
    const claimsBy = (user: Resource) => claimsOf(user, cluster.namespaceOf(user), services);
    if (!users.some(user => cluster.judges(user) && claimsBy(user).length > 0)) return;
    const claims = users.flatMap(claimsBy);
    for (const { name, user, directory, reference, reachesOthers } of withoutConsensus(claims)) {
      const home = cluster.namespaceOf(user);
      const near = meantBy(reference, directory);
      // As with an Ingress: among many routes of no namespace, one that reaches nothing may be at home elsewhere.
      const isPlain = reference.namespace !== undefined || !isAdrift(user, home) || reachesOthers || users.length === 1;
      const where = reference.namespace
        ? `the manifests of namespace '${reference.namespace}'`
        : whereabouts(user, home);
      report(
        reference.name,
        {
          what: `Service '${name}' not found`,
          why: `It is not among ${where}. ${effectOn(user, reference)}`,
          how: adviceOn('Service', name, near, directory),
        },
        {
          among: ['Service'],
          severity: isPlain || near !== undefined ? 'error' : 'warning',
          fixes: directory.elsewhere(name) ? [] : choose(reference.name, near),
        },
      );
    }
  },
});

/** A name that is near, unless the Service of that name has no such port: then it is another one. */
function meantBy({ name, port }: Reference, directory: Register): string | undefined {
  const near = directory.nearby(name.text ?? '');
  const ports = directory.find(near ?? '').flatMap(servicePortsOf);
  const isOther = port.number !== undefined && ports.length > 0 && ports.every(one => one.number !== port.number);
  return isOther ? undefined : near;
}

interface ServiceClaim extends Claim {
  readonly reference: Reference;
  readonly reachesOthers: boolean;
}

function claimsOf(user: Resource, home: { readonly name: string }, services: Registers): ServiceClaim[] {
  const references = referencesOf(user).filter(isService);
  const directoryOf = ({ namespace }: Reference) => services.in(namespace ?? home.name);
  const reachesOthers = references.some(one => (directoryOf(one)?.find(one.name.text ?? '').length ?? 0) > 0);
  return references.flatMap(reference => {
    const name = reference.name.text ?? '';
    const directory = directoryOf(reference);
    return directory?.lacks(name, user) ? [{ name, user, directory, reference, reachesOthers }] : [];
  });
}

function referencesOf(user: Resource): readonly Reference[] {
  return user.kind === 'BackendTLSPolicy' ? targetRefsOf(user) : backendRefsOf(user);
}

function effectOn(user: Resource, reference: Reference): string {
  if (user.kind === 'BackendTLSPolicy') return 'The policy has no effect.';
  if (isMirror(reference)) return 'Requests mirrored to it are lost.';
  const isHttp = user.kind === 'HTTPRoute' || user.kind === 'GRPCRoute';
  return isHttp ? 'Its share of the requests is answered with an error.' : 'Connections meant for it fail.';
}
