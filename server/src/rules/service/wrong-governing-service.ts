import { nameOf, type Resource } from '../../kube/resource';
import { isHeadless, type Service } from '../../kube/services/service';
import type { Cluster } from '../../kube/view';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { type CallKind, callKinds } from '../../network/calls/calls';
import { servicesOf } from '../../network/calls/services';
import { Directory, makerKinds, whereabouts } from '../../network/references/directory';

export default defineRule({
  id: 'service/wrong-governing-service',
  title: 'serviceName of a StatefulSet is a headless Service of its pods',
  severity: 'warning',
  per: 'namespace',
  kinds: [...callKinds, ...makerKinds],
  subjects: ['StatefulSet'],
  about: 'absence',
  references: ['https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id'],

  check(namespace, report) {
    const directory = new Directory(namespace, 'Service');
    const services = servicesOf(namespace);
    for (const pods of namespace.judged('StatefulSet')) {
      const node = pods.at('spec', 'serviceName');
      const name = node.string;
      if (!name) continue;
      const behind = services.servicesOf(pods);
      const named = services.named(name);
      const fault = directory.lacks(name, pods) ? 'missing' : faultOf(named, behind);
      if (fault === undefined) continue;
      const isCalled = isMemberNamed(pods, name, namespace.cluster);
      // A single pod has no peers that would look for it.
      if (!isCalled && (pods.at('spec', 'replicas').number ?? 1) < 2) continue;
      const own = behind.find(isHeadless)?.name.string;
      // The schema required the field until 1.33: where nobody needs such names, it often just repeats that of the set.
      const isFiller = fault === 'missing' && own === undefined && name === pods.name.string;
      const whats = {
        missing: `Governing Service '${name}' not found`,
        address: `Governing Service '${name}' is not headless`,
        others: `Governing Service '${name}' does not select the pods of '${nameOf(pods)}'`,
      };
      const where = fault === 'missing' ? `It is not among ${whereabouts(pods, namespace)}. ` : '';
      report(
        node,
        {
          what: whats[fault],
          why: `${where}The pods of StatefulSet '${nameOf(pods)}' get no DNS names of their own, such as '${nameOf(pods)}-0.${name}'.`,
          how: own
            ? `Use the headless Service '${own}', and recreate the StatefulSet: the field cannot be changed.`
            : 'Name a headless Service (clusterIP: None) that selects these pods, or add it.',
        },
        {
          ...(fault === 'address' ? { alone: true } : {}),
          severity: !isCalled && (isFiller || fault === 'address') ? 'info' : 'warning',
          related: named.map(service =>
            fault === 'address'
              ? { at: service.name, message: `Service '${name}' has an address of its own` }
              : { at: service.at('spec', 'selector'), message: `The selector of Service '${name}'` },
          ),
          // The field can't be changed on a StatefulSet that runs: it has to be made anew.
          fixes: own === undefined ? [] : [set(`Use '${own}' (in a StatefulSet made anew)`, node, own)],
        },
      );
    }
  },
});

/** Why the Services of that name give no names to the pods; undefined where one does, or where none is to be seen. */
function faultOf(named: readonly Service[], behind: readonly Service[]): 'address' | 'others' | undefined {
  if (named.length === 0) return undefined;
  if (!named.some(isHeadless)) return 'address';
  const isFine = named.some(service => behind.includes(service) || service.at('spec', 'selector').isEmpty);
  return isFine ? undefined : 'others';
}

/** Whether somebody writes the DNS name of one of the pods: in a variable, an argument, or a ConfigMap. */
function isMemberNamed(pods: Resource, service: string, cluster: Cluster<CallKind>): boolean {
  const member = new RegExp(`(?<![\\w-])${escaped(nameOf(pods))}-\\d+\\.${escaped(service)}(?![\\w-])`);
  return cluster.of(...callKinds).some(({ node }) => member.test(JSON.stringify(node.value)));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
