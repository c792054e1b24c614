// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Keys of haproxy-ingress 0.16, as annotations and in its ConfigMap: docs/content/en/docs/configuration/keys.md.
 *
 * @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/keys.md (2026-08-18)
 */
export const rows = `
acme-emails                    | any          |            | global   | Addresses that the certificate authority may write to.
acme-endpoint                  | any          |            | global   | The certificate authority.
acme-expiring                  | any          | 30         | global   | How many days before its end a certificate is renewed.
acme-preferred-chain           | any          |            | host     | The issuer whose chain is preferred.
acme-shared                    | bool         | false      | global   | Whether another cluster may answer challenges.
acme-terms-agreed              | bool         | false      | global   | Whether the authority's terms are agreed to.
affinity                       | any          |            | backend  | Sends a client to the same pod each time; cookie is the one kind.
agent-check-addr               | any          |            | backend  | Where a pod's agent is asked.
agent-check-interval           | time         |            | backend  | How often it is asked.
agent-check-port               | any          |            | backend  | The port of the agent.
agent-check-send               | any          |            | backend  | What is sent to the agent.
allow-local-bind               | bool         | false      | global   | Whether internal listeners may use the loopback address.
allowlist-source-range         | any          |            | path     | Lets in only clients from these address ranges.
allowlist-source-header        | any          |            | path     | The header that holds the client's address for that.
app-root                       | any          |            | host     | Where a request for / is redirected to.
assign-backend-server-id       | bool         | false      | backend  | Gives servers an identity that stays the same.
auth-external-placement        | = backend, frontend | backend    | path     | Where the authentication service is asked.
auth-headers-fail              | any          | *          | path     | Headers of its answer that a refused client gets.
auth-headers-request           | any          | *          | path     | Headers of the request that it gets.
auth-headers-succeed           | any          | *          | path     | Headers of its answer that the pods get.
auth-log-format                | any          | do not log | global   | What a line of its log looks like.
auth-method                    | any          | GET        | path     | The HTTP method of requests to it.
auth-proxy                     | any          | _front__auth:14415-14499 | global   | The internal listener for it.
auth-realm                     | any          |            | path     | The name of the protected area, shown when a browser asks for a password.
auth-secret                    | any          |            | path     | The Secret with user names and passwords.
auth-signin                    | any          |            | path     | Where a client is sent when authentication fails.
auth-tls-cert-header           | bool         |            | backend  | Whether the pods get the client's certificate.
auth-tls-error-page            | any          |            | host     | Where a client is sent when its certificate is not accepted.
auth-tls-default-secret        | any          |            | global   | The Secret with authorities for hosts that name none.
auth-tls-secret                | any          |            | host     | The Secret with the authorities that client certificates are checked against.
auth-tls-strict                | bool         |            | host     | Whether a host with a broken Secret refuses everyone.
auth-tls-verify-client         | any          |            | host     | Whether a client must show a certificate.
auth-url                       | any          |            | path     | The service that is asked whether a request may pass.
backend-check-interval         | time         | 2s         | backend  | The old name of health-check-interval.
backend-protocol               | any          | h1         | backend  | What the pods speak.
backend-server-naming          | = sequence, ip, pod | sequence   | backend  | How servers are named.
backend-server-slots-increment | int          | 1          | backend  | By how many places for pods a backend grows.
balance-algorithm              | any          | random(2)  | backend  | How the next pod is picked.
bind-http                      | any          |            | frontend | The address and port for HTTP.
bind-http-passthrough          | any          |            | frontend | The address and port for HTTP that another proxy passes on.
bind-https                     | any          |            | frontend | The address and port for HTTPS.
bind-ip-addr-healthz           | any          |            | global   | The address of the health page.
bind-ip-addr-http              | any          |            | frontend | The address for HTTP and HTTPS.
bind-ip-addr-prometheus        | any          |            | global   | The address of the metrics.
bind-ip-addr-stats             | any          |            | global   | The address of the statistics page.
bind-ip-addr-tcp               | any          |            | global   | The address for TCP services.
blue-green-balance             | any          |            | backend  | Weights of groups of pods, by label.
blue-green-cookie              | any          |            | backend  | The cookie that picks a group.
blue-green-deploy              | any          |            | backend  | The old name of blue-green-balance.
blue-green-header              | any          |            | backend  | The header that picks a group.
blue-green-mode                | = pod, deploy |            | backend  | Whether weights are shared by the pods of a group, or each has it.
cert-signer                    | any          |            | host     | Who makes the certificate.
close-sessions-duration        | any          | leave sessions open | global   | How early connections are closed before a process ends.
config-backend                 | any          |            | backend  | Text for HAProxy's backend.
config-defaults                | any          |            | global   | Text for HAProxy's defaults.
config-frontend                | any          |            | global   | Text for HAProxy's frontends.
config-frontend-early          | any          |            | global   | Text for the beginning of HAProxy's frontends.
config-frontend-late           | any          |            | global   | Text for the end of HAProxy's frontends.
config-global                  | any          |            | global   | Text for HAProxy's global part.
config-peers                   | any          |            | global   | Text for HAProxy's peers.
config-proxy                   | any          |            | global   | Text for any part of HAProxy's configuration, by name.
config-sections                | any          |            | global   | Whole parts of HAProxy's configuration.
config-tcp                     | any          |            | global   | Text for TCP services from the ConfigMap.
config-tcp-service             | any          |            | tcp      | Text for a TCP service.
cookie-key                     | any          | Ingress    | global   | The secret that affinity cookies are made from.
cors-allow-credentials         | bool         |            | path     | Whether browsers may send cookies with cross-origin requests.
cors-allow-headers             | any          |            | path     | Headers that cross-origin requests may carry.
cors-allow-methods             | any          |            | path     | Methods that cross-origin requests may use.
cors-allow-origin              | any          |            | path     | Origins whose pages may call these paths.
cors-allow-origin-regex        | any          |            | path     | The same, as regular expressions.
cors-enable                    | bool         |            | path     | Whether cross-origin requests are answered at all.
cors-expose-headers            | any          |            | path     | Headers of the answer that a page may read.
cors-max-age                   | any          |            | path     | For how many seconds a browser remembers the answer to a preflight request.
cpu-map                        | any          |            | global   | Which processors threads run on.
create-default-frontends       | bool         | False      | global   | Whether the usual frontends are made beside one's own.
cross-namespace-secrets-ca     | = allow, deny | deny       | global   | Whether authorities may be in other namespaces.
cross-namespace-secrets-crt    | = allow, deny | deny       | global   | Whether certificates may be in other namespaces.
cross-namespace-secrets-passwd | = allow, deny | deny       | global   | Whether passwords may be in other namespaces.
cross-namespace-services       | = allow, deny | deny       | global   | Whether Services may be in other namespaces.
default-backend-redirect       | any          |            | global   | Where requests that nothing matches are redirected to.
default-backend-redirect-code  | any          | 302        | global   | The status code of that.
denylist-source-range          | any          |            | path     | Keeps out clients from these address ranges.
dns-accepted-payload-size      | any          | 8192       | global   | The largest DNS answer.
dns-cluster-domain             | any          | cluster.local | global   | The domain of the cluster.
dns-hold-obsolete              | time         | 0s         | global   | How long an address that is gone is kept.
dns-hold-valid                 | time         | 1s         | global   | How long an address is kept.
dns-resolvers                  | any          |            | global   | DNS servers to ask.
dns-timeout-retry              | time         | 1s         | global   | How long to wait for an answer.
drain-support                  | bool         | false      | global   | Whether pods that are about to go keep their clients.
drain-support-redispatch       | bool         | true       | global   | Whether such a client is moved when its pod fails.
dynamic-scaling                | any          | Slots      | backend  | How pods are added without a reload.
external-has-lua               | bool         | false      | global   | Whether an external HAProxy has Lua.
fcgi-app                       | any          |            | backend  | The FastCGI application that serves.
fcgi-enabled-apps              | any          | *          | global   | FastCGI applications that may be used.
forwardfor                     | any          | add        | global   | Whether X-Forwarded-For is added.
groupname                      | any          | haproxy    | global   | The group that HAProxy runs as.
headers                        | any          |            | backend  | The old name of request-set-headers.
health-check-addr              | any          |            | backend  | The address of checks.
health-check-fall-count        | int          |            | backend  | After how many bad checks a pod is left out.
health-check-interval          | time         |            | backend  | How often pods are checked.
health-check-port              | any          |            | backend  | The port of checks.
health-check-rise-count        | int          |            | backend  | After how many good checks it is back.
health-check-uri               | any          |            | backend  | The path of checks.
healthz-port                   | int          | 10253      | global   | The port of the health page.
hsts                           | bool         | true       | path     | Whether browsers are told to use HTTPS from now on.
hsts-include-subdomains        | bool         | false      | path     | Whether that goes for all subdomains.
hsts-max-age                   | any          | 15768000   | path     | For how many seconds a browser remembers it.
hsts-preload                   | bool         | false      | path     | Whether the site may be put on browsers' built-in lists.
http-frontend                  | any          |            | frontend | The frontend that this Ingress belongs to.
http-frontends                 | any          |            | global   | Frontends of one's own.
http-header-match              | any          |            | path     | Headers that a request must have.
http-header-match-regex        | any          |            | path     | The same, as regular expressions.
http-log-format                | any          | HAProxy default log format | global   | What a line of the access log looks like.
http-passthrough               | bool         | false      | frontend | Whether a frontend takes HTTP from another proxy.
http-passthrough-port          | int          |            | global   | The port for HTTP that another proxy passes on.
http-port                      | int          | 80         | global   | The port for HTTP.
http-response-*                | any          |            | vary     | What is answered for a status code.
http-response-prometheus-root  | any          |            | global   | What the root of the metrics port answers.
https-log-format               | any          | do not log | global   | What a line of the log of TLS looks like.
https-port                     | int          | 443        | global   | The port for HTTPS.
initial-weight                 | int          | 1          | backend  | The weight of pods.
limit-connections              | any          |            | backend  | How many connections one client address may have at a time.
limit-rps                      | any          |            | backend  | How many requests a second one client address may make.
limit-whitelist                | any          |            | backend  | Address ranges that limits don't apply to.
load-server-state              | bool         | false      | global   | Whether the state of servers outlives a reload.
master-exit-on-failure         | bool         | true       | global   | Whether everything ends when one worker fails.
max-connections                | any          | 2000       | global   | How many connections HAProxy may have.
maxconn-server                 | any          |            | backend  | How many requests a pod may have at a time.
maxqueue-server                | any          |            | backend  | How many requests may wait for a pod.
modsecurity-args               | any          |            | global   | What ModSecurity gets to see.
modsecurity-endpoints          | any          | no waf config | global   | Where ModSecurity is.
modsecurity-timeout-hello      | time         | 100ms      | global   | How long its greeting may take.
modsecurity-timeout-idle       | time         | 30s        | global   | How long it may be silent.
modsecurity-timeout-processing | time         | 1s         | global   | How long it may think.
modsecurity-use-coraza         | bool         | false      | global   | Whether Coraza takes its place.
nbthread                       | int          |            | global   | How many threads HAProxy runs.
no-redirect-locations          | any          | /.well-known/acme-challenge | global   | Paths that are never redirected.
no-tls-redirect-locations      | any          | /.well-known/acme-challenge | global   | Paths that are never redirected to HTTPS.
oauth                          | any          |            | path     | The kind of sign-in; oauth2_proxy is the one.
oauth-headers                  | any          |            | path     | Headers of its answer that the pods get.
oauth-uri-prefix               | any          |            | path     | The path of the sign-in service.
original-forwarded-for-hdr     | any          | X-Original-Forwarded-For | global   | The header that keeps the old X-Forwarded-For.
path-type                      | any          | begin      | path     | How paths of type ImplementationSpecific are matched.
path-type-order                | any          | exact,prefix,begin,regex | global   | In which order kinds of paths are tried.
peers-name                     | any          | ingress    | global   | What the peers are called.
peers-port                     | int          |            | global   | The port of the peers.
peers-table                    | any          |            | backend  | What peers share, for a backend.
peers-table-global             | any          |            | global   | What peers share.
prometheus-port                | int          |            | global   | The port of the metrics.
proxy-body-size                | any          | unlimited  | path     | The largest request body that is let through.
proxy-protocol                 | any          |            | backend  | The version of the PROXY protocol that the pods get.
real-ip-hdr                    | any          | X-Real-IP  | global   | The header that pods find the client's address in.
redirect-from                  | any          |            | host     | A domain that is redirected to this one.
redirect-from-code             | any          | 302        | frontend | The status code of redirect-from.
redirect-from-regex            | any          |            | host     | Domains that are redirected to this one.
redirect-to                    | any          |            | path     | Where every request is redirected to.
redirect-to-code               | any          | 302        | frontend | The status code of redirect-to.
request-add-headers            | any          |            | backend  | Headers to add for the pods.
request-del-headers            | any          |            | backend  | Headers that are kept from the pods.
request-set-headers            | any          |            | backend  | Headers that the pods get.
response-add-headers           | any          |            | backend  | Headers to add for clients.
response-del-headers           | any          |            | backend  | Headers that are kept from clients.
response-set-headers           | any          |            | backend  | Headers that clients get.
rewrite-target                 | any          |            | path     | What the path is rewritten to.
secure-backends                | bool         |            | backend  | Whether the pods speak TLS.
secure-crt-secret              | any          |            | backend  | The Secret with a client certificate for the pods.
secure-sni                     | any          |            | backend  | The name that is sent when TLS to a pod begins.
secure-verify-ca-secret        | any          |            | backend  | The Secret with the authority that the pods' certificates are checked against.
secure-verify-hostname         | any          |            | backend  | The name that the pods' certificate must have.
server-alias                   | any          |            | host     | A further host name for the same host.
server-alias-regex             | any          |            | host     | The same, as a regular expression.
service-upstream               | bool         | false      | backend  | Sends requests to the Service's address instead of to pods.
session-cookie-domain          | any          |            | backend  | The domain of the affinity cookie.
session-cookie-dynamic         | bool         |            | backend  | Whether the cookie's value is made by HAProxy.
session-cookie-keywords        | any          | indirect nocache httponly | backend  | Options of the affinity cookie.
session-cookie-name            | any          |            | backend  | The name of the affinity cookie.
session-cookie-preserve        | bool         | false      | backend  | Whether a cookie of the pod's own is kept.
session-cookie-shared          | bool         | false      | backend  | Whether the cookie goes for all hosts.
session-cookie-strategy        | = insert, prefix, rewrite |            | backend  | How the cookie is written.
session-cookie-value-strategy  | = server-name, pod-uid | server-name | backend  | What the cookie's value is.
slots-min-free                 | any          | 0          | backend  | How many places for new pods are kept free.
source-address-intf            | any          |            | backend  | The interfaces that connections to pods begin at.
ssl-always-add-https           | bool         | false      | host     | Whether HTTPS is listened on without a certificate too.
ssl-always-follow-redirect     | bool         | true       | host     | Whether ssl-redirect counts without a certificate too.
ssl-cipher-suites              | any          |            | host     | Ciphers of TLS 1.3.
ssl-cipher-suites-backend      | any          |            | backend  | Ciphers of TLS 1.3 to the pods.
ssl-ciphers                    | any          |            | host     | Ciphers that clients may use.
ssl-ciphers-backend            | any          |            | backend  | Ciphers to the pods.
ssl-dh-default-max-size        | any          | 1024       | global   | The largest Diffie-Hellman parameters.
ssl-dh-param                   | any          | no custom DH param | global   | The Secret with Diffie-Hellman parameters.
ssl-engine                     | any          | no engine set | global   | The OpenSSL engine.
ssl-fingerprint-lower          | bool         | false      | backend  | Whether fingerprints are in lower case.
ssl-fingerprint-sha2-bits      | any          |            | backend  | The size of fingerprints.
ssl-headers-prefix             | any          | X-SSL      | global   | How headers about TLS begin.
ssl-mode-async                 | bool         | false      | global   | Whether the engine works in the background.
ssl-options                    | any          |            | global   | Options of TLS.
ssl-options-backend            | any          |            | backend  | Options of TLS to the pods.
ssl-options-host               | any          |            | host     | Options of TLS for this host.
ssl-passthrough                | bool         |            | host     | Hands TLS on to the pods unopened.
ssl-passthrough-http-port      | any          |            | host     | The port for HTTP of such a host.
ssl-redirect                   | bool         | true       | path     | Redirects to HTTPS.
ssl-redirect-code              | any          | 302        | global   | The status code of ssl-redirect.
stats-auth                     | any          | no auth    | global   | User and password of the statistics page.
stats-port                     | int          | 1936       | global   | The port of the statistics page.
stats-proxy-protocol           | bool         | false      | global   | Whether that port begins with the PROXY protocol.
stats-ssl-cert                 | any          | no ssl/plain http | global   | The certificate of the statistics page.
strict-host                    | bool         | false      | global   | Whether a request that no path of its host matches goes to the default backend.
syslog-endpoint                | any          | do not log | global   | Where logs go.
syslog-format                  | = rfc5424, rfc3164 | rfc5424    | global   | The format of logs.
syslog-length                  | any          | 1024       | global   | The longest line of logs.
syslog-tag                     | any          | ingress    | global   | What the controller is called in logs.
tcp-log-format                 | any          |            | global   | What a line of the log of TCP looks like.
tcp-service-log-format         | any          | HAProxy default log format | tcp      | What a line of the log of a TCP service looks like.
tcp-service-port               | any          |            | tcp      | The port of a TCP service.
tcp-service-proxy-protocol     | bool         | false      | tcp      | Whether a TCP service begins with the PROXY protocol.
timeout-client                 | time         | 50s        | global   | How long a client may be silent.
timeout-client-fin             | time         | 50s        | global   | How long a client may be silent while it closes.
timeout-connect                | time         | 5s         | backend  | How long connecting to a pod may take.
timeout-http-request           | time         | 5s         | backend  | How long a client may take to send its headers.
timeout-keep-alive             | time         | 1m         | backend  | How long the next request may take to come.
timeout-queue                  | time         | 5s         | backend  | How long a request may wait for a pod.
timeout-server                 | time         | 50s        | backend  | How long a pod may be silent.
timeout-server-fin             | time         | 50s        | backend  | How long a pod may be silent while it closes.
timeout-stop                   | time         | 10m        | global   | How long a process that is replaced may go on.
timeout-tunnel                 | time         | 1h         | backend  | How long a WebSocket may be silent.
tls-alpn                       | any          | h2,http/1.1 | host     | The protocols that are offered to clients.
use-chroot                     | bool         | false      | global   | Whether HAProxy locks itself up in a folder.
use-cpu-map                    | bool         | true       | global   | Whether threads are bound to processors.
use-forwarded-proto            | bool         | true       | frontend | Whether X-Forwarded-Proto of another proxy is believed.
use-haproxy-user               | bool         | false      | global   | Whether HAProxy runs as a user of its own.
use-proxy-protocol             | bool         | false      | frontend | Whether connections begin with the PROXY protocol of a load balancer.
use-resolver                   | any          |            | backend  | The DNS servers to find pods by.
username                       | any          | haproxy    | global   | The user that HAProxy runs as.
var-namespace                  | bool         | false      | host     | Whether the namespace is kept in a variable.
waf                            | any          |            | path     | The firewall; modsecurity is the one.
waf-mode                       | = deny, detect | deny       | path     | Whether the firewall refuses, or only tells.
whitelist-source-range         | any          |            | path     | The old name of allowlist-source-range.
worker-max-reloads             | int          | 0          | global   | After how many reloads an old worker is ended.
`;
