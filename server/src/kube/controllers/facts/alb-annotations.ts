// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Annotations of the AWS Load Balancer Controller (August 2026): docs/guide/ingress/annotations.md.
 *
 * @source kubernetes-sigs/aws-load-balancer-controller:docs/guide/ingress/annotations.md (2026-08-17)
 */
export const annotationRows = `
load-balancer-name                   | any          |            | on:Ingress     | The name of the load balancer, at most 32 characters.
group.name                           | any          |            | on:Ingress     | Ingresses of the same group share one load balancer.
group.order                          | int          | 0          | on:Ingress     | Where the rules of this Ingress stand among the group's.
tags                                 | pairs        |            | on:Ingress on:Service | Tags for what is made in AWS.
ip-address-type                      | = ipv4, dualstack, dualstack-without-public-ipv4 | ipv4       | on:Ingress     | Whether the load balancer has IPv4 addresses, or IPv6 as well.
scheme                               | = internal, internet-facing | internal   | on:Ingress     | Whether the load balancer can be reached from the internet.
subnets                              | any          |            | on:Ingress     | The subnets of the load balancer, one in each zone.
security-groups                      | any          |            | on:Ingress     | The security groups of the load balancer.
manage-backend-security-group-rules  | bool         |            | on:Ingress     | Whether the nodes' security groups are opened for it.
customer-owned-ipv4-pool             | any          |            | on:Ingress     | The address pool on an Outpost.
load-balancer-attributes             | pairs        |            | on:Ingress     | Attributes of the load balancer, such as idle_timeout.timeout_seconds.
wafv2-acl-arn                        | any          |            | on:Ingress     | The WAF web ACL.
waf-acl-id                           | any          |            | on:Ingress     | The web ACL of classic WAF.
shield-advanced-protection           | bool         |            | on:Ingress     | Whether Shield Advanced protects it.
listen-ports                         | json         |            | on:Ingress     | The ports that are listened on, as JSON.
ssl-redirect                         | int          |            | on:Ingress     | The port that all HTTP is redirected to.
inbound-cidrs                        | any          | 0.0.0.0/0, ::/0 | on:Ingress     | Address ranges that may connect.
security-group-prefix-lists          | any          |            | on:Ingress     | Prefix lists that may connect.
certificate-arn                      | any          |            | on:Ingress     | Certificates; the first is the default.
ssl-policy                           | any          | ELBSecurityPolicy-2016-08 | on:Ingress     | Which versions of TLS and ciphers clients may use.
target-type                          | = instance, ip | instance   | on:Ingress on:Service | Whether traffic goes to nodes (instance) or straight to pods (ip).
backend-protocol                     | = HTTP, HTTPS | HTTP       | on:Ingress on:Service | What the pods speak.
backend-protocol-version             | = HTTP1, HTTP2, GRPC | HTTP1      | on:Ingress on:Service | The version: HTTP1, HTTP2 or GRPC.
target-group-attributes              | pairs        |            | on:Ingress on:Service | Attributes of the target groups, such as load_balancing.algorithm.type.
healthcheck-port                     | any          | traffic-port | on:Ingress on:Service | The port of health checks.
healthcheck-protocol                 | = HTTP, HTTPS | HTTP       | on:Ingress on:Service | The protocol of health checks.
healthcheck-path                     | any          |            | on:Ingress on:Service | The path of health checks.
healthcheck-interval-seconds         | int          | 15         | on:Ingress on:Service | How often a target is checked.
healthcheck-timeout-seconds          | int          | 5          | on:Ingress on:Service | How long a check may take.
healthy-threshold-count              | int          | 2          | on:Ingress on:Service | After how many good checks a target is used.
unhealthy-threshold-count            | int          | 2          | on:Ingress on:Service | After how many bad checks it is not.
success-codes                        | any          |            | on:Ingress on:Service | Status codes that count as good.
auth-type                            | = none, oidc, cognito | none       | on:Ingress on:Service | How users are authenticated.
auth-idp-cognito                     | json         |            | on:Ingress on:Service | The Cognito user pool, as JSON.
auth-idp-oidc                        | json         |            | on:Ingress on:Service | The OIDC provider, as JSON.
auth-on-unauthenticated-request      | = authenticate, allow, deny | authenticate | on:Ingress on:Service | What becomes of users who are not signed in.
auth-scope                           | any          | openid     | on:Ingress on:Service | What is asked of the provider.
auth-session-cookie                  | any          | AWSELBAuthSessionCookie | on:Ingress on:Service | The cookie that keeps a session.
auth-session-timeout                 | int          | 604800     | on:Ingress on:Service | For how many seconds a session lasts.
jwt-validation                       | json         |            | on:Ingress     | How tokens are checked, as JSON.
actions.*                            | json         |            | on:Ingress     | An action that a path names as its backend, as JSON.
transforms.*                         | json         |            | on:Ingress     | A rewrite of requests to a backend, as JSON.
conditions.*                         | json         |            | on:Ingress     | Further conditions for a backend, as JSON.
use-regex-path-match                 | bool         |            | on:Ingress     | Whether paths of type ImplementationSpecific are regular expressions.
target-node-labels                   | pairs        |            | on:Ingress on:Service | Only nodes with these labels become targets.
mutual-authentication                | json         |            | on:Ingress     | How client certificates are checked, as JSON.
multi-cluster-target-group           | bool         |            | on:Ingress on:Service | Whether several clusters share the target groups.
listener-attributes.*                | pairs        |            | on:Ingress     | Attributes of a listener.
minimum-load-balancer-capacity       | pairs        |            | on:Ingress     | Capacity that is reserved.
ipam-ipv4-pool-id                    | any          |            | on:Ingress     | The IPAM pool that addresses are taken from.
enable-frontend-nlb                  | bool         | false      | on:Ingress     | Puts a network load balancer in front.
frontend-nlb-scheme                  | = internal, internet-facing | internal   | on:Ingress     | Whether that one can be reached from the internet.
frontend-nlb-subnets                 | any          |            | on:Ingress     | Its subnets.
frontend-nlb-security-groups         | any          |            | on:Ingress     | Its security groups.
frontend-nlb-listener-port-mapping   | pairs        |            | on:Ingress     | Its ports, and the ports behind them.
frontend-nlb-healthcheck-port        | any          | traffic-port | on:Ingress     | The port of its health checks.
frontend-nlb-healthcheck-protocol    | = HTTP, HTTPS | HTTP       | on:Ingress     | The protocol of its health checks.
frontend-nlb-healthcheck-path        | any          | /          | on:Ingress     | The path of its health checks.
frontend-nlb-healthcheck-interval-seconds | int          | 15         | on:Ingress     | How often it checks.
frontend-nlb-healthcheck-timeout-seconds | int          | 5          | on:Ingress     | How long its checks may take.
frontend-nlb-healthcheck-healthy-threshold-count | int          | 3          | on:Ingress     | After how many good checks it uses a target.
frontend-nlb-healthcheck-unhealthy-threshold-count | int          | 3          | on:Ingress     | After how many bad checks it does not.
frontend-nlb-healthcheck-success-codes | any          | 200        | on:Ingress     | Status codes that it counts as good.
frontend-nlb-tags                    | pairs        |            | on:Ingress     | Its tags.
frontend-nlb-eip-allocations         | any          |            | on:Ingress     | Its elastic addresses.
target-control-port.*                | int          |            | on:Ingress     | The port on which a target is told how much it gets.
frontend-nlb-attributes              | any          |            | on:Ingress     | Its attributes.
`;
