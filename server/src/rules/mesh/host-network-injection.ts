import { injectFieldOf } from '../../kube/pods/mesh';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/host-network-injection',
  title: 'Pods with hostNetwork do not ask for an Istio sidecar',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/'],

  check(workload, report) {
    const field = injectFieldOf(workload);
    if (field?.text !== 'true' || !isHostNetwork(workload)) return;
    report(
      field,
      {
        what: `'${field.key}' has no effect on pods with hostNetwork`,
        why: `Istio injects no sidecar into them, because it would take over the traffic of the whole node: the pods of '${nameOf(workload)}' are not in the mesh.`,
        how: `Remove '${field.key}', or 'hostNetwork'.`,
      },
      {
        related: [{ at: podSpecOf(workload).at('hostNetwork'), message: "'hostNetwork' is set here" }],
        fixes: [remove(`Remove '${field.key}'`, field)],
      },
    );
  },
});
