import type { Labels } from '../../kube/labels';
import type { Workload } from '../../kube/pods/workload';
import {
  type ContainerPort,
  containerPortsOf,
  isHostNetwork,
  podLabelsOf,
  workloadKinds,
} from '../../kube/pods/workload';
import type { Cluster, Namespace } from '../../kube/view';
import { memo } from '../../text/maps';
import type { NetworkKind } from '../network-kinds';

/** Pods of one manifest: all that a workload makes are alike. */
export interface Pod {
  readonly workload: Workload;
  readonly namespace: Namespace<NetworkKind>;
  /** The name the namespace has for the model: never empty. */
  readonly namespaceName: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly isHostNetwork: boolean;
}

/** Pods of one owner: what the field's tools take for one end of a connection. */
export interface Peer {
  /** `namespace/name[Kind]`, unique in its cluster. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly pods: readonly Pod[];
}

interface OwnPart {
  readonly name: string;
  readonly kind: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly isHostNetwork: boolean;
}

/** Every pod of the cluster that has manifests, grouped by owner, in the order of the manifests. */
export function peersOf(view: Cluster<NetworkKind>): readonly Peer[] {
  const peers = new Map<string, Peer & { readonly pods: Pod[] }>();
  for (const namespace of view.namespaces) {
    const namespaceName = namespace.name || 'default';
    for (const workload of namespace.of(...workloadKinds)) {
      const { name, kind, ...rest } = ownPartOf(workload);
      const id = `${namespaceName}/${name}[${kind}]`;
      const pod: Pod = { workload, namespace, namespaceName, ...rest };
      const peer = peers.get(id);
      if (peer) peer.pods.push(pod);
      else peers.set(id, { id, namespace: namespaceName, name, kind, pods: [pod] });
    }
  }
  return [...peers.values()];
}

const ownPartOf = memo(
  (workload: Workload): OwnPart => ({
    ...ownerOf(workload),
    labels: podLabelsOf(workload),
    ports: containerPortsOf(workload),
    isHostNetwork: isHostNetwork(workload),
  }),
);

/** A Pod goes by the name of the object that controls it; that of a static pod is its node, which owns nothing. */
function ownerOf(workload: Workload): { readonly name: string; readonly kind: string } {
  const references = workload.kind === 'Pod' ? workload.at('metadata', 'ownerReferences').items() : [];
  const owner = references.find(reference => reference.at('controller').boolean === true);
  const name = owner?.at('name').string;
  const kind = owner?.at('kind').string ?? 'Pod';
  if (name !== undefined && kind !== 'Node') return { name, kind };
  return { name: writtenNameOf(workload), kind: workload.kind };
}

function writtenNameOf(workload: Workload): string {
  return workload.name.text ?? workload.at('metadata', 'generateName').text ?? '(unnamed)';
}

/** @source https://ovn-kubernetes.io/features/user-defined-networks/user-defined-networks/ (read 2026-11-29) */
const primaryNetworkLabel = 'k8s.ovn.org/primary-user-defined-network';

/**
 * The network that a pod is in: '' for the one of all pods. The label tells that OVN-Kubernetes gives the pods of the
 * namespace another one; whether they share it with those of other namespaces, it doesn't.
 */
export function networkNameOf({ namespace, namespaceName, isHostNetwork }: Pod): string {
  return namespace.labels.has(primaryNetworkLabel) && !isHostNetwork ? namespaceName : '';
}

/** A pod by its own name, where the pods of an owner have to be told apart. */
export function ownIdOf({ workload, namespaceName }: Pod): string {
  return `${namespaceName}/${writtenNameOf(workload)}[${workload.kind}]`;
}
