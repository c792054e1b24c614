/**
 * What Gateway API 1.6 has in its standard channel for an annotation of ingress-nginx: key | field, filter or kind.
 *
 * @source kubernetes-sigs/gateway-api:config/crd/standard (1.6.1)
 * @source kubernetes-sigs/ingress2gateway:pkg/i2gw/providers/ingressnginx/README.md (1.1.0)
 */
const rows = `
app-root                 | RequestRedirect on the path /
auth-tls-secret          | client certificate validation of the Gateway (1.5)
backend-protocol         | GRPCRoute for GRPC, BackendTLSPolicy for HTTPS
canary                   | a second backendRef with a weight
canary-by-header         | a match on the header
canary-by-header-pattern | a header match of type RegularExpression
canary-by-header-value   | a header match of type Exact
canary-weight            | weight of the backendRef
canary-weight-total      | the sum of the weights
cors-allow-credentials   | CORS filter (1.5)
cors-allow-headers       | CORS filter (1.5)
cors-allow-methods       | CORS filter (1.5)
cors-allow-origin        | CORS filter (1.5)
cors-expose-headers      | CORS filter (1.5)
cors-max-age             | CORS filter (1.5)
custom-headers           | ResponseHeaderModifier
enable-cors              | CORS filter (1.5)
force-ssl-redirect       | RequestRedirect with scheme https
from-to-www-redirect     | RequestRedirect with hostname
mirror-target            | RequestMirror
permanent-redirect       | RequestRedirect
permanent-redirect-code  | statusCode of RequestRedirect
proxy-read-timeout       | timeouts of the rule
proxy-ssl-name           | BackendTLSPolicy, hostname
proxy-ssl-secret         | BackendTLSPolicy, caCertificateRefs
proxy-ssl-verify         | BackendTLSPolicy
rewrite-target           | URLRewrite; groups of expressions have no equivalent
server-alias             | hostnames of the route
ssl-passthrough          | TLSRoute
ssl-redirect             | RequestRedirect with scheme https
temporal-redirect        | RequestRedirect
temporal-redirect-code   | statusCode of RequestRedirect
upstream-vhost           | URLRewrite with hostname
use-regex                | path matches of type RegularExpression
x-forwarded-prefix       | RequestHeaderModifier
`;

export const gatewayEquivalents: ReadonlyMap<string, string> = new Map(
  rows.split('\n').flatMap((row): [string, string][] => {
    const [key, equivalent] = row.split(' | ').map(column => column.trim());
    return key && equivalent ? [[key, equivalent]] : [];
  }),
);
