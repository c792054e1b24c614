// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Annotations of the F5 NGINX Ingress Controller 5.5: internal/k8s/validation.go, internal/configs/annotations.go.
 *
 * @source nginx/kubernetes-ingress:internal/k8s/validation.go (0eb3072, 2026-08-21)
 * @source nginx/kubernetes-ingress:internal/configs/annotations.go (0eb3072, 2026-08-21)
 */
export const annotationRows = `
appprotect.f5.com/app-protect-enable | bool         |            | plus           | Whether App Protect looks at requests.
appprotect.f5.com/app-protect-policy | any          |            | plus           | The App Protect policy, as namespace/name.
appprotect.f5.com/app-protect-security-log | any          |            | plus           | The App Protect log configurations.
appprotect.f5.com/app-protect-security-log-destination | any          |            | plus           | Where App Protect's log goes.
appprotect.f5.com/app-protect-security-log-enable | bool         |            | plus           | Whether App Protect writes a log.
appprotectdos.f5.com/app-protect-dos-resource | any          |            | master-or-standalone plus | The App Protect DoS resource, as namespace/name.
nginx.com/health-checks              | bool         |            | minion-or-standalone plus | Whether pods are checked before they get requests.
nginx.com/health-checks-mandatory    | bool         |            | minion-or-standalone plus needs:nginx.com/health-checks | Whether a new pod must pass a check first.
nginx.com/health-checks-mandatory-queue | int 0..      |            | minion-or-standalone plus needs:nginx.com/health-checks-mandatory | How many requests wait while no pod has passed yet.
nginx.com/jwt-key                    | any          |            | plus           | The Secret with the keys that tokens are checked against.
nginx.com/jwt-login-url              | any          |            | plus           | Where a client without a valid token is sent.
nginx.com/jwt-realm                  | any          |            | plus           | The name of the protected area.
nginx.com/jwt-token                  | any          |            | plus           | The variable that holds the token.
nginx.com/policies                   | any          |            | plus           | Policies to apply, by name; those that need NGINX Plus too.
nginx.com/slow-start                 | time         |            | plus           | How long a pod that has come back gets fewer requests.
nginx.com/sticky-cookie-services     | any          |            | minion-or-standalone plus | Sends a client to the same pod each time, by a cookie.
nginx.org/add-header                 | any          |            | configmap      | Headers to add to responses.
nginx.org/add-header-inherit         | ~ on, off, merge |            | configmap      | Whether headers of an outer level are kept.
nginx.org/app-root                   | any          |            | master-or-standalone | Where a request for / is redirected to.
nginx.org/basic-auth-realm           | any          |            | needs:nginx.org/basic-auth-secret | The name of the protected area, shown when a browser asks for a password.
nginx.org/basic-auth-secret          | any          |            |                | The Secret with user names and passwords.
nginx.org/client-body-buffer-size    | size-m       |            | configmap      | How much of a request's body is kept in memory before it goes to a file.
nginx.org/client-max-body-size       | size-g       | 1m         | configmap      | The largest request body that is let through; 0 for any.
nginx.org/custom-http-errors         | any          |            |                | Status codes for which a page of one's own is shown.
nginx.org/fail-timeout               | time         | 10s        | configmap      | How long a pod that has failed max-fails times is left out.
nginx.org/grpc-services              | any          |            | minion-or-standalone | The Services that speak gRPC; clients need HTTP/2 and TLS.
nginx.org/hsts                       | bool         | false      | master-or-standalone configmap | Whether browsers are told to use HTTPS from now on.
nginx.org/hsts-behind-proxy          | bool         | false      | configmap needs:nginx.org/hsts | Whether that goes by the scheme that a proxy in front saw.
nginx.org/hsts-include-subdomains    | bool         | false      | master-or-standalone configmap needs:nginx.org/hsts | Whether it goes for all subdomains.
nginx.org/hsts-max-age               | int          | 2592000    | master-or-standalone configmap needs:nginx.org/hsts | For how many seconds a browser remembers it.
nginx.org/http-redirect-code         | = 301, 302, 307, 308 | 301        | master-or-standalone configmap | The status code of redirects to HTTPS.
nginx.org/keepalive                  | int          |            | configmap      | How many idle connections to pods a worker keeps open; 0 for none.
nginx.org/lb-method                  | any          | random two least_conn | configmap      | How the next pod is picked.
nginx.org/limit-req-burst            | int          |            |                | How many requests above the rate may wait.
nginx.org/limit-req-delay            | int          |            |                | From how many waiting requests on they are slowed down.
nginx.org/limit-req-dry-run          | bool         |            |                | Counts, but lets everything through.
nginx.org/limit-req-key              | any          | $binary_remote_addr |                | What requests are counted by.
nginx.org/limit-req-log-level        | = info, notice, warn, error | error      |                | At which level refused requests are logged.
nginx.org/limit-req-no-delay         | bool         |            |                | Serves a burst at once instead of slowing it down.
nginx.org/limit-req-rate             | rate         |            |                | How many requests may come, as 10r/s or 60r/m.
nginx.org/limit-req-reject-code      | int 400..599 | 429        |                | The status code for a client above its rate.
nginx.org/limit-req-scale            | bool         |            |                | Divides the rate among the controller's pods.
nginx.org/limit-req-zone-size        | any          | 10m        |                | The memory that requests are counted in.
nginx.org/listen-ports               | any          | 80         | master-or-standalone | Ports for HTTP, instead of 80.
nginx.org/listen-ports-ssl           | any          | 443        | master-or-standalone | Ports for HTTPS, instead of 443.
nginx.org/location-snippets          | snippet      |            | configmap      | Text for nginx's configuration of this Ingress's locations.
nginx.org/max-conns                  | int 0..      | 0          |                | How many connections a pod may have; 0 for any number.
nginx.org/max-fails                  | int 0..      | 1          | configmap      | After how many failures a pod is left out for fail-timeout.
nginx.org/mergeable-ingress-type     | = master, minion |            |                | Whether this Ingress holds the host (master) or paths of another one's host (minion).
nginx.org/path-regex                 | = case_sensitive, case_insensitive, exact |            |                | Whether paths are regular expressions, and whether case matters.
nginx.org/policies                   | any          |            |                | Policies to apply, by name.
nginx.org/proxy-buffer-size          | size-m       |            | configmap      | The memory for the first part of an answer, which holds its headers.
nginx.org/proxy-buffering            | bool         | true       | configmap      | Whether answers are read ahead of the client.
nginx.org/proxy-buffers              | buffers      |            | configmap      | How many buffers an answer may use, and how large, as 8 4k.
nginx.org/proxy-busy-buffers-size    | size-m       |            | configmap      | How much of an answer may be on its way to the client while the rest is being read.
nginx.org/proxy-connect-timeout      | time         | 60s        | configmap      | How long connecting to a pod may take.
nginx.org/proxy-hide-headers         | any          |            | master-or-standalone configmap | Headers of the pods' answers that are left out.
nginx.org/proxy-max-temp-file-size   | size-m       |            | configmap      | How much of an answer may go to a file when the buffers are full.
nginx.org/proxy-next-upstream        | any          |            |                | For which failures a request is tried on another pod.
nginx.org/proxy-next-upstream-timeout | time         |            |                | How long other pods are tried.
nginx.org/proxy-next-upstream-tries  | int 0..      |            |                | How many pods are tried; 0 for no limit.
nginx.org/proxy-pass-headers         | any          |            | master-or-standalone configmap | Headers of the pods' answers that are let through although nginx hides them.
nginx.org/proxy-read-timeout         | time         | 60s        | configmap      | How long a pod may be silent between two reads.
nginx.org/proxy-redirect-from        | any          |            |                | What in the Location of an answer is replaced.
nginx.org/proxy-redirect-to          | any          |            |                | What it is replaced with.
nginx.org/proxy-send-timeout         | time         | 60s        | configmap      | How long a pod may be deaf between two writes.
nginx.org/proxy-set-headers          | any          |            |                | Headers that the pods get.
nginx.org/redirect-to-https          | bool         | false      | master-or-standalone configmap | Redirects to HTTPS by the scheme that a proxy in front saw.
nginx.org/rewrite-target             | any          |            |                | What the path is rewritten to.
nginx.org/rewrites                   | any          |            | minion-or-standalone | What paths are rewritten to, by Service.
nginx.org/server-snippets            | snippet      |            | master-or-standalone configmap | Text for nginx's configuration of the whole host.
nginx.org/server-tokens              | any          | true       | master-or-standalone configmap | Whether nginx's version is shown.
nginx.org/ssl-ciphers                | any          |            | master-or-standalone configmap | Ciphers that clients may use.
nginx.org/ssl-prefer-server-ciphers  | bool         |            | master-or-standalone configmap | Whether the server's order of ciphers counts.
nginx.org/ssl-redirect               | bool         | true       | master-or-standalone configmap | Redirects to HTTPS where the Ingress has TLS.
nginx.org/ssl-services               | any          |            | minion-or-standalone | The Services that speak TLS.
nginx.org/sticky-cookie-services     | any          |            | minion-or-standalone | Sends a client to the same pod each time, by a cookie.
nginx.org/upstream-zone-size         | size-m       | 256k       | configmap      | The memory that the pods' addresses are shared in.
nginx.org/use-cluster-ip             | bool         |            | minion-or-standalone | Sends requests to the Service's address instead of to pods; the balancing is kube-proxy's then.
nginx.org/websocket-services         | any          |            | minion-or-standalone | The Services that speak WebSocket.
`;

/**
 * Keys of its ConfigMap: internal/configs/configmaps.go.
 *
 * @source nginx/kubernetes-ingress:internal/configs/configmaps.go (0eb3072, 2026-08-21)
 */
export const settingRows = `
server-tokens                        | any  | true       |  | Whether nginx's version is shown.
lb-method                            | any  | random two least_conn |  | How the next pod is picked.
proxy-connect-timeout                | any  | 60s        |  | How long connecting to a pod may take.
proxy-read-timeout                   | any  | 60s        |  | How long a pod may be silent between two reads.
proxy-send-timeout                   | any  | 60s        |  | How long a pod may be deaf between two writes.
proxy-hide-headers                   | any  |            |  | Headers of the pods' answers that are left out.
proxy-pass-headers                   | any  |            |  | Headers of the pods' answers that are let through although nginx hides them.
add-header                           | any  |            |  | Headers to add to responses.
disable-forwarded-headers            | bool |            |  | Keeps X-Forwarded-* headers from the pods.
client-max-body-size                 | any  | 1m         |  | The largest request body that is let through.
client-body-buffer-size              | any  |            |  | How much of a request's body is kept in memory before it goes to a file.
server-names-hash-bucket-size        | any  |            |  | Size of the buckets of the table of host names.
server-names-hash-max-size           | any  |            |  | Size of the table of host names.
map-hash-bucket-size                 | any  |            |  | Size of the buckets of map tables.
map-hash-max-size                    | any  |            |  | Size of map tables.
http2                                | bool |            |  | Whether clients may use HTTP/2.
redirect-to-https                    | bool | false      |  | Redirects to HTTPS by the scheme that a proxy in front saw.
ssl-redirect                         | bool | true       |  | Redirects to HTTPS where an Ingress has TLS.
http-redirect-code                   | any  | 301        |  | The status code of redirects to HTTPS.
hsts                                 | bool | false      |  | Whether browsers are told to use HTTPS from now on.
hsts-max-age                         | int  | 2592000    |  | For how many seconds a browser remembers it.
hsts-include-subdomains              | bool | false      |  | Whether it goes for all subdomains.
hsts-behind-proxy                    | bool | false      |  | Whether it goes by the scheme that a proxy in front saw.
proxy-protocol                       | bool |            |  | Whether connections begin with the PROXY protocol of a load balancer.
real-ip-header                       | any  |            |  | The header that holds the client's address.
set-real-ip-from                     | any  |            |  | Which proxies are believed about it.
real-ip-recursive                    | bool |            |  | Whether trusted addresses are skipped in that header.
ssl-protocols                        | any  |            |  | Versions of TLS that clients may use.
ssl-prefer-server-ciphers            | bool |            |  | Whether the server's order of ciphers counts.
ssl-ciphers                          | any  |            |  | Ciphers that clients may use.
ssl-dhparam-file                     | any  |            |  | Diffie-Hellman parameters.
error-log-level                      | any  |            |  | From which level on the error log is written.
access-log                           | any  |            |  | Where the access log goes.
access-log-off                       | bool |            |  | Switches the access log off.
log-format                           | any  |            |  | What a line of the access log looks like.
log-format-escaping                  | any  |            |  | How variables are written into the log.
stream-log-format                    | any  |            |  | What a line of the log of TCP and UDP looks like.
stream-log-format-escaping           | any  |            |  | How variables are written into that log.
default-server-access-log-off        | bool |            |  | Whether requests that no Ingress matches are left out of the log.
default-server-return                | any  |            |  | What such requests are answered with.
proxy-buffering                      | bool | true       |  | Whether answers are read ahead of the client.
proxy-buffers                        | any  |            |  | How many buffers an answer may use, and how large.
proxy-buffer-size                    | any  |            |  | The memory for the first part of an answer.
proxy-busy-buffers-size              | any  |            |  | How much of an answer may be on its way to the client while the rest is being read.
proxy-max-temp-file-size             | any  |            |  | How much of an answer may go to a file when the buffers are full.
main-snippets                        | any  |            |  | Text for the top of nginx's configuration.
http-snippets                        | any  |            |  | Text for the http part of nginx's configuration; the place to switch gzip on.
add-header-inherit                   | any  |            |  | Whether headers of an outer level are kept.
location-snippets                    | any  |            |  | Text for every location of nginx's configuration.
server-snippets                      | any  |            |  | Text for every server of nginx's configuration.
worker-processes                     | int  |            |  | How many nginx workers run.
worker-cpu-affinity                  | any  |            |  | Which processors the workers run on.
worker-shutdown-timeout              | any  |            |  | How long a worker that is replaced may go on with its connections.
worker-connections                   | any  |            |  | How many connections a worker may have.
worker-rlimit-nofile                 | any  |            |  | How many files a worker may have open.
keepalive                            | int  |            |  | How many idle connections to pods a worker keeps open.
max-fails                            | int  | 1          |  | After how many failures a pod is left out.
upstream-zone-size                   | any  | 256k       |  | The memory that the pods' addresses are shared in.
fail-timeout                         | any  | 10s        |  | How long a pod that has failed is left out.
main-template                        | any  |            |  | A template for the whole configuration.
ingress-template                     | any  |            |  | A template for Ingresses.
virtualserver-template               | any  |            |  | A template for VirtualServers.
transportserver-template             | any  |            |  | A template for TransportServers.
stream-snippets                      | any  |            |  | Text for the stream part of nginx's configuration.
resolver-addresses                   | any  |            |  | DNS servers that nginx asks.
resolver-ipv6                        | bool |            |  | Whether it asks for IPv6 addresses.
resolver-valid                       | any  |            |  | How long it keeps an answer.
resolver-timeout                     | any  |            |  | How long it waits for one.
keepalive-timeout                    | any  |            |  | For how long a client's idle connection is kept.
keepalive-requests                   | int  |            |  | After how many requests a client's connection is closed.
variables-hash-bucket-size           | any  |            |  | Size of the buckets of the table of variables.
variables-hash-max-size              | any  |            |  | Size of the table of variables.
app-protect-failure-mode-action      | any  |            |  | What App Protect does when it fails.
app-protect-compressed-requests-action | any  |            |  | What App Protect does with compressed requests.
app-protect-cookie-seed              | any  |            |  | What App Protect's cookies are made from.
app-protect-cpu-thresholds           | any  |            |  | From which load on App Protect stands back.
app-protect-physical-memory-util-thresholds | any  |            |  | From which use of memory on App Protect stands back.
app-protect-reconnect-period-seconds | any  |            |  | How often App Protect tries to connect again.
app-protect-dos-log-format           | any  |            |  | What a line of App Protect DoS's log looks like.
app-protect-dos-log-format-escaping  | any  |            |  | How variables are written into it.
app-protect-dos-arb-fqdn             | any  |            |  | Where App Protect DoS's arbitrator is.
zone-sync                            | bool |            |  | Whether the controller's pods share what they count.
zone-sync-port                       | int  |            |  | The port they do it on.
zone-sync-resolver-addresses         | any  |            |  | DNS servers to find each other by.
zone-sync-resolver-valid             | any  |            |  | How long such an answer is kept.
zone-sync-resolver-ipv6              | bool |            |  | Whether IPv6 addresses are asked for.
otel-exporter-endpoint               | any  |            |  | Where traces are sent.
otel-exporter-header-name            | any  |            |  | A header to send with them.
otel-exporter-header-value           | any  |            |  | Its value.
otel-service-name                    | any  |            |  | What the controller is called in traces.
otel-trace-in-http                   | bool |            |  | Whether all requests are traced.
license-token-secret-name            | any  |            |  | The Secret with the licence of NGINX Plus.
ssl-verify                           | bool |            |  | Whether the certificate of the licence server is checked.
enforce-initial-report               | bool |            |  | Whether nginx waits until its licence is reported.
usage-report-endpoint                | any  |            |  | Where use is reported.
usage-report-interval                | any  |            |  | How often use is reported.
ssl-trusted-certificate-secret-name  | any  |            |  | The Secret with authorities for that server.
ssl-certificate-secret-name          | any  |            |  | The Secret with a client certificate for it.
usage-report-proxy-host              | any  |            |  | The proxy on the way there.
`;
