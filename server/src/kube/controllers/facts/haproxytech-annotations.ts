// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Annotations (haproxy.org/...) and ConfigMap keys of haproxytech/kubernetes-ingress 3.2: documentation/doc.yaml.
 *
 * @source haproxytech/kubernetes-ingress:documentation/doc.yaml (2026-07)
 */
export const rows = `
auth-type                     | any          |            | on:ConfigMap on:Ingress | The kind of password authentication; basic-auth is the one there is.
auth-secret                   | any          |            | on:ConfigMap on:Ingress | The Secret with user names and passwords.
auth-realm                    | any          | Protected Content | on:ConfigMap on:Ingress | The name of the protected area, shown when a browser asks for a password.
blacklist                     | any          |            | on:ConfigMap on:Ingress | The old name of deny-list.
deny-list                     | any          |            | on:ConfigMap on:Ingress since:1.11 | Keeps out clients from these addresses.
check                         | bool-or-switch | true       | on:ConfigMap on:Ingress on:Service | Whether pods are checked by the proxy too.
check-http                    | any          |            | on:ConfigMap on:Ingress on:Service | The request of such a check.
check-interval                | time         |            | on:ConfigMap on:Ingress on:Service | How often pods are checked.
clean-certs                   | bool-or-switch | true       | on:ConfigMap since:1.6 | Whether certificates that are no longer in use are deleted.
client-ca                     | any          |            | on:ConfigMap since:1.6 | The Secret with the authorities that client certificates are checked against.
client-crt-optional           | bool-or-switch | false      | on:ConfigMap since:1.6 | Whether a client may come without a certificate.
client-strict-sni             | bool-or-switch | false      | on:ConfigMap since:1.8 | Whether a client must name a host that has a certificate.
generate-certificates-signer  | any          |            | on:ConfigMap since:3.2 | The Secret with an authority that makes certificates on the fly.
cors-enable                   | bool-or-switch | false      | on:ConfigMap on:Ingress | Whether cross-origin requests are answered at all.
cors-allow-origin             | any          | *          | on:ConfigMap on:Ingress | Origins whose pages may call these paths.
cors-allow-methods            | any          | *          | on:ConfigMap on:Ingress | Methods that cross-origin requests may use.
cors-allow-credentials        | bool-or-switch | false      | on:ConfigMap on:Ingress | Whether browsers may send cookies with cross-origin requests.
cors-allow-headers            | any          | *          | on:ConfigMap on:Ingress | Headers that cross-origin requests may carry.
cors-max-age                  | time         | 5s         | on:ConfigMap on:Ingress | How long a browser remembers the answer to a preflight request.
global-config-snippet         | any          |            | on:ConfigMap   | Text for the global part of HAProxy's configuration.
frontend-config-snippet       | any          |            | on:ConfigMap since:1.6 | Text for the frontends of HAProxy's configuration.
stats-config-snippet          | any          |            | on:ConfigMap since:1.6 | Text for the statistics page's configuration.
backend-config-snippet        | any          |            | on:ConfigMap on:Ingress on:Service | Text for the backends of HAProxy's configuration.
cookie-persistence            | any          |            | on:ConfigMap on:Service | The cookie that sends a client to the same pod each time.
cookie-persistence-no-dynamic | any          |            | on:ConfigMap on:Service since:3.1 | The same, by the names of servers.
dontlognull                   | bool-or-switch | true       | on:ConfigMap   | Whether connections without a request are left out of the log.
src-ip-header                 | any          |            | on:ConfigMap on:Ingress | The header that holds the client's address.
forwarded-for                 | bool-or-switch | true       | on:ConfigMap on:Ingress on:Service | Whether pods get X-Forwarded-For.
hard-stop-after               | time         | 30m        | on:ConfigMap   | How long a process that is replaced may go on with its connections.
http-connection-mode          | any          | http-keep-alive | on:ConfigMap since:1.8 | What becomes of connections after a request.
http-keep-alive               | bool-or-switch | true       | on:ConfigMap   | The old way to keep connections; http-connection-mode has taken its place.
http-server-close             | bool-or-switch | false      | on:ConfigMap   | The old way to close connections to pods; http-connection-mode has taken its place.
ingress.class                 | any          |            | on:Ingress     | The old annotation for the class.
load-balance                  | any          | roundrobin | on:ConfigMap on:Ingress on:Service | How the next pod is picked.
log-format                    | any          |            | on:ConfigMap   | What a line of the log looks like.
log-format-tcp                | any          |            | on:ConfigMap since:1.7 | What a line of the log of TCP looks like.
logasap                       | bool-or-switch | false      | on:ConfigMap   | Whether a request is logged before its answer is complete.
maxconn                       | int          |            | on:ConfigMap   | How many connections the proxy may have.
nbthread                      | int          |            | on:ConfigMap   | How many threads the proxy runs.
path-rewrite                  | any          |            | on:ConfigMap on:Ingress | What the path is rewritten to.
pod-maxconn                   | int          |            | on:Service on:Ingress on:ConfigMap | How many requests a pod may have at a time; more wait.
proxy-protocol                | any          |            | on:ConfigMap   | Addresses whose connections begin with the PROXY protocol.
quic-alt-svc-max-age          | int          |            | on:ConfigMap since:1.11 | For how many seconds HTTP/3 is announced.
rate-limit-period             | time         | 1s         | on:ConfigMap on:Ingress | The time that requests are counted over.
rate-limit-status-code        | any          | 403        | on:ConfigMap on:Ingress | The status code for a client above its rate.
rate-limit-requests           | int          |            | on:ConfigMap on:Ingress | How many requests one client address may make in that time.
rate-limit-size               | any          | 100k       | on:ConfigMap on:Ingress | How many clients are remembered.
rate-limit-whitelist          | any          |            | on:ConfigMap on:Ingress since:3.2 | Addresses that are not counted.
request-capture               | any          |            | on:ConfigMap on:Ingress | What of a request goes into the log.
request-capture-len           | int          | 128        | on:ConfigMap on:Ingress | How many characters of it.
request-set-header            | any          |            | on:ConfigMap on:Ingress | Headers that the pods get.
request-redirect              | any          |            | on:ConfigMap on:Ingress | The host that requests are redirected to.
request-redirect-code         | int          | 302        | on:ConfigMap on:Ingress | The status code of request-redirect.
response-set-header           | any          |            | on:ConfigMap on:Ingress | Headers that clients get.
route-acl                     | any          |            | on:Service since:1.6 | A condition for requests that go to this Service.
send-proxy-protocol           | = proxy, proxy-v1, proxy-v2, proxy-v2-ssl, proxy-v2-ssl-cn |            | on:Service on:Ingress on:ConfigMap | The version of the PROXY protocol that the pods get.
server-ca                     | any          |            | on:Service on:ConfigMap on:Ingress | The Secret with the authority that the pods' certificates are checked against.
server-crt                    | any          |            | on:Service on:ConfigMap on:Ingress | The Secret with a client certificate for the pods.
server-proto                  | = h2         |            | on:Service on:ConfigMap on:Ingress | Speaks HTTP/2 to the pods.
server-ssl                    | bool-or-switch | false      | on:ConfigMap on:Ingress on:Service | Whether the pods speak TLS.
set-host                      | any          |            | on:ConfigMap on:Ingress | The Host header that the pods get.
scale-server-slots            | int          | 42         | on:ConfigMap on:Ingress on:Service | How many places for pods are kept ready, so that scaling needs no reload.
ssl-certificate               | any          |            | on:ConfigMap   | The Secret with the default certificate.
ssl-passthrough               | bool-or-switch | false      | on:ConfigMap on:Ingress on:Service | Hands TLS on to the pods unopened.
ssl-redirect                  | bool-or-switch | false      | on:ConfigMap on:Ingress | Redirects to HTTPS.
ssl-redirect-code             | = 301, 302, 303 | 302        | on:ConfigMap on:Ingress | The status code of ssl-redirect.
ssl-redirect-port             | int          | 8443       | on:ConfigMap on:Ingress | The port of ssl-redirect.
syslog-server                 | any          | address:127.0.0.1, facility: local0, level: notice | on:ConfigMap   | Where logs go.
standalone-backend            | bool-or-switch |            | on:Service on:Ingress since:1.10 | Gives this Ingress a backend of its own.
timeout-check                 | time         |            | on:ConfigMap on:Ingress on:Service | How long a check may take.
timeout-client                | time         | 50s        | on:ConfigMap   | How long a client may be silent.
timeout-client-fin            | time         |            | on:ConfigMap   | How long a client may be silent while it closes.
timeout-connect               | time         | 5s         | on:ConfigMap   | How long connecting to a pod may take.
timeout-http-request          | time         | 5s         | on:ConfigMap   | How long a client may take to send its headers.
timeout-http-keep-alive       | time         | 1m         | on:ConfigMap   | How long the next request may take to come.
timeout-queue                 | time         | 5s         | on:ConfigMap   | How long a request may wait for a pod.
timeout-server                | time         | 50s        | on:ConfigMap on:Ingress on:Service since:1.11 | How long a pod may be silent.
timeout-server-fin            | time         |            | on:ConfigMap   | How long a pod may be silent while it closes.
timeout-tunnel                | time         | 1h         | on:ConfigMap   | How long a WebSocket may be silent.
whitelist                     | any          |            | on:ConfigMap on:Ingress | The old name of allow-list.
allow-list                    | any          |            | on:ConfigMap on:Ingress since:1.11 | Lets in only clients from these addresses.
tls-alpn                      | any          | h2,http/1.1 | on:ConfigMap since:1.7 | The protocols that are offered to clients.
servers-increment             | int          |            | on:ConfigMap on:Ingress on:Service | An older name of scale-server-slots.
server-slots                  | int          |            | on:ConfigMap on:Ingress on:Service | An older name of scale-server-slots.
`;
