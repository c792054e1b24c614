import { selectorOf } from '../../kube/labels';
import { isPlaceholder } from '../../kube/placeholder';
import { podLabelsOf } from '../../kube/pods/workload';
import { titleOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { podLabelsNode } from '../../network/references/near-misses';

export default defineRule({
  id: 'service/mismatching-selector',
  title: 'Selectors of workloads match their own pod template',
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
          {
            what: `Selector of ${titleOf(workload)} does not match its pods`,
            why: `It wants ${key}=${value}, and the pod template has ${own === undefined ? 'no such label' : `${key}=${own}`}: the API server rejects the ${workload.kind}.`,
            how: 'Use the same labels in the selector and in the pod template.',
          },
          {
            related: [{ at: label, message: 'The labels of the pod template' }],
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
