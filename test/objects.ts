/** Files by their path. */
export type Files = Record<string, string>;

export const named = (kind: string, name: string, namespace?: string) =>
  `kind: ${kind}\nmetadata: {name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}\n`;
export const service = (name: string, namespace?: string, selector = `{app: ${name}}`) =>
  `apiVersion: v1\n${named('Service', name, namespace)}spec: {selector: ${selector}, ports: [{name: http, port: 80, targetPort: 8080}]}\n`;
export const deployment = (name: string, namespace?: string) =>
  `apiVersion: apps/v1\n${named('Deployment', name, namespace)}spec:\n  selector: {matchLabels: {app: ${name}}}\n  template:\n    metadata: {labels: {app: ${name}}}\n    spec:\n      containers: [{name: ${name}, image: "${name}:1", ports: [{containerPort: 8080}]}]\n`;
export const ingress = (backend: string, namespace?: string) =>
  `apiVersion: networking.k8s.io/v1\n${named('Ingress', 'web', namespace)}spec:\n  ingressClassName: contour\n  rules: [{host: web.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]\n`;
export const route = (backend: string, namespace?: string) =>
  `apiVersion: gateway.networking.k8s.io/v1\n${named('HTTPRoute', 'web', namespace)}spec: {rules: [{backendRefs: [{name: ${backend}, port: 80}]}]}\n`;
export const deny = (namespace: string, selector = '{}') =>
  `apiVersion: networking.k8s.io/v1\n${named('NetworkPolicy', 'deny', namespace)}spec: {podSelector: ${selector}, policyTypes: [Ingress, Egress]}\n`;
export const many = (...objects: readonly string[]) => objects.join('---\n');
