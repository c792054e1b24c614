import { proxyConfigsIn, proxyModeKinds } from '../../kube/nodes/kube-proxy';
import { type Resource, titleOf } from '../../kube/resource';
import { monitorKinds, monitorSelectorOf } from '../../kube/services/monitor';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'monitoring/kube-proxy-metrics-localhost',
  title: 'The metrics of kube-proxy are reachable where a monitor scrapes them',
  severity: 'info',
  per: 'scope',
  kinds: [...monitorKinds, ...proxyModeKinds],
  references: [
    'https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/#kubeproxy-config-k8s-io-v1alpha1-KubeProxyConfiguration',
  ],

  check(cluster, report) {
    const monitor = cluster.of(...monitorKinds).find(isForKubeProxy);
    if (monitor === undefined) return;
    for (const config of cluster.of(...proxyModeKinds).flatMap(proxyConfigsIn)) {
      const field = config.at('metricsBindAddress');
      if (!isLocal(field)) continue;
      const written = field.string ?? '';
      report(
        field.exists ? field : config.at('kind'),
        {
          what: 'Metrics of kube-proxy are reachable from their node only',
          why: `'metricsBindAddress' is ${written || '127.0.0.1:10249 by default'}, so ${titleOf(monitor)} reaches no target.`,
          how: "Set 'metricsBindAddress' to 0.0.0.0:10249, and restrict who may reach that port of the nodes.",
        },
        {
          related: [{ at: monitor.name, message: `${monitor.kindName} for kube-proxy` }],
          fixes: [set('Set metricsBindAddress to 0.0.0.0:10249', field, '0.0.0.0:10249')],
        },
      );
    }
  },
});

/** By what it selects. A proxy in between (kube-rbac-proxy) has another port than kube-proxy's own. */
function isForKubeProxy(monitor: Resource): boolean {
  const values = monitorSelectorOf(monitor).requirements.flatMap(({ values: wanted }) => [...wanted]);
  return values.some(value => /^(?:kube-prometheus-stack-|.*-)?kube-proxy$/.test(value));
}

/** Unset, or an address that only the node itself can use. */
function isLocal(field: Node): boolean {
  const value = field.string ?? '';
  return value === '' || /^(?:127\.|localhost|\[::1\])/.test(value);
}
