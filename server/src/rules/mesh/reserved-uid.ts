import { isInjected } from '../../kube/pods/mesh';
import { podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

/** The user that istio-proxy runs as: the rules in the pod let its traffic pass by the proxy. */
const reserved = 1337;

export default defineRule({
  id: 'mesh/reserved-uid',
  title: 'Containers beside an Istio sidecar do not run as user 1337',
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
        report(field, {
          what: `User ID ${reserved} is reserved for the Istio sidecar`,
          why: `What this user sends is not redirected into the sidecar: the traffic of ${titleOf(workload)} leaves the mesh, without its encryption and policies.`,
          how: 'Run the application as another user.',
        });
      }
    }
  },
});
