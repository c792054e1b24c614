import { namespaceOf, type Sysctl, sysctlsOf } from '../../../kube/pods/sysctl';
import { podSpecOf } from '../../../kube/pods/workload';
import type { Resource } from '../../../kube/resource';
import type { Node } from '../../../yaml/node';

const fields = { net: 'hostNetwork', ipc: 'hostIPC' } as const;

/** The field by which a pod shares the namespace of a sysctl with its node: the API server rejects the two together. */
export function hostFieldOf(workload: Resource, name: string): Node | undefined {
  const namespace = namespaceOf(name);
  const field = namespace && podSpecOf(workload).at(fields[namespace]);
  return field?.boolean === true ? field : undefined;
}

/** The sysctls that a pod may have at all: of others `sysctl/host-network` says what there is to say. */
export function ownSysctlsOf(workload: Resource): readonly Sysctl[] {
  return sysctlsOf(workload).filter(({ name }) => hostFieldOf(workload, name) === undefined);
}
