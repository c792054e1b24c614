import { containerPortsOf } from '../../kube/pods/workload';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { portItemsIn, type Served, servedBy, type Target, targetKinds } from './shared/targets';

export default defineRule({
  id: 'network-policy/service-port-instead-of-pod-port',
  title: 'The ports of a policy are those of the pods',
  severity: 'warning',
  per: 'namespace',
  kinds: targetKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(namespace, report) {
    for (const { item, rule, targets } of portItemsIn(namespace)) {
      const served = faultOf(item, targets);
      const [meant] = served?.numbers ?? [];
      if (served === undefined || meant === undefined || allows(rule, meant)) continue;
      const number = item.at('port').number;
      const name = nameOf(served.service);
      report(
        item.at('port'),
        `${number} is the port of Service '${name}', which sends to port ${meant} of its pods. A policy is about the pods' ports, so this allows none of what comes through the Service. Write ${meant}.`,
        {
          related: [
            {
              at: served.port.node.at('port'),
              message: `Service '${name}' listens on ${number} and sends to ${meant}`,
            },
          ],
          fixes: [set(`Write ${meant}, the port of the pods`, item.at('port'), meant)],
        },
      );
    }
  },
});

/** The Service whose number stands in a rule, where no pod has a port of that number and every Service sends elsewhere. */
function faultOf(item: Node, targets: readonly Target[]): Served | undefined {
  const number = item.at('port').number;
  const protocol = item.at('protocol').string ?? 'TCP';
  if (number === undefined || item.at('endPort').exists) return undefined;
  const isDeclared = targets.some(({ workload }) =>
    containerPortsOf(workload).some(port => port.number === number && port.protocol === protocol),
  );
  if (isDeclared) return undefined;
  const served = targets.flatMap(servedBy).filter(({ port }) => port.number === number && port.protocol === protocol);
  const isReached = served.some(({ numbers }) => numbers.length === 0 || numbers.includes(number));
  // A pod that declares nothing, and is behind no such Service, may listen on anything.
  const isOpen = targets.some(
    target =>
      containerPortsOf(target.workload).length === 0 && servedBy(target).every(({ port }) => port.number !== number),
  );
  return isReached || isOpen ? undefined : served[0];
}

/** Whether the rule allows a number by another of its items. */
function allows(rule: Node, number: number): boolean {
  return rule
    .at('ports')
    .items()
    .some(item => {
      const first = item.at('port').number ?? Number.NaN;
      const last = item.at('endPort').number ?? first;
      return !item.at('port').exists || (first <= number && number <= last);
    });
}
