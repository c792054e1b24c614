import { deployment, many, named, service } from './objects';

/** What is around the places: a shop of a few workloads, its Services, routes and settings, and a second namespace. */
const canary = deployment('cart', 'shop')
  .replaceAll('name: cart', 'name: cart-canary')
  .replace('labels: {app: cart}', 'labels: {app: cart, track: canary}');
const pair = (name: string, data: string) => `apiVersion: v1\n${named('ConfigMap', name, 'shop')}data: {${data}}\n`;

export const world: Record<string, string> = {
  'apps.yaml': many(
    deployment('cart', 'shop'),
    canary,
    deployment('web', 'shop').replace('containerPort: 8080', 'name: http, containerPort: 8080'),
    deployment('grafana', 'monitoring').replace('8080', '3000'),
    `apiVersion: apps/v1\n${named('DaemonSet', 'resolver', 'monitoring')}spec:\n  selector: {matchLabels: {app: resolver}}\n  template:\n    metadata: {labels: {app: resolver, tier: dns}}\n    spec: {containers: [{name: r, image: r, ports: [{name: dns, containerPort: 53, protocol: UDP}]}]}\n`,
  ),
  'services.yaml': many(
    service('cart', 'shop'),
    service('web', 'shop').replace('ports: [', 'ports: [{name: metrics, port: 9090}, '),
    service('grafana', 'monitoring'),
    `apiVersion: v1\n${named('Service', 'db-headless', 'shop')}spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}\n`,
  ).replace('name: cart, namespace: shop}', 'name: cart, namespace: shop, labels: {team: sales}}'),
  'others.yaml': many(
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {env: prod}}\n',
    'apiVersion: v1\nkind: Namespace\nmetadata: {name: monitoring, labels: {env: ops}}\n',
    pair('settings', 'CART_URL: a, LEVEL: debug'),
    `apiVersion: v1\n${named('Secret', 'tls', 'shop')}type: kubernetes.io/tls\n`,
    'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n',
    'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: envoy}\nspec: {controllerName: e}\n',
    `apiVersion: gateway.networking.k8s.io/v1\n${named('Gateway', 'edge', 'shop')}spec: {gatewayClassName: envoy, listeners: [{name: web, port: 80, protocol: HTTP}, {name: raw, port: 9, protocol: TCP}]}\n`,
    `apiVersion: networking.istio.io/v1\n${named('DestinationRule', 'cart', 'shop')}spec: {host: cart, subsets: [{name: v1, labels: {track: stable}}]}\n`,
    `apiVersion: networking.k8s.io/v1\n${named('NetworkPolicy', 'out', 'shop')}spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.20.0.0/16, except: [10.20.1.0/24]}}]}]}\n`,
  ),
};

export interface Place {
  readonly where: string;
  /** With the cursor. */
  readonly text: string;
  readonly first: readonly string[];
  /** What the line of the cursor reads after the first is taken, and lines that come with it. */
  readonly then: string;
  readonly path?: string;
}

const head = (apiVersion: string, kind: string, namespace = 'shop') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: new\n  namespace: ${namespace}\nspec:\n`;
const policy = head('networking.k8s.io/v1', 'NetworkPolicy');
const ingress = `${head('networking.k8s.io/v1', 'Ingress')}  rules:\n    - http:\n        paths:\n          - backend:\n              service:\n`;
const route = head('gateway.networking.k8s.io/v1', 'HTTPRoute');
const workload = `${head('apps/v1', 'Deployment')}  selector: {matchLabels: {app: new}}\n  template:\n    metadata: {labels: {app: new, part: x}}\n    spec:\n`;
const container = `${workload}      containers:\n        - name: c\n          image: i\n          ports: [{name: web, containerPort: 8000}]\n`;
const at = (where: string, text: string, first: readonly string[], then: string, path?: string): Place => ({
  where,
  text,
  first,
  then,
  ...(path ? { path } : {}),
});

// biome-ignore format: a table
export const places: readonly Place[] = [
  at('a label of pods', `${policy}  podSelector:\n    matchLabels:\n      app: ‸`, ['cart', 'web'], '      app: cart'),
  at('a label without space', `${policy}  podSelector:\n    matchLabels:\n      app:‸`, ['cart', 'web'], '      app: cart'),
  at('a half label', `${policy}  podSelector:\n    matchLabels:\n      app: ca‸`, ['cart', 'web'], '      app: cart'),
  at('a quoted label', `${policy}  podSelector:\n    matchLabels:\n      app: "ca‸"`, ['cart', 'web'], '      app: "cart"'),
  at('an open quote', `${policy}  podSelector:\n    matchLabels:\n      app: "ca‸`, ['cart', 'web'], '      app: "cart"'),
  at('a label in flow', `${policy}  podSelector: {matchLabels: {app: w‸}}`, ['cart', 'web'], '  podSelector: {matchLabels: {app: cart}}'),
  at('a key', `${policy}  podSelector:\n    matchLabels:\n      ‸`, ['app: cart', 'app: web', 'app'], '      app: cart'),
  at('a half key', `${policy}  podSelector:\n    matchLabels:\n      tr‸`, ['app: cart', 'app: web', 'app'], '      app: cart'),
  at('a key in flow', `${policy}  podSelector: {matchLabels: {‸}}`, ['app: cart', 'app: web', 'app'], '  podSelector: {matchLabels: {app: cart}}'),
  at('a second key', `${policy}  podSelector:\n    matchLabels:\n      app: cart\n      ‸`, ['track: canary', 'track'], '      track: canary'),
  at('a written key', `${policy}  podSelector:\n    matchLabels:\n      ap‸p: x`, ['app', 'track'], '      app: x'),
  at('a value beside others', `${policy}  podSelector:\n    matchLabels:\n      app: ‸\n      track: canary\n`, ['cart'], '      app: cart'),
  at('a key of an expression', `${policy}  podSelector:\n    matchExpressions:\n      - key: ‸\n        operator: Exists\n`, ['app', 'track'], '      - key: app'),
  at('a value of an expression', `${policy}  podSelector:\n    matchExpressions:\n      - key: app\n        operator: In\n        values:\n          - web\n          - ‸`, ['cart'], '          - cart'),
  at('a value in a flow list', `${policy}  podSelector:\n    matchExpressions:\n      - {key: app, operator: In, values: [web, ‸]}`, ['cart'], '      - {key: app, operator: In, values: [web, cart]}'),
  at('a label of another namespace', `${policy}  ingress:\n    - from:\n        - namespaceSelector: {matchLabels: {env: ops}}\n          podSelector: {matchLabels: {app: ‸}}\n`, ['grafana', 'resolver'], '          podSelector: {matchLabels: {app: grafana}}'),
  at('a label of namespaces', `${policy}  ingress:\n    - from:\n        - namespaceSelector:\n            matchLabels:\n              ‸`, ['kubernetes.io/metadata.name: monitoring', 'kubernetes.io/metadata.name: shop', 'kubernetes.io/metadata.name'], '              kubernetes.io/metadata.name: monitoring'),
  at('the name of a namespace', `${policy}  ingress:\n    - from:\n        - namespaceSelector:\n            matchLabels:\n              kubernetes.io/metadata.name: ‸`, ['monitoring', 'shop'], '              kubernetes.io/metadata.name: monitoring'),
  at('the selector of a Service', `${head('v1', 'Service')}  selector:\n    app: ‸\n  ports: [{port: 80}]\n`, ['cart', 'web'], '    app: cart'),
  at('the selector of a workload', workload.replace('{matchLabels: {app: new}}', '\n    matchLabels:\n      ‸'), ['app: new', 'app', 'part: x'], '      app: new'),
  at('affinity', `${workload}      affinity:\n        podAntiAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n            - topologyKey: a\n              labelSelector: {matchLabels: {app: ‸}}\n      containers: [{name: c, image: i}]\n`, ['new', 'cart', 'web'], '              labelSelector: {matchLabels: {app: new}}'),
  at('the topology of affinity', `${workload}      affinity:\n        podAntiAffinity:\n          requiredDuringSchedulingIgnoredDuringExecution:\n            - topologyKey: ‸\n      containers: [{name: c, image: i}]\n`, ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'], '            - topologyKey: kubernetes.io/hostname'),
  at('a label of Services', `${head('monitoring.coreos.com/v1', 'ServiceMonitor')}  selector:\n    matchLabels:\n      ‸`, ['team: sales', 'team'], '      team: sales'),
  at('the port of a ServiceMonitor', `${head('monitoring.coreos.com/v1', 'ServiceMonitor')}  selector: {matchLabels: {team: sales}}\n  endpoints:\n    - port: ‸`, ['http'], '    - port: http'),
  at('namespaces of a ServiceMonitor', `${head('monitoring.coreos.com/v1', 'ServiceMonitor')}  namespaceSelector:\n    matchNames:\n      - ‸`, ['shop', 'monitoring'], '      - shop'),
  at('the namespace of an object', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: new\n  namespace: ‸\n', ['shop', 'monitoring'], '  namespace: shop'),
  at('a backend of an Ingress', `${ingress}                name: ‸`, ['cart', 'web', 'web, port 9090'], '                name: cart\n                port:\n                  number: 80'),
  at('a backend in flow', `${ingress.replace(/\n +service:\n$/, '')}\n              service: {name: c‸}\n`, ['cart', 'web', 'web, port 9090'], '              service: {name: cart, port: {number: 80}}'),
  at('the number of a port', `${ingress}                name: web\n                port:\n                  number: ‸`, ['9090', '80'], '                  number: 9090'),
  at('the name of a port', `${ingress}                name: web\n                port: {name: ‸}`, ['metrics', 'http'], '                port: {name: metrics}'),
  at('a backend of a route', `${route}  rules:\n    - backendRefs:\n        - name: ‸`, ['cart', 'web', 'web, port 9090'], '        - name: cart\n          port: 80'),
  at('a backend elsewhere', `${route}  rules:\n    - backendRefs:\n        - namespace: monitoring\n          name: ‸`, ['grafana'], '          name: grafana\n          port: 80'),
  at('the namespace of a backend', `${route}  rules:\n    - backendRefs:\n        - name: grafana\n          namespace: ‸`, ['monitoring'], '          namespace: monitoring'),
  at('the port of a backend', `${route}  rules:\n    - backendRefs:\n        - name: cart\n          port: ‸`, ['80'], '          port: 80'),
  at('a Gateway', `${route}  parentRefs:\n    - name: ‸`, ['edge'], '    - name: edge'),
  at('a listener', `${route}  parentRefs:\n    - name: edge\n      sectionName: ‸`, ['web'], '      sectionName: web'),
  at('a host of Istio', `${head('networking.istio.io/v1', 'VirtualService')}  http:\n    - route:\n        - destination:\n            host: ‸`, ['cart', 'web', 'db-headless'], '            host: cart'),
  at('a subset', `${head('networking.istio.io/v1', 'VirtualService')}  http:\n    - route:\n        - destination: {host: cart, subset: ‸}`, ['v1'], '        - destination: {host: cart, subset: v1}'),
  at('a Service of Traefik', `${head('traefik.io/v1alpha1', 'IngressRoute')}  routes:\n    - services:\n        - name: cart\n          port: ‸`, ['80', 'http'], '          port: 80'),
  at('a Service of Contour', `${head('projectcontour.io/v1', 'HTTPProxy')}  routes:\n    - services:\n        - name: ca‸`, ['cart', 'web', 'web, port 9090'], '        - name: cart\n          port: 80'),
  at('the Service of a StatefulSet', `${head('apps/v1', 'StatefulSet')}  serviceName: ‸\n  selector: {matchLabels: {app: db}}\n  template:\n    metadata: {labels: {app: db}}\n    spec: {containers: [{name: c, image: i}]}\n`, ['db-headless', 'cart', 'web'], '  serviceName: db-headless'),
  at('the target of a port', `${head('v1', 'Service')}  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort: ‸`, ['8080', 'http'], '      targetPort: 8080'),
  at('a port of a policy', `${policy}  podSelector: {matchLabels: {app: web}}\n  ingress:\n    - ports:\n        - port: ‸`, ['8080', 'http'], '        - port: 8080'),
  at('a port to others', `${policy}  podSelector: {}\n  egress:\n    - to: [{namespaceSelector: {matchLabels: {env: ops}}, podSelector: {matchLabels: {tier: dns}}}]\n      ports:\n        - port: ‸`, ['53', 'dns'], '        - port: 53\n          protocol: UDP'),
  at('the port of a probe', `${container}          readinessProbe:\n            httpGet:\n              port: ‸`, ['8000', 'web'], '              port: 8000'),
  at('a URL', `${container}          env:\n            - name: CART\n              value: http://ca‸`, ['cart', 'web', 'web:9090'], '              value: http://cart'),
  at('a quoted URL with a path', `${container}          env:\n            - {name: CART, value: "http://ca‸/api"}`, ['cart'], '            - {name: CART, value: "http://cart/api"}'),
  at('a host', `${container}          env:\n            - name: CART_HOST\n              value: ‸`, ['cart', 'web', 'db-headless'], '              value: cart'),
  at('a host in a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new, namespace: shop}\ndata:\n  CART_ADDR: ‸\n', ['cart:80', 'web:9090', 'web:80'], '  CART_ADDR: cart:80'),
  at('a ConfigMap', `${container}          envFrom:\n            - configMapRef:\n                name: ‸`, ['settings'], '                name: settings'),
  at('a key of a ConfigMap', `${container}          env:\n            - name: A\n              valueFrom: {configMapKeyRef: {name: settings, key: ‸}}`, ['CART_URL', 'LEVEL'], '              valueFrom: {configMapKeyRef: {name: settings, key: CART_URL}}'),
  at('a Secret', `${head('networking.k8s.io/v1', 'Ingress')}  tls:\n    - secretName: ‸`, ['tls'], '    - secretName: tls'),
  at('a volume', `${workload}      containers: [{name: c, image: i}]\n      volumes:\n        - name: v\n          configMap: {name: ‸}\n`, ['settings'], '          configMap: {name: settings}'),
  at('a class', `${head('networking.k8s.io/v1', 'Ingress')}  ingressClassName: ‸`, ['nginx'], '  ingressClassName: nginx'),
  at('the class of a Gateway', `${head('gateway.networking.k8s.io/v1', 'Gateway')}  gatewayClassName: ‸`, ['envoy'], '  gatewayClassName: envoy'),
  at('what is scaled', `${head('autoscaling/v2', 'HorizontalPodAutoscaler')}  scaleTargetRef:\n    kind: Deployment\n    name: ‸`, ['cart', 'cart-canary', 'web'], '    name: cart'),
  at('a range', `${policy}  egress:\n    - to:\n        - ipBlock:\n            cidr: ‸`, ['10.20.0.0/16', '10.20.1.0/24'], '            cidr: 10.20.0.0/16'),
  at('an exception', `${policy}  egress:\n    - to:\n        - ipBlock:\n            cidr: 10.20.0.0/16\n            except:\n              - ‸`, ['10.20.1.0/24'], '              - 10.20.1.0/24'),
  at('an item of a List', `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: new, namespace: shop}\n    spec:\n      selector: {app: ‸}\n`, ['cart', 'web'], '      selector: {app: cart}'),
  at('a document of several', `${policy}  podSelector: {}\n---\n${policy}  podSelector: {matchLabels: {app: ‸}}\n---\n${policy}`, ['cart', 'web'], '  podSelector: {matchLabels: {app: cart}}'),
  at('a patch in a kustomization', `resources: [apps.yaml, services.yaml, others.yaml]\npatches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: web, namespace: shop}\n      spec:\n        selector:\n          matchLabels:\n            app: ‸\n    target: {kind: Deployment}\n`, ['web'], '            app: web', 'kustomization.yaml'),
  at('a backend in a patch', `resources: [apps.yaml, services.yaml, others.yaml]\npatches:\n  - patch: |-\n      apiVersion: networking.k8s.io/v1\n      kind: Ingress\n      metadata: {name: i, namespace: shop}\n      spec:\n        defaultBackend:\n          service:\n            name: ‸\n`, ['cart', 'web'], '            name: cart\n            port:\n              number: 80', 'kustomization.yaml'),
  at('a file with a patch', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    spec:\n      volumes:\n        - name: v\n          configMap:\n            name: ‸\n', ['settings'], '            name: settings', 'patch.yaml'),
  at('a document that is broken behind', `${policy}  podSelector: {matchLabels: {app: ‸}}\n  ingress: [{]\n  x: : :\n`, ['cart', 'web'], '  podSelector: {matchLabels: {app: cart}}'),
];

// biome-ignore format: a table
/** Where nothing may be offered. */
export const silent: readonly (readonly [where: string, text: string])[] = [
  ['a comment', `${policy}  podSelector:\n    matchLabels:\n      # app: ‸`],
  ['behind a value', `${policy}  podSelector:\n    matchLabels:\n      app: cart # ‸`],
  ['a template', `${policy}  podSelector:\n    matchLabels:\n      app: ‸\n      b: {{ .Values.b }}\n`],
  ['keys of a schema', `${policy}  podSelector:\n    ‸`],
  ['keys of a peer', `${policy}  ingress:\n    - from:\n        - ‸`],
  ['keys at the top', `${policy}  podSelector: {}\n‸`],
  ['kinds', 'apiVersion: v1\nkind: ‸'],
  ['names', `${head('v1', 'Service').replace('name: new', 'name: ‸')}`],
  ['the namespace of what has none', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: a\n  namespace: ‸\n'],
  ['an unknown label', `${policy}  podSelector:\n    matchLabels:\n      nobody: ‸`],
  ['a label that nothing has together', `${policy}  podSelector:\n    matchLabels:\n      app: web\n      track: ‸`],
  ['pods of an empty namespace', `${head('networking.k8s.io/v1', 'NetworkPolicy', 'empty')}  podSelector:\n    matchLabels:\n      app: ‸`],
  ['a Service that is not there', `${ingress}                name: nobody\n                port:\n                  number: ‸`],
  ['a backend of another kind', `${route}  rules:\n    - backendRefs:\n        - kind: Bucket\n          group: x.example\n          name: ‸`],
  ['a value of a variable', `${container}          env:\n            - name: LEVEL\n              value: ‸`],
  ['a path of a URL', `${container}          env:\n            - name: CART_URL\n              value: http://cart/‸`],
  ['a scheme', `${container}          env:\n            - name: LISTEN_ADDR\n              value: ‸`],
  ['images', workload.replace(/$/, '      containers:\n        - image: ‸')],
  ['text of a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata:\n  a.yaml: |\n    namespace: ‸\n'],
  ['an exception of no range', `${policy}  egress:\n    - to:\n        - ipBlock:\n            except:\n              - ‸`],
  ['deeper than a value', `${policy}  podSelector: {}\n      ‸`],
  ['what is no manifest', 'services:\n  a:\n    namespace: ‸\n    kind: x\n    apiVersion: y\n'],
];
