// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Keys of the ConfigMap of ingress-nginx 1.15.1: internal/ingress/controller/config/config.go,
 * docs/user-guide/nginx-configuration/configmap.md.
 *
 * @source kubernetes/ingress-nginx:internal/ingress/controller/config/config.go (1.15.1 at dbb11b9)
 * @source kubernetes/ingress-nginx:docs/user-guide/nginx-configuration/configmap.md (1.15.1 at dbb11b9)
 */
export const settingRows = `
add-headers                          | any          |            |            | The ConfigMap with headers to add to every response, as namespace/name.
allow-backend-server-header          | bool         | false      |            | Whether the Server header of the pods is passed on.
allow-cross-namespace-resources      | bool         | false      |            | Whether an Ingress may refer to Secrets and ConfigMaps of other namespaces.
allow-snippet-annotations            | bool         | false      |            | Whether *-snippet annotations are read; since 1.12 annotations-risk-level must be Critical too.
annotations-risk-level               | ~ Low, Medium, High, Critical | High       |            | The most dangerous annotations that are accepted: Low, Medium, High or Critical.
annotation-value-word-blocklist      | any          |            |            | Words that no annotation may contain.
hide-headers                         | any          |            |            | Headers of the pods' responses that are left out.
access-log-params                    | any          |            |            | Parameters for the access log, such as buffer=16k.
access-log-path                      | any          | /var/log/nginx/access.log |            | Where the access log goes.
http-access-log-path                 | any          |            |            | Where the access log of HTTP goes.
stream-access-log-path               | any          |            |            | Where the access log of TCP and UDP goes.
enable-access-log-for-default-backend | bool         | false      |            | Whether requests that no Ingress matches are logged.
error-log-path                       | any          | /var/log/nginx/error.log |            | Where the error log goes.
enable-modsecurity                   | bool         | false      |            | Whether the ModSecurity firewall looks at all requests.
modsecurity-snippet                  | any          |            |            | Rules for ModSecurity.
enable-owasp-modsecurity-crs         | bool         | false      |            | Whether ModSecurity uses the OWASP core rule set.
client-header-buffer-size            | size         | 1k         |            | The memory for a request's headers.
client-header-timeout                | int          | 60         |            | For how many seconds a client may take to send its headers.
client-body-buffer-size              | size         | 8k         |            | How much of a request's body is kept in memory before it goes to a file.
client-body-timeout                  | int          | 60         |            | For how many seconds a client may pause while it sends a body.
disable-access-log                   | bool         | false      |            | Switches the access log off.
disable-ipv6                         | bool         | false      |            | Stops listening on IPv6.
disable-ipv6-dns                     | bool         | false      |            | Stops looking up IPv6 addresses.
enable-underscores-in-headers        | bool         | false      |            | Whether header names with underscores are let through.
enable-ocsp                          | bool         | false      |            | Whether the state of client certificates is asked for (OCSP).
ignore-invalid-headers               | bool         | true       |            | Whether headers with invalid names are left out.
retry-non-idempotent                 | bool         | false      |            | Whether POST, LOCK and PATCH are tried on another pod too; that may do things twice.
error-log-level                      | any          | notice     |            | From which level on the error log is written.
http2-max-field-size                 | any          |            | deprecated | Largest single header of HTTP/2; large-client-header-buffers has taken its place.
http2-max-header-size                | any          |            | deprecated | Largest header list of HTTP/2; large-client-header-buffers has taken its place.
http2-max-requests                   | int          | 0          | deprecated | Requests for each HTTP/2 connection; keep-alive-requests has taken its place.
http2-max-concurrent-streams         | int          | 128        |            | How many requests one HTTP/2 connection may have at a time.
hsts                                 | bool         | true       |            | Whether browsers are told to use HTTPS from now on.
hsts-include-subdomains              | bool         | true       |            | Whether that goes for all subdomains.
hsts-max-age                         | any          | 31536000   |            | For how many seconds a browser remembers it.
hsts-preload                         | bool         | false      |            | Whether the site may be put on browsers' built-in lists.
keep-alive                           | int          | 75         |            | For how many idle seconds a client's connection is kept; 0 closes it after each request.
keep-alive-requests                  | int          | 1000       |            | After how many requests a client's connection is closed.
large-client-header-buffers          | any          | 4 8k       |            | How many and how large the buffers for long headers are.
log-format-escape-none               | bool         | false      |            | Writes variables into the log as they are.
log-format-escape-json               | bool         | false      |            | Writes variables into the log as JSON strings.
log-format-upstream                  | any          |            |            | What a line of the access log looks like.
log-format-stream                    | any          |            |            | What a line of the log of TCP and UDP looks like.
enable-multi-accept                  | bool         | true       |            | Whether a worker takes all waiting connections at once.
max-worker-connections               | int          | 16384      |            | How many connections a worker may have.
max-worker-open-files                | int          | 0          |            | How many files a worker may have open; 0 for as many as the connections need.
map-hash-bucket-size                 | int          | 64         |            | Size of nginx's map tables.
nginx-status-ipv4-whitelist          | any          | 127.0.0.1  |            | IPv4 addresses that may read nginx's status.
nginx-status-ipv6-whitelist          | any          | ::1        |            | IPv6 addresses that may read nginx's status.
proxy-real-ip-cidr                   | any          | 0.0.0.0/0  |            | Which proxies are believed when they tell the client's address.
proxy-set-headers                    | any          |            |            | The ConfigMap with headers to send to all pods, as namespace/name.
server-name-hash-max-size            | int          | 1024       |            | Size of the table of host names.
server-name-hash-bucket-size         | int          |            |            | Size of its buckets; long host names need more.
proxy-headers-hash-bucket-size       | int          | 64         |            | Size of the table of headers to pods.
reuse-port                           | bool         | true       |            | Whether each worker has a listening socket of its own.
server-tokens                        | bool         | false      |            | Whether nginx's version is shown.
ssl-ciphers                          | any          |            |            | Ciphers that clients may use.
ssl-ecdh-curve                       | any          | auto       |            | Curves for the key exchange.
ssl-dh-param                         | any          |            |            | The Secret with Diffie-Hellman parameters, as namespace/name.
ssl-protocols                        | any          | TLSv1.2 TLSv1.3 |            | Versions of TLS that clients may use.
ssl-session-cache                    | bool         | true       |            | Whether TLS sessions are remembered among workers.
ssl-session-cache-size               | size         | 10m        |            | Size of that memory.
ssl-session-tickets                  | bool         | false      |            | Whether TLS sessions are resumed by tickets.
ssl-session-ticket-key               | any          |            |            | The key of those tickets.
ssl-buffer-size                      | size         | 4k         |            | How much is put into one TLS record; small ones show the first byte sooner.
use-proxy-protocol                   | bool         | false      |            | Whether connections begin with the PROXY protocol of a load balancer.
proxy-protocol-header-timeout        | any          | 5s         |            | How long that beginning may take.
enable-aio-write                     | bool         | true       |            | Whether files are written in the background.
use-gzip                             | bool         | false      |            | Whether text is compressed with gzip; off by default since 0.40.
use-geoip                            | bool         | true       | removed    | The old GeoIP database, which is gone.
use-geoip2                           | bool         | false      |            | Whether addresses are looked up in GeoIP2 databases.
geoip2-autoreload-in-minutes         | int          | 0          |            | How often those databases are read again.
enable-brotli                        | bool         | false      |            | Whether text is compressed with brotli.
brotli-level                         | int 0..11    | 4          |            | How hard brotli tries, from 1 to 11.
brotli-min-length                    | int 0..      | 20         |            | The smallest response that brotli compresses, in bytes.
brotli-types                         | any          |            |            | The types that brotli compresses.
use-http2                            | bool         | true       |            | Whether clients may use HTTP/2.
gzip-disable                         | any          |            |            | Browsers that get no gzip, by a pattern.
gzip-level                           | int 1..9     | 1          |            | How hard gzip tries, from 1 to 9.
gzip-min-length                      | int 0..      | 256        |            | The smallest response that gzip compresses, in bytes.
gzip-types                           | any          |            |            | The types that gzip compresses, besides text/html.
worker-processes                     | any          |            |            | How many nginx workers run; auto for one on each processor.
worker-cpu-affinity                  | any          |            |            | Which processors the workers run on.
worker-shutdown-timeout              | any          | 240s       |            | How long a worker that is replaced may go on with its connections.
enable-serial-reloads                | bool         | false      |            | Whether a reload waits until the workers of the one before are gone.
load-balance                         | any          | round_robin |            | How the next pod is picked: round_robin, or ewma, which prefers those that have been answering fast.
variables-hash-bucket-size           | int          | 256        |            | Size of the table of variables' buckets.
variables-hash-max-size              | int          | 2048       |            | Size of the table of variables.
upstream-keepalive-connections       | int          | 320        |            | How many idle connections to pods a worker keeps open; 0 for none.
upstream-keepalive-time              | any          | 1h         |            | For how long a connection to a pod is used at most.
upstream-keepalive-timeout           | int          | 60         |            | After how many idle seconds a connection to a pod is closed.
upstream-keepalive-requests          | int          | 10000      |            | After how many requests a connection to a pod is closed.
limit-conn-zone-variable             | any          | $binary_remote_addr |            | What connection limits are counted by.
proxy-stream-timeout                 | any          | 600s       |            | For how long a TCP or UDP connection may be silent.
proxy-stream-next-upstream           | bool         | true       |            | Whether TCP connections are tried on another pod.
proxy-stream-next-upstream-timeout   | any          | 600s       |            | For how long they are tried.
proxy-stream-next-upstream-tries     | int          | 3          |            | How many times they are tried.
proxy-stream-responses               | int          | 1          |            | How many datagrams answer one of UDP.
bind-address                         | any          |            |            | The addresses to listen on.
use-forwarded-headers                | bool         | false      |            | Whether X-Forwarded-* headers of clients are believed.
enable-real-ip                       | bool         | false      |            | Whether the client's address is taken from a header.
forwarded-for-header                 | any          | X-Forwarded-For |            | The header that holds it.
forwarded-for-proxy-protocol-header  | any          | X-Forwarded-For-Proxy-Protocol |            | The header that holds the address from the PROXY protocol.
compute-full-forwarded-for           | bool         | false      |            | Whether addresses are added to X-Forwarded-For instead of replacing it.
proxy-add-original-uri-header        | bool         | false      |            | Whether pods get the original path as X-Original-Uri.
generate-request-id                  | bool         | true       |            | Whether requests without X-Request-ID get one.
jaeger-collector-host                | any          |            | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-collector-port                | int          | 6831       | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-endpoint                      | any          |            | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-service-name                  | any          | nginx      | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-propagation-format            | any          | jaeger     | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-sampler-type                  | any          | const      | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-sampler-param                 | any          | 1          | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-sampler-host                  | any          | http://127.0.0.1 | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-sampler-port                  | int          | 5778       | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-trace-context-header-name     | any          | uber-trace-id | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-debug-header                  | any          | uber-debug-id | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-baggage-header                | any          | jaeger-baggage | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
jaeger-trace-baggage-header-prefix   | any          | uberctx-   | removed    | Of Jaeger's tracing, which is gone; OpenTelemetry has taken its place.
enable-opentelemetry                 | bool         | false      |            | Whether requests are traced.
opentelemetry-trust-incoming-span    | bool         | true       |            | Whether a trace that the client began is carried on.
opentelemetry-operation-name         | any          |            |            | What traced requests are called.
opentelemetry-config                 | any          | /etc/ingress-controller/telemetry/opentelemetry.toml |            | The file with OpenTelemetry's settings.
otlp-collector-host                  | any          |            |            | Where traces are sent.
otlp-collector-port                  | int          | 4317       |            | The port there.
otel-max-queuesize                   | int          | 2048       |            | How many spans may wait.
otel-schedule-delay-millis           | int          | 5000       |            | How long spans wait to be sent together, in milliseconds.
otel-max-export-batch-size           | int          | 512        |            | How many spans are sent together.
otel-service-name                    | any          | nginx      |            | What the controller is called in traces.
otel-sampler                         | any          | AlwaysOn   |            | Which requests are traced.
otel-sampler-parent-based            | bool         | true       |            | Whether the client's decision to trace counts.
otel-sampler-ratio                   | any          | 0.01       |            | Which share of requests is traced.
main-snippet                         | any          |            |            | Text for the top of nginx's configuration.
http-snippet                         | any          |            |            | Text for the http part of nginx's configuration.
server-snippet                       | any          |            |            | Text for every server of nginx's configuration.
stream-snippet                       | any          |            |            | Text for the stream part of nginx's configuration.
location-snippet                     | any          |            |            | Text for every location of nginx's configuration.
custom-http-errors                   | codes        |            |            | Status codes for which the default backend is asked for a page.
proxy-body-size                      | size         | 1m         |            | The largest request body that is let through; 0 for any.
proxy-connect-timeout                | int          | 5          |            | For how many seconds connecting to a pod may take.
proxy-read-timeout                   | int          | 60         |            | For how many seconds a pod may be silent between two reads.
proxy-send-timeout                   | int          | 60         |            | For how many seconds a pod may be deaf between two writes.
proxy-buffers-number                 | int          | 4          |            | How many buffers an answer may use.
proxy-buffer-size                    | size         | 4k         |            | The memory for the first part of an answer.
proxy-busy-buffers-size              | size         |            |            | How much of an answer may be on its way to the client while the rest is being read.
proxy-cookie-path                    | any          | off        |            | Rewrites the path in cookies that pods set.
proxy-cookie-domain                  | any          | off        |            | Rewrites the domain in cookies that pods set.
proxy-next-upstream                  | any          | error timeout |            | For which failures a request is tried on another pod.
proxy-next-upstream-timeout          | int          | 0          |            | For how many seconds other pods are tried; 0 for no limit.
proxy-next-upstream-tries            | int          | 3          |            | How many pods are tried; 0 for no limit.
proxy-redirect-from                  | any          | off        |            | What in the Location of an answer is replaced.
proxy-request-buffering              | = on, off    | on         |            | Whether a request is read to its end before a pod gets it.
ssl-redirect                         | bool         | true       |            | Redirects to HTTPS where an Ingress has TLS.
force-ssl-redirect                   | bool         | false      |            | Redirects to HTTPS even where an Ingress has none.
denylist-source-range                | any          |            |            | Keeps out clients from these address ranges.
whitelist-source-range               | any          |            |            | Lets in only clients from these address ranges.
skip-access-log-urls                 | any          |            |            | Paths that are not logged.
limit-rate                           | int          | 0          |            | How many bytes a second a connection is served at; 0 for as fast as it goes.
limit-rate-after                     | int          | 0          |            | After how many bytes limit-rate sets in.
lua-shared-dicts                     | any          |            |            | Sizes of the tables that Lua shares.
http-redirect-code                   | int          | 308        |            | The status code of redirects to HTTPS.
proxy-buffering                      | = on, off    | off        |            | Whether answers are read ahead of the client.
limit-req-status-code                | int          | 503        |            | The status code for a client above its request rate.
limit-conn-status-code               | int          | 503        |            | The status code for a client with too many connections.
enable-syslog                        | bool         | false      |            | Whether logs go to a syslog server.
syslog-host                          | any          |            |            | That server.
syslog-port                          | int          | 514        |            | Its port.
no-tls-redirect-locations            | any          | /.well-known/acme-challenge |            | Paths that are never redirected to HTTPS.
global-allowed-response-headers      | any          |            |            | Header names that custom-headers may set.
global-auth-url                      | any          |            |            | The service that is asked whether any request may pass.
global-auth-method                   | any          |            |            | The HTTP method of requests to it.
global-auth-signin                   | any          |            |            | Where a client is sent when it says no.
global-auth-signin-redirect-param    | any          | rd         |            | The URL parameter that tells the sign-in page where to return to.
global-auth-response-headers         | any          |            |            | Headers of its answer that are passed on to the pods.
global-auth-request-redirect         | any          |            |            | What it is told about where the client wanted to go.
global-auth-snippet                  | any          |            |            | Text for nginx's configuration of requests to it.
global-auth-cache-key                | any          |            |            | Under which key its answers are kept.
global-auth-cache-duration           | any          | 200 202 401 5m |            | How long its answers are kept.
no-auth-locations                    | any          | /.well-known/acme-challenge |            | Paths for which nobody is asked.
block-cidrs                          | any          |            |            | Address ranges that get no answer.
block-user-agents                    | any          |            |            | Browsers that get no answer.
block-referers                       | any          |            |            | Referring pages that get no answer.
proxy-ssl-location-only              | bool         | false      |            | Whether proxy-ssl settings hold for single paths.
default-type                         | any          | text/html  |            | The content type of what has none.
service-upstream                     | bool         | false      |            | Sends requests to Services' addresses instead of to pods.
ssl-reject-handshake                 | bool         | false      |            | Refuses TLS for hosts that no Ingress has.
debug-connections                    | any          |            |            | Addresses whose connections are logged in detail.
strict-validate-path-type            | bool         | true       |            | Whether only plain characters are accepted in paths of type Exact and Prefix.
grpc-buffer-size-kb                  | int          | 0          |            | The memory for gRPC answers, in kilobytes.
relative-redirects                   | bool         | false      |            | Whether redirects name a path instead of a full address.
enable-auth-access-log               | bool         | false      |            | Whether authentication subrequests are logged.
disable-http-access-log              | bool         |            |            | Switches the access log of HTTP off.
disable-stream-access-log            | bool         |            |            | Switches the access log of TCP and UDP off.
proxy-headers-hash-max-size          | int          | 512        |            | Size of the table of headers to pods.
ssl-early-data                       | bool         |            |            | Whether TLS 1.3 may carry a request in its first flight.
ssl-session-timeout                  | any          | 10m        |            | For how long a TLS session may be resumed.
proxy-http-version                   | = 1.0, 1.1   | 1.1        |            | The version of HTTP that pods are spoken to in.
disable-proxy-intercept-errors       | bool         | false      |            | Leaves error pages as the pods send them.
bind-address-ipv4                    | any          |            |            | The IPv4 addresses to listen on.
bind-address-ipv6                    | any          |            |            | The IPv6 addresses to listen on.
forwarded-host-header                | any          | X-Forwarded-Host |            | The header that holds the host a client asked for.
global-external-auth                 | any          |            |            | Filled in from the global-auth settings.
app-root                             | any          |            |            | Where requests for / are redirected to.
preserve-trailing-slash              | bool         | false      |            | Whether redirects to HTTPS keep a slash at the end of the path.
proxy-redirect-to                    | any          | off        |            | What proxy-redirect-from is replaced with.
use-port-in-redirects                | bool         |            |            | Whether redirects name the port.
upstream-hash-by                     | any          |            |            | Picks the pod by this text for every Ingress.
upstream-hash-by-subset              | bool         |            |            | Whether the hash picks a group of pods.
upstream-hash-by-subset-size         | int          |            |            | How many pods such a group has.
proxy-max-temp-file-size             | size         | 1024m      |            | How much of an answer may go to a file when the buffers are full.
global-auth-always-set-cookie        | bool         |            |            | Passes on its cookie whatever its answer is.
`;
