import { allKinds } from '../../kube/kinds';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { memo } from '../../text/maps';
import type { YamlDocument } from '../../yaml/document';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'dns/dead-url',
  title: 'The manifest of NodeLocal DNSCache is fetched from where it is',
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
          'There is no such file: the documentation never had a manifest of NodeLocal DNSCache at this address, so whatever applies it fails. The manifest is in the repository of Kubernetes, and its __PILLAR__ variables must be filled in before it is applied.',
          {
            fixes: [
              fix('Name the manifest in the repository of Kubernetes, whose variables must be filled in', edits =>
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
