import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Place as ValuePlace } from '../../yaml/replace';
import type { Kind } from '../kinds';
import { isPlaceholder } from '../placeholder';
import { workloadKinds } from '../pods/workload';
import type { Resource } from '../resource';
import { proxyFlagsIn } from './flags';
import { clusterApiSpec } from './kubelet';
import { objectsInText } from './objects-in-text';

/** A place that decides kube-proxy's mode, or leaves it to kube-proxy. */
export interface ProxyMode {
  /** As written; '' when it is left to kube-proxy, which takes iptables on Linux today. */
  readonly value: string;
  /** A configuration object of its own, one inside a string, a flag, or the cluster files of kind and kops. */
  readonly form: 'document' | 'text' | 'flag' | 'kind' | 'kops';
  /** The value, or what stands for it where it is not written. */
  readonly at: Node | ValuePlace;
  /** The field to set; undefined where the value is a word of a larger text. */
  readonly field: Node | undefined;
  /** The KubeProxyConfiguration that it is part of. */
  readonly config: Node | undefined;
  /** Whether the node answers ARP only for its own addresses in ipvs mode; undefined where the form has no word for it. */
  readonly strictArp: boolean | undefined;
  /** The Kubernetes version that the same object asks for. */
  readonly kubernetes: string | undefined;
}

/** Kinds in which a mode can stand. 'Unlisted' is for KubeadmConfig and its template. */
export const proxyModeKinds = [
  'KubeProxyConfiguration.kubeproxy.config.k8s.io',
  'ConfigMap',
  'Cluster.kind.x-k8s.io',
  'Cluster.kops.k8s.io',
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io',
  'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io',
  'Unlisted',
  ...workloadKinds,
] as const satisfies readonly Kind[];

/** Every mode in an object; none for Windows, none where a placeholder stands for it. */
export const proxyModesIn = memo((resource: Resource): readonly ProxyMode[] =>
  read(resource).filter(mode => !isPlaceholder(mode.value)),
);

/** The KubeProxyConfigurations of an object: itself, or in the strings that it holds. */
export const proxyConfigsIn = memo((resource: Resource): readonly Node[] => {
  if (resource.kind === 'KubeProxyConfiguration.kubeproxy.config.k8s.io') return [resource.node];
  return textsOf(resource)
    .flatMap(text => (text.string?.includes('KubeProxyConfiguration') ? objectsInText(text) : []))
    .filter(({ kind, group }) => kind === 'KubeProxyConfiguration' && group === 'kubeproxy.config.k8s.io')
    .map(({ root }) => root);
});

function read(resource: Resource): ProxyMode[] {
  if (resource.kind === 'Cluster.kind.x-k8s.io') return written(resource.at('networking', 'kubeProxyMode'), 'kind');
  if (resource.kind === 'Cluster.kops.k8s.io') return kopsMode(resource);
  const configs = proxyConfigsIn(resource);
  if (configs.length > 0) return configs.flatMap(config => modeOf(config, resource));
  if (resource.kind === 'ConfigMap') return textsOf(resource).flatMap(templatedMode);
  return proxyFlagsIn(resource).flatMap(({ mode, config, strictArp }) => {
    if (mode === undefined || config !== undefined) return [];
    return [{ ...nothing, value: mode.value, form: 'flag' as const, at: mode.at, strictArp }];
  });
}

const nothing = { field: undefined, config: undefined, strictArp: undefined, kubernetes: undefined };

function modeOf(config: Node, resource: Resource): ProxyMode[] {
  const field = config.at('mode');
  const value = field.text ?? '';
  if (field.isMapping || field.isSequence || (value === '' && isWindowsConfig(config, resource))) return [];
  const form = config === resource.node ? 'document' : 'text';
  const at = field.text === undefined && !field.exists ? config.at('kind') : field;
  const own = resource.at('spec', 'version').string;
  const strictArp = config.at('ipvs', 'strictARP').boolean === true;
  return [{ value, form, at, field, config, strictArp, kubernetes: form === 'text' ? own : undefined }];
}

/** kube-proxy's own word for it is `kernelspace`, which may be left out there too: then only the surroundings tell. */
function isWindowsConfig(config: Node, resource: Resource): boolean {
  const kernel = config.at('winkernel');
  const isSet = (node: Node) => (node.string ?? '') !== '';
  return (
    config.at('windowsRunAsService').boolean === true ||
    isSet(kernel.at('networkName')) ||
    isSet(kernel.at('sourceVip')) ||
    /windows/i.test(resource.name.string ?? '')
  );
}

function written(field: Node, form: ProxyMode['form'], kubernetes?: string): ProxyMode[] {
  const value = field.text ?? '';
  return value === '' ? [] : [{ ...nothing, value, form, at: field, field, kubernetes }];
}

function kopsMode(cluster: Resource): ProxyMode[] {
  const proxy = cluster.at('spec', 'kubeProxy');
  if (proxy.at('enabled').boolean === false) return [];
  return written(proxy.at('proxyMode'), 'kops', cluster.at('spec', 'kubernetesVersion').string);
}

/** The strings of an object that can hold a configuration file. */
function textsOf(resource: Resource): Node[] {
  if (resource.kind === 'ConfigMap') return resource.at('data').entries();
  return clusterApiSpec(resource)
    .at('files')
    .items()
    .map(file => file.at('content'));
}

/** @source kubernetes/kube-proxy:config/v1alpha1/types.go (0.37; userspace until 1.25) */
const modeLine = /(?<![^\n])mode:[ \t]*(["']?)(iptables|ipvs|nftables|userspace)\1[ \t]*(?:#[^\n]*)?(?=\r?\n|$)/;

/** A configuration with template actions is no YAML yet: only a mode that is plainly written counts. */
function templatedMode(text: Node): ProxyMode[] {
  const value = text.string ?? '';
  if (!value.includes('{{') || !/(?<![^\n])kind:[ \t]*KubeProxyConfiguration\b/.test(value)) return [];
  const match = modeLine.exec(value);
  const mode = match?.[2];
  if (match === null || mode === undefined) return [];
  const start = match.index + match[0].indexOf(mode, 'mode:'.length);
  return [{ ...nothing, value: mode, form: 'text', at: { in: text, range: { start, end: start + mode.length } } }];
}
