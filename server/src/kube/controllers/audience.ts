import { memo } from '../../text/maps';
import { servingContainersOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';

/**
 * What only those open who run the cluster: a handful of people.
 *
 * @own programs and names seen behind the routes of people who run things
 */
const consoles = wordsOf(`
  admin administration administrator adminer akhq alertmanager argo argocd backoffice back-office capacitor cerebro
  ceph-dashboard chronograf goldilocks grafana graylog headlamp hubble-ui jaeger kafdrop kafka-ui kiali kibana
  kube-ops-view kubecost kubernetes-dashboard linkerd-viz longhorn mailhog mailpit minio-console mongo-express netdata
  opencost opensearch-dashboards pgadmin pgadmin4 pgweb phpldapadmin phpmyadmin policy-reporter portainer prometheus
  pushgateway rancher redis-commander redisinsight redpanda-console tekton-dashboard temporal-ui thanos
  traefik-dashboard victoriametrics vmalert vmui weave-gitops zipkin`);

/**
 * Where passwords and tokens stand beside what a visitor sends.
 *
 * @own programs and names seen behind the routes of people who run things
 */
const logins = wordsOf(`
  auth authelia authentication authentik authn bitwarden dex goauthentik hydra identity idp infisical keycloak kratos lldap login
  logins logto oauth oauth2 oidc openbao ory passbolt password passwords passwd pomerium psono saml secret secrets
  signin sign-in signup sso vault vaultwarden webmail zitadel`);

function wordsOf(text: string): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${text.trim().replace(/\s+/g, '|')})(?![a-z0-9])`, 'i');
}

export const isConsole = (names: readonly string[]) => names.some(name => consoles.test(name));
export const asksForSecrets = (names: readonly string[]) => names.some(name => logins.test(name));

/** Whether the name of an Ingress or an IngressRoute says so, or all that it matches. */
export const isConsoleRoute = memo((route: Resource): boolean => {
  const matches = rulesOf(route).flatMap(rule => rule.at('host').text ?? rule.at('match').text ?? '');
  return isConsole([route.name.text ?? '']) || (matches.length > 0 && matches.every(match => consoles.test(match)));
});

/** Whether a login is among what an Ingress or an IngressRoute matches. */
export const isLoginRoute = memo((route: Resource): boolean => {
  const rules = rulesOf(route);
  const paths = rules.flatMap(rule => rule.at('http', 'paths').items()).map(path => path.at('path'));
  const matches = [route.name, ...rules.flatMap(rule => [rule.at('host'), rule.at('match')]), ...paths];
  return asksForSecrets(matches.map(node => node.text ?? ''));
});

const rulesOf = (route: Resource) => [...route.at('spec', 'rules').items(), ...route.at('spec', 'routes').items()];

/** What a workload is called: in its name, its labels and its images. */
export const namesOf = memo((workload: Workload): readonly string[] => [
  workload.name.text ?? '',
  ...['app.kubernetes.io/name', 'app'].map(label => workload.at('metadata', 'labels', label).text ?? ''),
  ...servingContainersOf(workload).map(container => programIn(container.at('image').text ?? '')),
]);

/** The path of an image, without its registry and tag. */
function programIn(image: string): string {
  const parts = (image.split('@')[0] ?? '').split('/');
  const path = /[.:]/.test(parts[0] ?? '') && parts.length > 1 ? parts.slice(1) : parts;
  return path.map(part => part.split(':')[0]).join('/');
}
