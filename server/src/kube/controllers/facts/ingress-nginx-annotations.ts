// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Annotations of ingress-nginx 1.15.1, without their prefix: internal/ingress/annotations.
 *
 * @source kubernetes/ingress-nginx:internal/ingress/annotations (1.15.1 at dbb11b9)
 * @source traefik/traefik:pkg/provider/kubernetes/ingress-nginx/annotations.go (3.7)
 */
export const annotationRows = `
affinity                             | = cookie     |            | ingress low traefik | Sends a client to the same pod each time, by a cookie that the controller sets.
affinity-canary-behavior             | = sticky, legacy | sticky     | ingress low traefik | Whether clients that were sent to a canary stay with it (sticky) or are drawn anew (legacy).
affinity-mode                        | = balanced, persistent | balanced   | ingress medium | Whether sticky clients are spread again when pods are added (balanced) or never moved (persistent).
allowlist-source-range               | cidrs        |            | location medium traefik | Lets in only clients from these address ranges.
whitelist-source-range               | cidrs        |            | location medium traefik | The old name of allowlist-source-range.
app-root                             | path         |            | location medium traefik | Where a request for / is redirected to.
auth-always-set-cookie               | bool         |            | location low   | Passes on the cookie of the authentication service whatever its answer is.
auth-cache-duration                  | durations    | 200 202 401 5m | location medium | How long answers of the authentication service are kept, by status code.
auth-cache-key                       | variable     |            | location medium | Under which key answers of the authentication service are kept; without it there is no cache.
auth-keepalive                       | int          | 0          | location low   | How many idle connections to the authentication service a worker keeps open; 0 for none.
auth-keepalive-requests              | int          | 1000       | location low   | After how many requests a connection to the authentication service is closed.
auth-keepalive-share-vars            | bool         |            | location low   | Whether the subrequest for authentication shares variables with the request it is made for.
auth-keepalive-timeout               | int          | 60         | location low   | After how many idle seconds a connection to the authentication service is closed.
auth-method                          | = GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE |            | location low traefik | The HTTP method of requests to the authentication service.
auth-proxy-set-headers               | token        |            | location medium | The ConfigMap with headers to send to the authentication service.
auth-realm                           | words        |            | location medium traefik | The name of the protected area, shown when a browser asks for a password.
auth-request-redirect                | url          |            | location medium | What the authentication service is told about where the client wanted to go.
auth-response-headers                | headers      |            | location medium traefik | Headers of the authentication service's answer that are passed on to the pods.
auth-secret                          | token        |            | location medium traefik | The Secret with user names and passwords.
auth-secret-type                     | = auth-file, auth-map | auth-file  | location low traefik | Whether the Secret holds one htpasswd file, or one key for each user.
auth-signin                          | url-with-variables |            | location high traefik | Where a client is sent when the authentication service says no.
auth-signin-redirect-param           | url          |            | location medium | The URL parameter that tells the sign-in page where to return to.
auth-snippet                         | snippet      |            | location critical traefik | Text for nginx's configuration of the authentication subrequest.
auth-tls-error-page                  | any          |            | location high  | Where a client is sent when its certificate is not accepted.
auth-tls-match-cn                    | common-name  |            | location high  | A pattern that the common name of a client's certificate must match; it begins with CN=.
auth-tls-pass-certificate-to-upstream | bool         |            | location low traefik | Whether the pods get to see the client's certificate.
auth-tls-secret                      | token        |            | location medium traefik | The Secret with the authorities that client certificates are checked against, as namespace/name.
auth-tls-verify-client               | = on, off, optional, optional_no_ca | on         | location medium traefik | Whether a client must show a certificate.
auth-tls-verify-depth                | int          | 1          | location low   | How many certificates may stand between the client's and the authority's.
auth-type                            | = basic, digest |            | location low traefik | The kind of password authentication.
auth-url                             | url-with-variables |            | location high traefik | The service that is asked whether a request may pass.
backend-protocol                     | ~ AUTO_HTTP, HTTP, HTTPS, GRPC, GRPCS, FCGI | HTTP       | location low traefik | What the pods speak: plain HTTP, TLS, gRPC or FastCGI.
canary                               | bool         | false      | ingress low traefik | Marks this Ingress as the trial half of another one with the same host and path.
canary-by-cookie                     | token        |            | ingress medium traefik | The cookie by which a client asks for (always) or declines (never) the canary.
canary-by-header                     | token        |            | ingress medium traefik | The header by which a client asks for or declines the canary.
canary-by-header-pattern             | pattern-name |            | ingress medium traefik | A pattern that the header's value must match for the canary.
canary-by-header-value               | token        |            | ingress medium traefik | The header's value that leads to the canary.
canary-weight                        | int 0..      | 0          | ingress low traefik | How many requests out of canary-weight-total go to the canary.
canary-weight-total                  | int          | 100        | ingress low traefik | What canary-weight is measured against.
client-body-buffer-size              | size         | 8k         | location low configmap traefik | How much of a request's body is kept in memory before it goes to a file.
configuration-snippet                | snippet      |            | location critical traefik | Text for nginx's configuration of this Ingress's locations.
connection-proxy-header              | = close, keep-alive |            | location low   | The Connection header that the pods get.
cors-allow-credentials               | bool         | true       | ingress low traefik | Whether browsers may send cookies with cross-origin requests.
cors-allow-headers                   | headers      |            | ingress medium traefik | Headers that cross-origin requests may carry.
cors-allow-methods                   | methods      | GET, PUT, POST, DELETE, PATCH, OPTIONS | ingress medium traefik | Methods that cross-origin requests may use.
cors-allow-origin                    | origins      | *          | ingress medium traefik | Origins whose pages may call these paths.
cors-expose-headers                  | exposed-headers |            | ingress medium traefik | Headers of the answer that a page may read.
cors-max-age                         | int          | 1728000    | ingress low traefik | For how many seconds a browser remembers the answer to a preflight request.
custom-headers                       | token        |            | location medium traefik | The ConfigMap with headers to add to responses; their names must be allowed globally.
custom-http-errors                   | codes        |            | location low configmap traefik | Status codes for which the default backend is asked for a page.
default-backend                      | any          |            | location low traefik | The Service that answers when the backend has no ready pod, and for custom-http-errors.
denylist-source-range                | cidrs        |            | location medium configmap | Keeps out clients from these address ranges.
disable-proxy-intercept-errors       | bool         |            | location low   | Leaves error pages as the pods send them, although custom-http-errors is set globally.
enable-access-log                    | bool         | true       | location low traefik | Whether requests are written to the access log.
enable-cors                          | bool         | false      | ingress low traefik | Whether cross-origin requests are answered at all.
enable-global-auth                   | bool         |            | location low traefik | Whether the authentication service of the ConfigMap is asked here too.
enable-modsecurity                   | bool         | false      | ingress low configmap traefik | Whether the ModSecurity firewall looks at requests.
enable-opentelemetry                 | bool         | false      | location low configmap | Whether requests are traced.
enable-owasp-core-rules              | bool         |            | ingress low traefik | Whether ModSecurity uses the OWASP core rule set.
enable-rewrite-log                   | bool         | false      | location low   | Whether rewrites are written to the error log, at level notice.
fastcgi-index                        | any          |            | location medium | The file name that FastCGI appends to a path that ends in a slash.
fastcgi-params-configmap             | token        |            | location medium | The ConfigMap with FastCGI parameters.
force-ssl-redirect                   | bool         | false      | location medium configmap traefik | Redirects to HTTPS even without a certificate here, for TLS that ends before the controller.
from-to-www-redirect                 | bool         |            | location low traefik | Redirects between the host with and without www.
http2-push-preload                   | bool         |            | location low   | Whether Link headers with preload make nginx push; browsers have dropped HTTP/2 push.
limit-allowlist                      | cidrs        |            | location low   | Address ranges that rate limits don't apply to.
limit-whitelist                      | cidrs        |            | location low   | The old name of limit-allowlist.
limit-burst-multiplier               | int 0..      | 5          | location low traefik | How far above the rate a burst may go, as a multiple of the limit.
limit-connections                    | int 0..      |            | location low traefik | How many connections one client address may have at a time.
limit-rate                           | int 0..      | 0          | location low configmap | How many bytes a second a connection is served at; 0 for as fast as it goes.
limit-rate-after                     | int 0..      | 0          | location low configmap | After how many bytes limit-rate sets in.
limit-rpm                            | int 0..      |            | location low traefik | How many requests a minute one client address may make.
limit-rps                            | int 0..      |            | location low traefik | How many requests a second one client address may make.
load-balance                         | = round_robin, chash, chashsubset, sticky_balanced, sticky_persistent, ewma | round_robin | location low configmap | How the next pod is picked; ewma prefers those that have been answering fast.
mirror-host                          | pattern-name |            | ingress high   | The Host header of mirrored requests.
mirror-request-body                  | = on, off    | on         | ingress low    | Whether mirrored requests carry the body.
mirror-target                        | pattern-name |            | ingress high   | Where a copy of each request is sent.
modsecurity-snippet                  | snippet      |            | ingress critical configmap traefik | Rules for ModSecurity.
modsecurity-transaction-id           | variable     |            | ingress high traefik | What names a request in ModSecurity's log.
opentelemetry-operation-name         | any          |            | location medium configmap | What traced requests are called.
opentelemetry-trust-incoming-span    | bool         | true       | location low configmap | Whether a trace that the client began is carried on.
permanent-redirect                   | url          |            | location medium traefik | Where every request is redirected to for good.
permanent-redirect-code              | int          | 301        | location low traefik | The status code of permanent-redirect.
preserve-trailing-slash              | bool         | false      | location medium | Whether the redirect to HTTPS keeps a slash at the end of the path.
proxy-body-size                      | size         | 1m         | location medium configmap traefik | The largest request body that is let through; 0 for any.
proxy-buffer-size                    | size         | 4k         | location low configmap traefik | The memory for the first part of an answer, which holds its headers.
proxy-buffering                      | = on, off    | off        | location low configmap traefik | Whether answers are read ahead of the client.
proxy-buffers-number                 | int          | 4          | location low configmap traefik | How many buffers of proxy-buffer-size an answer may use.
proxy-busy-buffers-size              | size         |            | location low configmap | How much of an answer may be on its way to the client while the rest is being read.
proxy-connect-timeout                | int          | 5          | location low configmap traefik | For how many seconds connecting to a pod may take; a number without unit.
proxy-cookie-domain                  | any          | off        | location medium configmap | Rewrites the domain in cookies that pods set.
proxy-cookie-path                    | url          | off        | location medium configmap | Rewrites the path in cookies that pods set.
proxy-http-version                   | = 1.0, 1.1   |            | location low traefik | The version of HTTP that the pods are spoken to in.
proxy-max-temp-file-size             | size         |            | location low traefik | How much of an answer may go to a file when the buffers are full.
proxy-next-upstream                  | failures     | error timeout | location medium configmap traefik | For which failures a request is tried on another pod.
proxy-next-upstream-timeout          | int          | 0          | location low configmap traefik | For how many seconds other pods are tried; 0 for no limit.
proxy-next-upstream-tries            | int          | 3          | location low configmap traefik | How many pods are tried; 0 for no limit.
proxy-read-timeout                   | int          | 60         | location low configmap traefik | For how many seconds a pod may be silent between two reads; a number without unit.
proxy-redirect-from                  | url          | off        | location medium configmap | What in the Location of an answer is replaced.
proxy-redirect-to                    | url          |            | location medium | What it is replaced with.
proxy-request-buffering              | = on, off    | on         | location low configmap traefik | Whether a request is read to its end before a pod gets it.
proxy-send-timeout                   | int          | 60         | location low configmap traefik | For how many seconds a pod may be deaf between two writes; a number without unit.
proxy-ssl-ciphers                    | any          |            | ingress medium | Ciphers for TLS to the pods.
proxy-ssl-name                       | pattern-name |            | ingress high traefik | The name that the pods' certificate must have.
proxy-ssl-protocols                  | tls-versions |            | ingress low    | Versions of TLS to the pods.
proxy-ssl-secret                     | token        |            | ingress medium traefik | The Secret with a client certificate for the pods, and the authority to check theirs, as namespace/name.
proxy-ssl-server-name                | = on, off    | off        | ingress low traefik | Whether the name is sent when TLS to a pod begins (SNI).
proxy-ssl-verify                     | = on, off    | off        | ingress low traefik | Whether the pods' certificate is checked.
proxy-ssl-verify-depth               | int          | 1          | ingress low    | How many certificates may stand between the pods' and the authority's.
relative-redirects                   | bool         | false      | location low configmap | Whether redirects name a path instead of a full address.
rewrite-target                       | path         |            | ingress medium traefik | What the path is rewritten to; $1 and so on stand for groups of a path with use-regex.
satisfy                              | = any, all   | all        | location low   | Whether one of address and password checks is enough (any), or all are needed.
server-alias                         | pattern-names |            | ingress high traefik | Further host names for the same server.
server-snippet                       | snippet      |            | ingress critical configmap traefik | Text for nginx's configuration of the whole host.
service-upstream                     | bool         | false      | ingress low configmap traefik | Sends requests to the Service's address instead of to pods; the balancing is kube-proxy's then.
session-cookie-change-on-failure     | bool         |            | ingress low    | Whether a client is moved to another pod for good when its own fails.
session-cookie-conditional-samesite-none | bool         |            | ingress low    | Leaves SameSite=None out for browsers that choke on it.
session-cookie-domain                | token        |            | ingress medium traefik | The domain of the affinity cookie.
session-cookie-expires               | int          |            | ingress medium traefik | After how many seconds the affinity cookie expires, for old browsers.
session-cookie-max-age               | int          |            | ingress medium traefik | After how many seconds the affinity cookie expires.
session-cookie-name                  | token        | INGRESSCOOKIE | ingress medium traefik | The name of the affinity cookie.
session-cookie-path                  | url          | /          | ingress medium traefik | The path of the affinity cookie; needed with use-regex.
session-cookie-samesite              | ~ None, Lax, Strict |            | ingress low traefik | The SameSite attribute of the affinity cookie.
session-cookie-secure                | bool         |            | ingress low traefik | Whether the affinity cookie is sent over HTTPS only.
ssl-ciphers                          | any          |            | ingress low configmap | Ciphers that clients may use.
ssl-passthrough                      | bool         | false      | ingress low traefik | Hands TLS on to the pods unopened; the controller needs --enable-ssl-passthrough.
ssl-prefer-server-ciphers            | bool         |            | ingress low    | Whether the server's order of ciphers counts.
ssl-redirect                         | bool         | true       | location low configmap traefik | Redirects to HTTPS where the Ingress has TLS.
stream-snippet                       | snippet      |            | ingress critical configmap | Text for nginx's configuration of TCP and UDP.
temporal-redirect                    | url          |            | location medium traefik | Where every request is redirected to for now.
temporal-redirect-code               | int          | 302        | location low traefik | The status code of temporal-redirect.
upstream-hash-by                     | variable     |            | location high traefik | Picks the pod by this text, such as $request_uri, so that equal requests meet the same pod.
upstream-hash-by-subset              | bool         |            | location low   | Whether the hash picks a group of pods, and one of the group serves.
upstream-hash-by-subset-size         | int          |            | location low   | How many pods such a group has.
upstream-vhost                       | pattern-name |            | location low traefik | The Host header that the pods get.
use-port-in-redirects                | bool         |            | location low   | Whether redirects name the port.
use-regex                            | bool         | false      | location low traefik | Whether paths are regular expressions; that holds for all Ingresses of the host.
x-forwarded-prefix                   | path         |            | location medium traefik | The X-Forwarded-Prefix header that the pods get with rewrite-target.
`;
