/** The outline of manifests, and the search over all objects. */
import { describe, expect, test } from 'vitest';
import { outlineOf } from '../server/src/assist/outline';
import type { OutlineEntry } from '../server/src/assist/outline-entry';
import { objectsLike } from '../server/src/assist/search';
import { readSource } from '../server/src/workspace/source-file';
import { Workspace } from '../server/src/workspace/workspace';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers:
        - name: prepare
          image: busybox
      containers:
        - name: main
          image: web:1.0.0
          ports:
            - name: http
              containerPort: 8080
            - containerPort: 9090
`;
const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports:
    - {name: http, port: 80, targetPort: http}
`;
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec:
  podSelector: {}
  ingress:
    - from: [{podSelector: {}}]
      ports: [{port: 80}]
    - {}
  egress: []
`;
const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            backend: {service: {name: web, port: {name: http}}}
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  a: x\n  "": y\n';

const shown = ({ name, detail, children }: OutlineEntry): unknown =>
  children.length === 0 ? `${name} · ${detail}` : [`${name} · ${detail}`, ...children.map(shown)];
const outline = (text: string) => outlineOf(readSource('all.yaml', text));

describe('the outline', () => {
  test('lists objects, and what of them matters', () => {
    expect(outline([web, service, policy, ingress, settings].join('---\n')).map(shown)).toEqual([
      ['Deployment web · shop', 'prepare · busybox', ['main · web:1.0.0', 'http · 8080', '9090 · ']],
      ['Service web · shop', 'http · 80 → http'],
      ['NetworkPolicy closed · ', 'ingress 1 · from and ports', 'ingress 2 · '],
      ['Ingress web · ', ['shop.example · ', '/ · → web:http']],
      ['ConfigMap settings · ', 'a · ', '(unnamed) · '],
    ]);
  });

  test('has each part inside of what holds it, whatever is typed', () => {
    const text = [web, service, policy, ingress, settings].join('---\n');
    for (let end = 0; end <= text.length; end += 7) {
      const check = (
        { name, range, selection, children }: OutlineEntry,
        outer: { start: number; end: number },
      ): void => {
        expect(name).not.toBe('');
        expect(range.start).toBeGreaterThanOrEqual(outer.start);
        expect(range.end).toBeLessThanOrEqual(outer.end);
        expect(selection.start).toBeGreaterThanOrEqual(range.start);
        expect(selection.end).toBeLessThanOrEqual(range.end);
        expect(selection.end).toBeGreaterThanOrEqual(selection.start);
        for (const child of children) check(child, range);
      };
      for (const entry of outline(text.slice(0, end))) check(entry, { start: 0, end });
    }
  });

  test('shows hostile names as they are, in a line', () => {
    const hostile = settings.replace('settings', '"a\\nb\\u202e [x](y)"');
    expect(outline(hostile)[0]?.name).toBe('ConfigMap a\\nb\\u202e [x](y)');
  });
});

describe('the search', () => {
  const overlay = (namespace: string) => `namespace: ${namespace}\nresources: [../base]\n`;
  const workspace = Workspace.empty.update([
    ['base/kustomization.yaml', 'resources: [web.yaml]\n'],
    ['base/web.yaml', service.replace(', namespace: shop', '')],
    ['prod/kustomization.yaml', overlay('prod')],
    ['test/kustomization.yaml', overlay('test')],
    ['other.yaml', settings],
  ]);
  const find = (query: string) =>
    objectsLike(workspace, query, 10).map(({ label, namespace }) => `${label} (${namespace})`);

  test('knows the namespaces that builds give', () => {
    expect(find('web')).toEqual(['Service web (prod, test)']);
    expect(find('prod')).toEqual(['Service web (prod, test)']);
    expect(find('svc')).toEqual(['Service web (prod, test)']);
    expect(find('config set')).toEqual(['ConfigMap settings ()']);
  });

  test('gives the best first, and no more than are wanted', () => {
    const names = ['cart', 'my-cart', 'cart-redis', 'chart', 'c-a-r-t'];
    const many = Workspace.empty.update(names.map((name, i) => [`${i}.yaml`, settings.replace('settings', name)]));
    const found = objectsLike(many, 'cart', 4).map(({ label }) => label.replace('ConfigMap ', ''));
    expect(found).toEqual(['cart', 'cart-redis', 'my-cart', 'c-a-r-t']);
    expect(objectsLike(many, '', 3)).toHaveLength(3);
    expect(objectsLike(many, '*.[('.repeat(100), 3)).toEqual([]);
  });
});
