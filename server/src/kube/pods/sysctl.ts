import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import { isForWindows, podSpecOf } from './workload';

/** An entry of `spec.securityContext.sysctls`. */
export interface Sysctl {
  /** With dots, whatever the manifest separates the parts with. */
  readonly name: string;
  readonly item: Node;
  readonly nameNode: Node;
  readonly valueNode: Node;
}

/** The entries of a workload; none for Windows, which has no sysctls. */
export const sysctlsOf = memo((workload: Resource): readonly Sysctl[] => {
  if (isForWindows(workload)) return [];
  return podSpecOf(workload)
    .at('securityContext', 'sysctls')
    .items()
    .flatMap(item => {
      const nameNode = item.at('name');
      const name = nameNode.string;
      return name && isName(name) ? [{ name: dotted(name), item, nameNode, valueNode: item.at('value') }] : [];
    });
});

/** Every sysctl stands in some folder; whatever else is written there is a placeholder. */
function isName(name: string): boolean {
  return /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)+$/.test(name);
}

/** As procps reads names: `net/ipv4/tcp_rmem` is `net.ipv4.tcp_rmem`, by the separator that comes first. */
export function dotted(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  return first === '/' ? name.replace(/[./]/g, separator => (separator === '/' ? '.' : '/')) : name;
}

/**
 * Safe sysctls, by the version that they are safe from (pod-security-admission:policy/check_sysctls.go).
 *
 * @source kubernetes/pod-security-admission:policy/check_sysctls.go (0.37, read 2026-11-22)
 * @source kubernetes/kubernetes:pkg/kubelet/sysctl/safe_sysctls.go (1.37, read 2026-11-22)
 */
const safeFrom: ReadonlyMap<string, string> = new Map([
  ['kernel.shm_rmid_forced', '1.0'],
  ['net.ipv4.ip_local_port_range', '1.0'],
  ['net.ipv4.tcp_syncookies', '1.0'],
  ['net.ipv4.ping_group_range', '1.0'],
  ['net.ipv4.ip_unprivileged_port_start', '1.0'],
  ['net.ipv4.ip_local_reserved_ports', '1.27'],
  ['net.ipv4.tcp_keepalive_time', '1.29'],
  ['net.ipv4.tcp_keepalive_intvl', '1.29'],
  ['net.ipv4.tcp_keepalive_probes', '1.29'],
  ['net.ipv4.tcp_fin_timeout', '1.29'],
  ['net.ipv4.tcp_rmem', '1.32'],
  ['net.ipv4.tcp_wmem', '1.32'],
  ['net.ipv4.tcp_slow_start_after_idle', '1.37'],
  ['net.ipv4.tcp_notsent_lowat', '1.37'],
]);

/** The Kubernetes version from which any pod may set it; undefined for what needs a kubelet's leave in every version. */
export function safeSince(name: string): string | undefined {
  return safeFrom.get(name);
}

/**
 * Which namespace of a pod holds a name, by the list that the kubelet works with; undefined: none does.
 *
 * @source kubernetes/kubernetes:staging/src/k8s.io/component-helpers/node/util/sysctl/namespace.go (2026-11-29)
 */
export function namespaceOf(name: string): 'net' | 'ipc' | undefined {
  if (name.startsWith('net.')) return 'net';
  return /^(?:kernel\.shm|kernel\.msg|fs\.mqueue\.)|^kernel\.sem$/.test(name) ? 'ipc' : undefined;
}

/**
 * Names below `net` that a pod's network namespace doesn't have, or shows only for reading (tested on kernel 6.18): no
 * allow-list helps, the pod's sandbox is not made.
 *
 * @source https://docs.kernel.org/networking/ip-sysctl.html (tried in a fresh network namespace of kernel 6.18.44, 2026-11-22)
 * @source https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=19249c0724f2 (6.11)
 */
const ofTheNode: ReadonlyMap<string, 'absent' | 'read-only'> = new Map([
  ['net.core.rmem_max', 'read-only'],
  ['net.core.wmem_max', 'read-only'],
  ['net.core.rmem_default', 'read-only'],
  ['net.core.wmem_default', 'read-only'],
  ['net.netfilter.nf_conntrack_max', 'read-only'],
  ['net.core.netdev_max_backlog', 'absent'],
  ['net.ipv4.tcp_mem', 'absent'],
  ['net.ipv4.udp_mem', 'absent'],
]);

export type NodeLevel = 'absent' | 'read-only' | 'not namespaced';

/** Why no pod can have a value of its own for a name; undefined where it can. */
export function nodeLevel(name: string): NodeLevel | undefined {
  return ofTheNode.get(name) ?? (namespaceOf(name) === undefined ? 'not namespaced' : undefined);
}
