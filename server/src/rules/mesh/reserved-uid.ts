import { isInjected } from '../../kube/pods/mesh';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { defineRule } from '../../lint/rule';

/** The user that istio-proxy runs as: the rules in the pod let its traffic pass by the proxy. */
const reserved = 1337;

export default defineRule({
  id: 'mesh/reserved-uid',
  title: "An application in a pod with Istio's sidecar does not run as its user",
  severity: 'warning',
  per: 'namespace',
  kinds: ['Namespace', ...workloadKinds],
  references: ['https://istio.io/latest/docs/reference/config/analysis/ist0144/'],

  check(namespace, report) {
    for (const workload of namespace.judged(...workloadKinds)) {
      if (!isInjected(workload, namespace.labels)) continue;
      const spec = podSpecOf(workload);
      const containers = spec.at('containers').items();
      // A pod that is nothing but the proxy is a gateway.
      const own = containers.filter(container => container.at('name').string !== 'istio-proxy');
      const written = own.map(container => container.at('securityContext', 'runAsUser'));
      const inherits = written.some(field => !field.exists);
      const fields = [...written, ...(inherits ? [spec.at('securityContext', 'runAsUser')] : [])];
      for (const field of fields) {
        if (field.number !== reserved) continue;
        report(
          field,
          `User ${reserved} is that of Istio's sidecar, and what it sends passes by the sidecar: the traffic of this container is outside of the mesh, without its encryption and policies. Take another number.`,
        );
      }
    }
  },
});
