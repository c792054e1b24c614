import { safeSince, sysctlsOf } from '../../kube/pods/sysctl';
import { type SysctlContainer, sysctlContainersOf } from '../../kube/pods/sysctl-init';
import { isHostNetwork, podSpecOf, workloadKinds } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Target } from '../../lint/rule';
import { listedInShort } from '../../text/words';

export default defineRule({
  id: 'sysctl/privileged-init',
  title: 'Safe sysctls are set in securityContext, not by a privileged init container',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  options: ['kubernetes'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],

  check(workload, report, target) {
    if (isHostNetwork(workload)) return;
    for (const found of sysctlContainersOf(workload)) {
      const [first] = found.writes;
      if (first === undefined || !found.writes.every(({ name }) => isSafe(name, target))) continue;
      report(
        first.at,
        {
          what: `Init container '${found.container.at('name').string ?? ''}' is privileged to set safe sysctls`,
          why: `Any pod may set ${listedInShort(found.writes.map(({ name }) => name))} without privileges and without an exception from Pod Security.`,
          how: "Set them in 'securityContext.sysctls' of the pod instead.",
        },
        {
          related: [
            { at: found.container.at('securityContext', 'privileged'), message: 'Not needed for safe sysctls' },
          ],
          fixes: asFields(workload, found),
        },
      );
    }
  },
});

function isSafe(name: string, target: Target): boolean {
  const since = safeSince(name);
  return since !== undefined && target.kubernetes.atLeast(since);
}

/** Only where the container does nothing else, and all values are written down. */
function asFields(workload: Resource, { container, writes, isPure }: SysctlContainer): Fix[] {
  if (!isPure || writes.some(({ value }) => value === undefined || value === '')) return [];
  const list = podSpecOf(workload).at('securityContext', 'sysctls');
  const values = new Map(writes.map(({ name, value }) => [name, value]));
  for (const { name } of sysctlsOf(workload)) values.delete(name);
  return [
    fix('Set them in securityContext, and remove the container', edits => {
      const count = list.items().length;
      for (const [i, [name, value]] of [...values].entries()) edits.set(list.at(count + i), { name, value });
      edits.remove(container);
    }),
  ];
}
