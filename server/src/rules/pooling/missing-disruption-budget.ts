import { selectorOf } from '../../kube/labels';
import { podLabelsOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { pgbouncerKinds, pgbouncersIn } from './shared/pgbouncers';

export default defineRule({
  id: 'pooling/missing-disruption-budget',
  title: 'Poolers with several pods have a PodDisruptionBudget',
  severity: 'info',
  per: 'namespace',
  kinds: [...pgbouncerKinds, 'PodDisruptionBudget'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],

  check(namespace, report) {
    const budgets = namespace.of('PodDisruptionBudget').map(budget => selectorOf(budget.at('spec', 'selector')));
    for (const { workload, isApart } of pgbouncersIn(namespace)) {
      const labels = podLabelsOf(workload);
      if (workload.kind !== 'Deployment' || !isApart || (workload.at('spec', 'replicas').number ?? 1) < 2) continue;
      if (budgets.some(budget => budget.matches(labels) || !budget.isSound)) continue;
      const selector = workload.at('spec', 'selector', 'matchLabels');
      const manifest = {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: {
          name: workload.name.text ?? 'pgbouncer',
          ...(workload.writtenNamespace === undefined ? {} : { namespace: workload.writtenNamespace }),
        },
        spec: { maxUnavailable: 1, selector: { matchLabels: selector.value } },
      };
      report(
        workload.name,
        {
          what: `Pooler '${nameOf(workload)}' has no PodDisruptionBudget`,
          why: 'Draining nodes may evict all of its pods at once, and with them every connection to the database.',
          how: "Add a PodDisruptionBudget with 'maxUnavailable: 1'.",
        },
        {
          fixes: selector.isEmpty
            ? []
            : [fix('Add a PodDisruptionBudget with maxUnavailable: 1', edits => edits.append(workload.node, manifest))],
        },
      );
    }
  },
});
