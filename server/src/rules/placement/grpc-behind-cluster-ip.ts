import type { Resource } from '../../kube/resource';
import { isHeadless } from '../../kube/service';
import { podTemplateOf } from '../../kube/workload';
import { type Cluster, defineRule } from '../../lint/rule';
import { type Call, callKinds, callsOf } from '../../network/calls';
import { isPlaceable } from './neighbours';
import { mostPodsOf } from './replicas';

const meshKinds = [
  'DestinationRule.networking.istio.io',
  'VirtualService.networking.istio.io',
  'Server.policy.linkerd.io',
] as const;

const kinds = [...callKinds, ...meshKinds, 'Namespace', 'HorizontalPodAutoscaler'] as const;

type Seen = Cluster<(typeof kinds)[number]>;

export default defineRule({
  id: 'placement/grpc-behind-cluster-ip',
  title: 'gRPC calls are balanced over the pods that answer them',
  severity: 'info',
  per: 'scope',
  kinds,
  references: ['https://kubernetes.io/blog/2018/11/07/grpc-load-balancing-on-kubernetes-without-tears/'],

  check(cluster, report) {
    if (cluster.of(...meshKinds).length > 0) return;
    const autoscalers = cluster.of('HorizontalPodAutoscaler');
    for (const call of callsOf(cluster)) {
      const { callee, caller, workloads, evidence } = call;
      if (!call.isGrpc || isHeadless(callee) || !isPlaceable(caller) || isMeshed(call, cluster)) continue;
      const [place] = evidence;
      const pods = Math.max(...workloads.map(workload => mostPodsOf(workload, autoscalers)));
      // A resolver of its own (`dns:`, `xds:`) means that the client balances by itself.
      if (place === undefined || pods < 2 || evidence.some(({ scheme }) => /^(?:dns|xds)$/.test(scheme ?? '')))
        continue;
      const name = callee.name.string ?? '';
      report(
        place.at,
        `gRPC keeps one connection for all calls, and a ClusterIP balances connections: each pod of '${caller.name.string ?? ''}' sends everything to a single one of the ${pods} pods behind '${name}'. Give '${name}' a headless Service and let the client balance (round_robin), or put a mesh or a proxy that speaks HTTP/2 between them.`,
        { related: [{ at: callee.name, message: 'a Service with a ClusterIP' }] },
      );
    }
  },
});

/** Whether a mesh may stand between the two: it balances calls, not connections. */
function isMeshed({ caller, workloads }: Call, cluster: Seen): boolean {
  const namespaces = cluster.namespaceOf(caller).of('Namespace');
  const templates = [caller, ...workloads].map(workload => podTemplateOf(workload).at('metadata'));
  const metadata = [...templates, ...namespaces.map((namespace: Resource) => namespace.at('metadata'))];
  return metadata.some(each =>
    ['labels', 'annotations'].some(field =>
      each
        .at(field)
        .entries()
        .some(({ key }) =>
          /^(?:istio-injection|istio\.io\/|sidecar\.istio\.io\/|linkerd\.io\/inject|kuma\.io\/|consul\.hashicorp\.com\/)/.test(
            String(key),
          ),
        ),
    ),
  );
}
