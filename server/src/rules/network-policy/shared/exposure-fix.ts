import { allowPolicy, namespacePeer, ruleOf } from '../../../kube/policies/allow-policy';
import { selectsByDefault } from '../../../kube/policies/network-policy';
import { nameOf } from '../../../kube/resource';
import type { Cluster } from '../../../kube/view';
import { fix } from '../../../lint/fixes';
import type { Fix } from '../../../lint/rule';
import type { Exposure } from '../../../network/answers/exposure';
import { portItemsOf } from '../../../network/answers/known-calls';
import type { Pod } from '../../../network/policies/pods';
import type { Reason } from '../../../network/policies/reasons';
import { ownLabelsOf } from '../../../network/references/near-misses';
import { Connections } from '../../../network/sets/connections';
import { freeName } from './free-name';

/**
 * Opens the pods behind a route: to the namespaces of the controllers that are among the manifests, else to everybody,
 * since where the controller is, and whether it has a network of its own, is then not known.
 */
export function exposureFix(
  cluster: Cluster<'NetworkPolicy'>,
  exposures: readonly Exposure[],
  { isolating }: Reason,
  controllers: readonly Pod[],
): Fix {
  const [first] = exposures;
  const connections = Connections.unionOf(exposures.map(exposure => exposure.connections));
  const isKnown =
    first?.route.kind === 'Ingress' && controllers.length > 0 && controllers.every(each => !each.isHostNetwork);
  const homes = isKnown ? [...new Set(controllers.map(({ namespaceName }) => namespaceName))] : [];
  const rule = ruleOf('ingress', homes.map(namespacePeer), portItemsOf(connections));
  const service = first ? nameOf(first.service) : '';
  const who = homes.length > 0 ? `namespace ${homes.map(each => `'${each}'`).join(' and ')}` : 'everybody';
  const own = isolating.find(({ policy, isDoubtful }) => {
    return !isDoubtful && selectsByDefault(policy.resource.at('spec', 'podSelector')) === false;
  });
  return fix(`Let ${who} reach '${service}' on ${connections}`, edits => {
    const list = own?.policy.resource.at('spec', 'ingress');
    if (list)
      return list.items().length === 0 ? edits.set(list, [rule]) : edits.set(list.at(list.items().length), rule);
    const taken = new Set(cluster.of('NetworkPolicy').map(nameOf));
    const name = `allow-ingress-to-${service}`;
    const pods = [...new Set(exposures.map(({ pod }) => pod))];
    const policies = pods.map(pod => {
      const written = pod.workload.writtenNamespace === undefined ? undefined : pod.namespaceName;
      const rules = { ingress: [rule], egress: [] };
      return allowPolicy(freeName(name, taken), written, ownLabelsOf(pod.workload), rules);
    });
    return edits.createFile(`${name}.yaml`, policies);
  });
}
