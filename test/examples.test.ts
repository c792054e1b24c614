import * as path from 'node:path';
import { expect, test } from 'vitest';
import { mapDataOf } from '../server/src/assist/drawn-map';
import { Disk } from '../server/src/host/disk';
import { locate } from '../server/src/lint/place';
import { rules } from '../server/src/rules';
import { lint } from './situations';

// What the README of the examples promises to show, and nothing besides.

function lintedFolder(name: string) {
  const disk = new Disk(path.resolve(__dirname, '..', 'examples', name), ['.']);
  const files = [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
  return lint(new Map(files));
}

const larkspur = lintedFolder('larkspur-books');
const fixed = lintedFolder('fixed');

const edgesIn = ({ workspace, findings }: typeof fixed) =>
  workspace.views.flatMap(view => mapDataOf(workspace, view, findings).edges);

test('the shop shows what its README says', () => {
  const said = larkspur.findings.map(({ at, rule, severity }) => {
    const path = larkspur.workspace.placeOf(locate(at).document)?.file.path;
    return `${path}: ${severity} ${rule.id}`;
  });
  expect(said).toEqual([
    'cluster/coredns-custom.yaml: error coredns/unknown-plugin',
    'cluster/coredns-custom.yaml: error corefile/syntax',
    'cluster/coredns.yaml: warning coredns/missing-cache',
    'cluster/kube-proxy.yaml: info kube-proxy/iptables-mode',
    'cluster/node-local-dns.yaml: error node-local-dns/unreplaced-pillar',
    'data/books-db.yaml: error cni/ippool-annotation-format',
    'data/books-db.yaml: hint pooling/direct-database',
    'data/policies.yaml: info network-policy/egress-without-dns',
    'gateways/public.yaml: error gateway/missing-parent',
    'ingress-nginx/controller.yaml: error api/wrong-type',
    'ingress-nginx/controller.yaml: info ingress/retired-controller',
    'monitoring/monitors.yaml: warning network-policy/missing-default-deny-ingress',
    'monitoring/monitors.yaml: info monitoring/selects-nothing',
    'monitoring/node-agent.yaml: warning dns/host-network-policy',
    'shop/cart.yaml: info placement/chatty-without-affinity',
    'shop/cart.yaml: warning sysctl/unsafe',
    'shop/catalog.yaml: warning network-policy/blocks-known-call',
    'shop/catalog.yaml: info placement/chatty-without-affinity',
    'shop/ingress.yaml: error ingress/unknown-load-balance',
    'shop/mesh.yaml: warning mesh/subset-selects-nothing',
    'shop/namespace.yaml: warning network-policy/missing-default-deny-ingress',
    'shop/payment.yaml: info placement/chatty-without-affinity',
    'support/base/chat.yaml: warning network-policy/blocks-known-call',
    'support/base/policies.yaml: info network-policy/egress-without-dns',
    'support/overlays/production/chat-service.yaml: error service/unknown-target-port',
  ]);
});

test('the shop has something of each area', () => {
  const areaOf = (id: string) => id.replace(/\/.*/, '');
  const found = new Set(larkspur.findings.map(({ rule }) => areaOf(rule.id)));
  expect([...new Set(rules.map(({ id }) => areaOf(id)))].filter(area => !found.has(area))).toEqual([]);
});

test('policies of the shop block two calls', () => {
  const denied = edgesIn(larkspur).filter(({ answer }) => answer === 'denied');
  expect([...new Set(denied.map(({ from, to }) => `${from} => ${to}`))]).toEqual([
    'shop/catalog[Deployment] => data/books-db[StatefulSet]',
    'support/chat[Deployment] => support/tickets[Deployment]',
  ]);
});

test('the fixed shop is clean, and every call in it arrives', () => {
  expect(fixed.findings.map(({ rule }) => rule.id)).toEqual([]);
  const edges = edgesIn(fixed);
  expect(edges.length).toBeGreaterThan(10);
  expect(edges.filter(({ answer }) => answer !== 'allowed')).toEqual([]);
});

test('the fixed shop runs what the shop runs', () => {
  const podsOf = ({ workspace }: typeof fixed) =>
    new Set(workspace.views.flatMap(view => mapDataOf(workspace, view, []).nodes.map(({ id }) => id)));
  const [before, after] = [podsOf(larkspur), podsOf(fixed)];
  const goneWith = (own: Set<string>, other: Set<string>) => [...own].filter(id => !other.has(id)).sort();
  // The retired controller gives way to the Gateway, and the monitor has found its Service.
  expect(goneWith(before, after)).toEqual([
    'ingress-nginx/ingress-nginx-controller[Deployment]',
    'ingress-nginx/ingress-nginx-controller[Service]',
    'outside:Kubernetes API',
    'shop/shop[Ingress]',
  ]);
  expect(goneWith(after, before)).toEqual(['monitoring/shop[ServiceMonitor]', 'shop/shop[HTTPRoute]']);
});
