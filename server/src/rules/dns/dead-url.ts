import { allKinds } from '../../kube/kinds';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { memo } from '../../text/maps';
import type { YamlDocument } from '../../yaml/document';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'dns/dead-url',
  title: 'The NodeLocal DNSCache manifest is fetched from a URL that exists',
  severity: 'warning',
  per: 'resource',
  kinds: allKinds,
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/',
    'https://github.com/kubernetes/kubernetes/blob/master/cluster/addons/dns/nodelocaldns/nodelocaldns.yaml',
  ],

  check(resource, report) {
    if (!mentionsIt(resource.document)) return;
    for (const node of stringsIn(resource.node, 0)) {
      for (const { index: start, 0: url } of (node.string ?? '').matchAll(dead)) {
        const range = { start, end: start + url.length };
        report(
          { in: node, range },
          {
            what: 'The NodeLocal DNSCache manifest does not exist at this URL',
            why: 'The Kubernetes documentation never had this file, so whatever applies it fails.',
            how: 'Use the manifest in kubernetes/kubernetes, and fill in its __PILLAR__ variables before applying it.',
          },
          {
            fixes: [
              fix("Name the manifest in Kubernetes' repository (fill it in)", edits =>
                edits.replace({ in: node, range }, alive),
              ),
            ],
          },
        );
      }
    }
  },
});

const path = 'io/examples/admin/dns/node-local-dns.yaml';
const dead = /(?:k8s|kubernetes)\.io\/examples\/admin\/dns\/node-local-dns\.yaml/g;
const alive =
  'raw.githubusercontent.com/kubernetes/kubernetes/master/cluster/addons/dns/nodelocaldns/nodelocaldns.yaml';

/** Asked once for each document: a list can hold many objects. */
const mentionsIt = memo(({ text }: YamlDocument) => text.includes(path));

function stringsIn(node: Node, depth: number): readonly Node[] {
  if (node.string !== undefined) return node.string.includes(path) ? [node] : [];
  if (depth > 30) return [];
  return [...node.items(), ...node.entries()].flatMap(child => stringsIn(child, depth + 1));
}
