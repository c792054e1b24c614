import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { servicePortItemsIn } from './shared/service-ports';
import { targetKinds } from './shared/targets';

export default defineRule({
  id: 'network-policy/service-port-instead-of-pod-port',
  title: 'Policy ports are the ports of pods, not of Services',
  severity: 'warning',
  per: 'namespace',
  kinds: targetKinds,
  subjects: ['NetworkPolicy'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],

  check(namespace, report) {
    for (const { item, number, served, meant } of servicePortItemsIn(namespace)) {
      const name = nameOf(served.service);
      report(
        item.at('port'),
        {
          what: `Port ${number} is the port of Service '${name}', not of its pods`,
          why: `Policies match the port of the pods, ${meant}, so this allows nothing of what comes through the Service.`,
          how: `Write ${meant}.`,
        },
        {
          related: [
            {
              at: served.port.node.at('port'),
              message: `Service '${name}' forwards port ${number} to ${meant}`,
            },
          ],
          fixes: [set(`Write ${meant}, the port of the pods`, item.at('port'), meant)],
        },
      );
    }
  },
});
