import * as path from 'node:path';
import { expect, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { locate } from '../server/src/lint/place';
import { lint } from './situations';

// What the README of the examples promises to show, and nothing besides.

const folder = path.resolve(__dirname, '..', 'examples');

test('the examples show what their README says', () => {
  const disk = new Disk(folder, ['.']);
  const files = [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
  const { workspace, findings } = lint(new Map(files));
  const said = findings.map(({ at, rule, severity }) => {
    const path = workspace.placeOf(locate(at).document)?.file.path;
    return `${path}: ${severity} ${rule.id}`;
  });
  expect(said).toEqual([
    'cluster/coredns-custom.yaml: error coredns/unknown-plugin',
    'cluster/coredns.yaml: warning coredns/missing-cache',
    'cluster/kube-proxy.yaml: info kube-proxy/iptables-mode',
    'gateways/public.yaml: error gateway/missing-parent',
    'ingress-nginx/controller.yaml: info ingress/retired-controller',
    'shop/cart.yaml: info placement/chatty-without-affinity',
    'shop/catalog.yaml: info placement/chatty-without-affinity',
    'shop/ingress.yaml: error ingress/unknown-load-balance',
    'shop/namespace.yaml: warning network-policy/missing-default-deny-ingress',
    'shop/payment.yaml: info placement/chatty-without-affinity',
    'support/base/chat.yaml: warning network-policy/blocks-known-call',
    'support/overlays/production/chat-service.yaml: error service/unknown-target-port',
  ]);
});
