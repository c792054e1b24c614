import { selectorOf } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { podLabelsOf } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { podLabelsNode } from '../../network/references/near-misses';

export default defineRule({
  id: 'service/mismatching-selector',
  title: 'A workload selects the pods that it makes',
  severity: 'error',
  per: 'namespace',
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector'],

  check(namespace, report) {
    for (const workload of namespace.judged('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet')) {
      const selector = selectorOf(workload.at('spec', 'selector'));
      const labels = podLabelsOf(workload);
      if (!selector.isSound) continue;
      const template = podLabelsNode(workload);
      for (const { key, operator, values, node } of selector.requirements) {
        const [value] = values;
        const own = labels.get(key);
        if (operator !== 'In' || values.size !== 1 || value === undefined || own === value) continue;
        if (isPlaceholder(`${value} ${own}`)) continue;
        const label = template.at(key);
        report(
          node,
          `The selector wants ${key}=${value}, and the pods of this ${workload.kind} get ${own === undefined ? 'no such label' : `${key}=${own}`}: the API server rejects it.`,
          {
            related: [
              { at: label, message: own === undefined ? 'The labels of the pods' : `The pods get ${key}=${own}` },
            ],
            fixes: [
              set(`Give the pods ${key}=${value}`, label, value),
              ...(own === undefined ? [] : [set(`Select ${key}=${own}`, node, own)]),
            ],
          },
        );
      }
    }
  },
});
