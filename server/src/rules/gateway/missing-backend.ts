import type { Resource } from '../../kube/resource';
import {
  backendRefsOf,
  isMirror,
  isService,
  type Reference,
  routeKinds,
  targetRefsOf,
} from '../../kube/services/gateway';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import {
  adviceOn,
  type Claim,
  Directories,
  isAdrift,
  makerKinds,
  type Registers,
  whereabouts,
  withoutConsensus,
} from '../../network/references/directory';

export default defineRule({
  id: 'gateway/missing-backend',
  title: 'The Services that a route sends requests to exist',
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
      const near = directory.nearby(name);
      // As with an Ingress: among many routes of no namespace, one that reaches nothing may be at home elsewhere.
      const isPlain = reference.namespace !== undefined || !isAdrift(user, home) || reachesOthers || users.length === 1;
      const where = reference.namespace
        ? `the manifests of namespace '${reference.namespace}'`
        : whereabouts(user, home);
      report(
        reference.name,
        `No Service '${name}' is among ${where}: ${effectOn(user, reference)}. ${adviceOn(directory, name)}`,
        {
          among: ['Service'],
          severity: isPlain || near !== undefined ? 'error' : 'warning',
          fixes: directory.elsewhere(name) ? [] : choose(reference.name, near),
        },
      );
    }
  },
});

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
  if (user.kind === 'BackendTLSPolicy') return 'the policy is for nothing';
  if (isMirror(reference)) return 'the copies of requests that are meant for it go nowhere';
  const isHttp = user.kind === 'HTTPRoute' || user.kind === 'GRPCRoute';
  return isHttp
    ? 'the share of requests that is meant for it is answered with an error'
    : 'connections that are meant for it fail';
}
