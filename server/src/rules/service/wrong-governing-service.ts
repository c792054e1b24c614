import { nameOf } from '../../kube/resource';
import { isHeadless } from '../../kube/services/service';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { serviceKinds, servicesOf } from '../../network/calls/services';
import { Directory, makerKinds, whereabouts } from '../../network/references/directory';

export default defineRule({
  id: 'service/wrong-governing-service',
  title: 'The serviceName of a StatefulSet is a headless Service of its pods',
  severity: 'warning',
  per: 'namespace',
  kinds: [...serviceKinds, ...makerKinds],
  subjects: ['StatefulSet'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id'],

  check(namespace, report) {
    const directory = new Directory(namespace, 'Service');
    const services = servicesOf(namespace);
    for (const set of namespace.judged('StatefulSet')) {
      const node = set.at('spec', 'serviceName');
      const name = node.string;
      if (!name) continue;
      const behind = services.servicesOf(set);
      const better = behind.find(isHeadless);
      // The field can't be changed on a StatefulSet that runs: it has to be made anew.
      const fixes = choose(node, better?.name.string);
      const effect = `The pods of '${nameOf(set)}' get no names of their own in DNS`;
      const named = services.named(name);
      if (directory.lacks(name, set)) {
        const near = better?.name.string;
        // The schema required the field until 1.33: where nobody needs such names, it often just repeats that of the set.
        const isFiller = name === set.name.string || (set.at('spec', 'replicas').number ?? 1) < 2;
        report(
          node,
          `${effect}: no Service '${name}' is among ${whereabouts(set, namespace)}.${near ? ` Did you mean '${near}'?` : ''}`,
          { severity: near === undefined && isFiller ? 'info' : 'warning', fixes: choose(node, near) },
        );
      } else if (named.length > 0 && !named.some(isHeadless)) {
        report(
          node,
          `${effect}: Service '${name}' is not headless, and only a headless one (clusterIP: None) has a name for each pod.`,
          {
            severity: 'info',
            alone: true,
            related: named.map(service => ({
              at: service.name,
              message: `Service '${name}' has an address of its own`,
            })),
            fixes,
          },
        );
      } else if (
        named.length > 0 &&
        !named.some(service => behind.includes(service) || service.at('spec', 'selector').isEmpty)
      ) {
        report(node, `${effect}: the headless Service '${name}' doesn't select them.`, {
          related: named.map(service => ({
            at: service.at('spec', 'selector'),
            message: `What Service '${name}' selects`,
          })),
          fixes,
        });
      }
    }
  },
});
