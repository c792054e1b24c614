/** A small shop, in which objects name each other in every way that there is. */
export const shop: Readonly<Record<string, string>> = {
  'shop/cart.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: cart-app, namespace: shop, labels: {app: cart}}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart, tier: api}}
    spec:
      serviceAccountName: robot
      containers:
        - name: main
          image: cart:1
          ports: [{name: web, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /, port: web}}
          env: [{name: DB_URL, value: "postgres://db.shop.svc.cluster.local:5432/cart"}]
          envFrom: [{configMapRef: {name: settings}}]
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop, labels: {monitored: "yes"}}
spec:
  selector: {app: cart}
  ports: [{name: http, port: 80, targetPort: web}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data:
  CART_HOST: cart
  nginx.conf: |
    upstream x { server cart:80; }
    # see http://cart.shop.svc/
`,
  'shop/db.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: pg, image: postgres, ports: [{containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
`,
  'shop/edge.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: edge, namespace: shop}
spec:
  ingressClassName: outer
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: cart, port: {name: http}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart-route, namespace: shop}
spec:
  parentRefs: [{name: front, namespace: infra, sectionName: plain}]
  rules: [{backendRefs: [{name: cart, port: 80}]}]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: watch, namespace: shop}
spec:
  selector: {matchLabels: {monitored: "yes"}}
  endpoints: [{port: http}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scale, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart-app}
  maxReplicas: 3
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: keep, namespace: shop}
spec: {minAvailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [cart]}]}}
`,
  'infra/infra.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: sales}}
---
apiVersion: v1
kind: Namespace
metadata: {name: infra}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: outer}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front, namespace: infra}
spec:
  gatewayClassName: some
  listeners: [{name: plain, protocol: HTTP, port: 80, allowedRoutes: {namespaces: {from: All}}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: some}
spec: {controllerName: example.com/x}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: to-db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
          podSelector: {matchLabels: {app: cart, tier: api}}
        - namespaceSelector: {matchLabels: {team: sales}}
      ports: [{port: 5432}]
`,
};
