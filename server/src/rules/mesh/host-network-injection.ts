import { injectFieldOf } from '../../kube/pods/mesh';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/host-network-injection',
  title: 'A pod on the network of its node asks for no sidecar',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/'],

  check(workload, report) {
    const field = injectFieldOf(workload);
    if (field?.text !== 'true' || !isHostNetwork(workload)) return;
    report(
      field,
      'Istio puts no sidecar into pods with hostNetwork, whatever their labels say: it would take over the traffic of the whole node. These pods are not in the mesh.',
      {
        related: [{ at: podSpecOf(workload).at('hostNetwork'), message: 'The network of the node' }],
        fixes: [remove(`Remove '${field.key}'`, field)],
      },
    );
  },
});
