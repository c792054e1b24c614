// A row: key | type | default | marks | what it does. The columns are read by ../annotation-table.ts.

/**
 * Annotations of Traefik 3.7: docs/content/reference/routing-configuration/kubernetes/ingress.md.
 *
 * @source traefik/traefik:docs/content/reference/routing-configuration/kubernetes/ingress.md (3.7)
 */
export const annotationRows = `
router.entrypoints              | any          |  | on:Ingress | The entry points that this Ingress listens on.
router.middlewares              | any          |  | on:Ingress | Middlewares to apply in this order, as namespace-name@kubernetescrd.
router.priority                 | int          |  | on:Ingress | Which of several matching routers wins; the largest number.
router.rulesyntax               | = v2, v3     |  | on:Ingress | The version of the rule language.
router.pathmatcher              | = Path, PathPrefix, PathRegexp |  | on:Ingress | How paths of type ImplementationSpecific are matched.
router.tls                      | bool         |  | on:Ingress | Whether TLS is used.
router.tls.certresolver         | any          |  | on:Ingress | Who makes the certificate.
router.tls.options              | any          |  | on:Ingress | The TLSOption to use, as namespace-name@kubernetescrd.
router.tls.domains.*.main       | any          |  | on:Ingress | A domain of the certificate.
router.tls.domains.*.sans       | any          |  | on:Ingress | Further names of that certificate.
router.observability.accesslogs | bool         |  | on:Ingress | Whether requests are logged.
router.observability.metrics    | bool         |  | on:Ingress | Whether requests are counted.
router.observability.tracing    | bool         |  | on:Ingress | Whether requests are traced.
service.serversscheme           | = http, https, h2c |  | on:Service | What the pods speak.
service.serverstransport        | any          |  | on:Service | The ServersTransport to use, as namespace-name@kubernetescrd.
service.passhostheader          | bool         |  | on:Service | Whether pods get the Host header of the client.
service.nativelb                | bool         |  | on:Service | Sends requests to the Service's address instead of to pods.
service.nodeportlb              | bool         |  | on:Service | Sends requests to the Service's node port.
service.middlewares             | any          |  | on:Service | Middlewares to apply to this Service.
service.sticky.cookie           | bool         |  | on:Service | Sends a client to the same pod each time, by a cookie.
service.sticky.cookie.name      | any          |  | on:Service | The name of that cookie.
service.sticky.cookie.secure    | bool         |  | on:Service | Whether it is sent over HTTPS only.
service.sticky.cookie.httponly  | bool         |  | on:Service | Whether scripts are kept from it.
service.sticky.cookie.samesite  | = none, lax, strict |  | on:Service | Its SameSite attribute.
service.sticky.cookie.maxage    | int          |  | on:Service | After how many seconds it expires.
service.sticky.cookie.path      | any          |  | on:Service | Its path.
service.sticky.cookie.domain    | any          |  | on:Service | Its domain.
`;
