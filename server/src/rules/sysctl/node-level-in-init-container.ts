import { nodeLevel } from '../../kube/pods/sysctl';
import { sysctlContainersOf } from '../../kube/pods/sysctl-init';
import { isHostNetwork, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/node-level-in-init-container',
  title: 'An init container does not set sysctls that belong to the node',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],

  check(workload, report) {
    for (const { container, writes } of sysctlContainersOf(workload)) {
      const who = `Init container '${container.at('name').string ?? ''}'`;
      for (const { name, at } of writes) {
        const level = nodeLevel(name);
        if (level === undefined) continue;
        const reachesNode = level === 'not namespaced' || isHostNetwork(workload);
        // A DaemonSet comes to every node once: this is one of the ways to configure nodes.
        if (reachesNode && workload.kind === 'DaemonSet') continue;
        report(
          at,
          reachesNode
            ? `${who} sets '${name}' for the whole node, whoever else runs there, each time a pod of '${nameOf(workload)}' comes to it, and needs full privileges for that. Set it where the nodes are configured.`
            : `${who} can't set '${name}': ${level === 'absent' ? "a pod's network does not have it" : "a pod's network lets it only be read"}, so the write fails. It is a setting of the node: set it where the nodes are configured.`,
        );
      }
    }
  },
});
