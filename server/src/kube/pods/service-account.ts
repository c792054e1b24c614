import { memo } from '../../text/maps';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import { podSpecOf, type Workload } from './workload';

export const bindingKinds = ['RoleBinding', 'ClusterRoleBinding'] as const;

type BindingKind = (typeof bindingKinds)[number];

/** The binding that gives the pods of a workload rights at the Kubernetes API, where they have a token to use them. */
export function bindingOf(workload: Workload, namespace: string, cluster: Cluster<BindingKind>): Resource | undefined {
  const bindings = bindingsIn(cluster);
  if (bindings.size === 0) return undefined;
  const spec = podSpecOf(workload);
  if (spec.at('automountServiceAccountToken').boolean === false) return undefined;
  const account = spec.at('serviceAccountName').string ?? spec.at('serviceAccount').string ?? 'default';
  return bindings.get(`${namespace}/${account}`);
}

/** The first binding of each account. A RoleBinding means accounts of its own namespace where it names none. */
const bindingsIn = memo(
  (cluster: Cluster<BindingKind>): ReadonlyMap<string, Resource> => {
    const found = new Map<string, Resource>();
    for (const binding of cluster.of(...bindingKinds)) {
      for (const subject of binding.at('subjects').items()) {
        if (subject.at('kind').string !== 'ServiceAccount') continue;
        const key = `${subject.at('namespace').string ?? cluster.namespaceOf(binding).name}/${subject.at('name').string}`;
        if (!found.has(key)) found.set(key, binding);
      }
    }
    return found;
  },
  cluster => cluster.of(...bindingKinds),
);
