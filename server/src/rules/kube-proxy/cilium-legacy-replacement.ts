import { ciliumReplacementKinds, ciliumReplacementsIn, ciliumVersionOf } from '../../kube/nodes/cni-cilium';
import { set } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { Version } from '../../lint/version';
import type { Node } from '../../yaml/node';

const dead = ['strict', 'partial', 'probe', 'disabled'];

export default defineRule({
  id: 'kube-proxy/cilium-legacy-replacement',
  title: "Cilium's kubeProxyReplacement is true or false",
  severity: 'error',
  per: 'scope',
  kinds: [...ciliumReplacementKinds, 'DaemonSet'],
  references: [
    'https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/',
    'https://github.com/cilium/cilium/issues/32711',
  ],

  check(cluster, report) {
    const agents = cluster.of('DaemonSet').flatMap(workload => ciliumVersionOf(workload) ?? []);
    for (const { value, node, version } of cluster.of(...ciliumReplacementKinds).flatMap(ciliumReplacementsIn)) {
      const versions = version === undefined ? agents : [version];
      if (!dead.includes(value) || versions.some(isBefore114)) continue;
      report(
        node,
        {
          what: `'kubeProxyReplacement: ${value}' was removed in Cilium 1.14`,
          why:
            value === 'strict'
              ? "Cilium accepts only true or false: 'strict' silently leaves parts of the replacement off."
              : 'Cilium accepts only true or false, and does not understand the old word.',
          how: 'Set true if Cilium replaces kube-proxy, else false.',
        },
        { fixes: value === 'disabled' ? [to(node, 'false')] : [to(node, 'true'), to(node, 'false')] },
      );
    }
  },
});

/** A ConfigMap holds strings, where Helm takes booleans. */
function to(node: Node, answer: 'true' | 'false'): Fix {
  const title = answer === 'true' ? 'Let Cilium replace kube-proxy: true' : 'Leave Services to kube-proxy: false';
  const isText = node.key === 'kube-proxy-replacement';
  return set(title, node, isText ? answer : answer === 'true');
}

/** The old words were right then. A range such as `1.x` or `>=1.12` is no version, and proves nothing. */
function isBefore114(text: string): boolean {
  return Version.parse(text)?.atLeast('1.14') === false;
}
