import { nodeLevel } from '../../kube/pods/sysctl';
import { sysctlContainersOf } from '../../kube/pods/sysctl-init';
import { isHostNetwork, workloadKinds } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'sysctl/node-level-in-init-container',
  title: 'Init containers do not set node-level sysctls',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],

  check(workload, report) {
    const told = new Set<string>();
    for (const { container, writes } of sysctlContainersOf(workload)) {
      for (const { name, at } of writes) {
        const level = nodeLevel(name);
        if (level === undefined || told.has(name)) continue;
        const reachesNode = level === 'not namespaced' || isHostNetwork(workload);
        // A DaemonSet comes to every node once: this is one of the ways to configure nodes.
        if (reachesNode && workload.kind === 'DaemonSet') continue;
        told.add(name);
        report(at, {
          what: `Init container '${container.at('name').string ?? ''}' ${reachesNode ? 'sets' : "can't set"} node sysctl '${name}'`,
          why: reachesNode
            ? `It needs full privileges and changes the value for every pod on the node, whenever a pod of '${nameOf(workload)}' starts there.`
            : `It ${level === 'absent' ? 'does not exist' : 'is read-only'} in a pod's network, so the write fails.`,
          how: 'Set it where the nodes are configured.',
        });
      }
    }
  },
});
