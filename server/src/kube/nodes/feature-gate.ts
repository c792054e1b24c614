import type { Edits } from '../../yaml/edit';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import type { Kind } from '../kinds';
import { groupOf } from '../kinds';
import { containersOf, isWorkload, workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';
import { clusterApiSpec } from './kubelet';
import { objectsInText } from './objects-in-text';

/** A feature gate where it is set, be it an entry of a map or a word of a flag. */
export interface FeatureGate {
  readonly at: Node | Place;
  /** Undefined where the value is neither true nor false. */
  readonly isOn: boolean | undefined;
  /** Whose gate it is, as a message names it, such as `the kubelet`. */
  readonly component: string;
  /** Takes the gate out, and what it leaves empty. */
  remove(edits: Edits): unknown;
}

/** Kinds in which feature gates can stand. 'Unlisted' is for KubeadmConfig and its template. */
export const featureGateKinds = [
  'KubeletConfiguration.kubelet.config.k8s.io',
  'KubeProxyConfiguration.kubeproxy.config.k8s.io',
  'ConfigMap',
  'ClusterConfiguration.kubeadm.k8s.io',
  'InitConfiguration.kubeadm.k8s.io',
  'JoinConfiguration.kubeadm.k8s.io',
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io',
  'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io',
  'Cluster.kind.x-k8s.io',
  'Cluster.kops.k8s.io',
  'Unlisted',
  ...workloadKinds,
] as const satisfies readonly Kind[];

/** Every place in an object that sets this feature gate of a Kubernetes component. */
export function featureGatesIn(resource: Resource, gate: string): readonly FeatureGate[] {
  if (isWorkload(resource)) return containersOf(resource).flatMap(container => inFlags(container, gate));
  const maps = mapsOf(resource).flatMap(({ map, component }) => inMap(map, gate, component));
  const flags = extraArgsOf(resource).flatMap(({ value, component }) => inList(value, 0, gate, component));
  return [...maps, ...flags];
}

interface Owned {
  readonly component: string;
}

function mapsOf(resource: Resource): readonly (Owned & { readonly map: Node })[] {
  switch (resource.kind) {
    case 'KubeletConfiguration.kubelet.config.k8s.io':
      return [{ map: resource.at('featureGates'), component: 'the kubelet' }];
    case 'KubeProxyConfiguration.kubeproxy.config.k8s.io':
      return [{ map: resource.at('featureGates'), component: 'kube-proxy' }];
    case 'Cluster.kind.x-k8s.io':
      return [{ map: resource.at('featureGates'), component: 'a component' }];
    case 'Cluster.kops.k8s.io':
      return kopsComponents.map(([field, component]) => ({
        map: resource.at('spec', field, 'featureGates'),
        component,
      }));
    case 'ConfigMap':
      return resource.at('data').entries().flatMap(inText);
    default:
      return [];
  }
}

/**
 * @source kubernetes/kops:pkg/apis/kops/v1alpha2/cluster.go (0031f9e, read 2026-11-29)
 * @source kubernetes/kops:pkg/apis/kops/v1alpha3/cluster.go (read 2026-11-29)
 */
const kopsComponents = [
  ['kubelet', 'the kubelet'],
  ['controlPlaneKubelet', 'the kubelet'],
  ['kubeProxy', 'kube-proxy'],
  ['kubeAPIServer', 'kube-apiserver'],
  ['kubeControllerManager', 'kube-controller-manager'],
  ['kubeScheduler', 'kube-scheduler'],
] as const;

function inText(text: Node): readonly (Owned & { readonly map: Node })[] {
  if (text.string?.includes('featureGates') !== true) return [];
  return objectsInText(text).flatMap(({ kind, group, root }) => {
    if (kind === 'KubeletConfiguration' && group === 'kubelet.config.k8s.io')
      return [{ map: root.at('featureGates'), component: 'the kubelet' }];
    if (kind !== 'KubeProxyConfiguration' || group !== 'kubeproxy.config.k8s.io') return [];
    return [{ map: root.at('featureGates'), component: 'kube-proxy' }];
  });
}

function inMap(map: Node, gate: string, component: string): readonly FeatureGate[] {
  const entry = map.at(gate);
  if (!entry.exists) return [];
  return [{ at: entry, isOn: isOn(entry.text), component, remove: edits => edits.remove(entry) }];
}

/**
 * Flags that kubeadm hands on: a map before v1beta4, a list of name and value since.
 *
 * @source kubernetes/kubernetes:cmd/kubeadm/app/apis/kubeadm/v1beta4/types.go (017b1e4, read 2026-11-29)
 */
function extraArgsOf(resource: Resource): readonly (Owned & { readonly value: Node })[] {
  const holders = kubeadmRootsOf(resource).flatMap(root => [
    { args: root.at('apiServer', 'extraArgs'), component: 'kube-apiserver' },
    { args: root.at('controllerManager', 'extraArgs'), component: 'kube-controller-manager' },
    { args: root.at('scheduler', 'extraArgs'), component: 'kube-scheduler' },
    { args: root.at('nodeRegistration', 'kubeletExtraArgs'), component: 'the kubelet' },
  ]);
  return holders.flatMap(({ args, component }) => {
    const items = args
      .items()
      .filter(item => item.at('name').string === 'feature-gates')
      .map(item => item.at('value'));
    return [...items, args.at('feature-gates')].map(value => ({ value, component }));
  });
}

/** @source kubernetes-sigs/cluster-api:test/infrastructure/docker/examples/machine-pool.yaml (ae7ff04) */
function kubeadmRootsOf(resource: Resource): readonly Node[] {
  if (groupOf(resource.apiVersion) === 'kubeadm.k8s.io') return [resource.node];
  if (resource.kind === 'ConfigMap') {
    const texts = resource
      .at('data')
      .entries()
      .filter(text => text.string?.includes('feature-gates'));
    return texts.flatMap(objectsInText).flatMap(({ group, root }) => (group === 'kubeadm.k8s.io' ? [root] : []));
  }
  const spec = clusterApiSpec(resource);
  return ['clusterConfiguration', 'initConfiguration', 'joinConfiguration'].map(name => spec.at(name));
}

function inFlags(container: Node, gate: string): readonly FeatureGate[] {
  const items = [...container.at('command').items(), ...container.at('args').items()];
  const flag = '--feature-gates=';
  const first = items[0]?.string ?? '';
  const component = first.slice(first.lastIndexOf('/') + 1) || 'a component';
  return items.flatMap(item => (item.string?.startsWith(flag) ? inList(item, flag.length, gate, component) : []));
}

/** `A=true,B=false` in a string, from an offset on. */
function inList(node: Node, from: number, gate: string, component: string): readonly FeatureGate[] {
  const text = node.string;
  if (text === undefined || !text.includes(gate)) return [];
  const pairs = text.slice(from).split(',');
  let start = from;
  return pairs.flatMap((pair, i): readonly FeatureGate[] => {
    const range = { start, end: start + pair.length };
    start = range.end + 1;
    const [name, value] = pair.split('=');
    if (name?.trim() !== gate) return [];
    const isLast = i === pairs.length - 1;
    const withComma = {
      start: isLast && i > 0 ? range.start - 1 : range.start,
      end: isLast ? range.end : range.end + 1,
    };
    const whole = node.parent?.isMapping && typeof node.parent.key === 'number' ? node.parent : node;
    const remove = (edits: Edits) =>
      pairs.length === 1 ? edits.remove(whole) : edits.replace({ in: node, range: withComma }, '');
    return [{ at: { in: node, range }, isOn: isOn(value?.trim()), component, remove }];
  });
}

/** As Go's strconv.ParseBool, which the flag uses. */
function isOn(text: string | undefined): boolean | undefined {
  if (/^(?:1|t|true)$/i.test(text ?? '')) return true;
  return /^(?:0|f|false)$/i.test(text ?? '') ? false : undefined;
}
