import type { ProxyMode } from '../../../kube/nodes/kube-proxy';
import { fix } from '../../../lint/fixes';
import type { Fix, Target } from '../../../lint/rule';
import { Version } from '../../../lint/version';
import type { Edits } from '../../../yaml/edit';
import { Node } from '../../../yaml/node';

/** What a fix may rely on: the target, or the version that the object itself asks for when that is older. */
function isAtLeast(mode: ProxyMode, target: Target, version: string): boolean {
  const own = mode.kubernetes === undefined ? undefined : Version.parse(mode.kubernetes);
  return target.kubernetes.atLeast(version) && own?.atLeast(version) !== false;
}

/**
 * What nftables asks for, and does otherwise (kubernetes.io/docs/reference/networking/virtual-ips: "Migrating from
 * iptables mode to nftables"): for the messages, because a title has no room for it.
 */
export const nftablesNeeds =
  'Use nftables, stable since Kubernetes 1.33, if all nodes have kernel 5.13 and the CNI supports it. Node ports then answer on primary addresses only, not on localhost.';

export function canUseNftables(mode: ProxyMode, target: Target): boolean {
  return isAtLeast(mode, target, '1.33');
}

/** nftables is stable from 1.33 and was made fast in 1.36. A proxy mode changes what runs: no such fix is safe. */
export function toNftables(mode: ProxyMode, target: Target): Fix[] {
  if (!canUseNftables(mode, target)) return [];
  return [
    fix('Use nftables (mind kernel, CNI and node ports)', edits => {
      write(edits, mode, 'nftables');
      moveIptablesOptions(edits, mode);
    }),
  ];
}

/** For those who can't have nftables yet, with a comment that keeps `kube-proxy/iptables-mode` quiet about it. */
export function toIptables(mode: ProxyMode): Fix[] {
  const { field } = mode;
  if (field === undefined) return [fix('Use iptables', edits => write(edits, mode, 'iptables'))];
  const comment = 'kube-netlint-ignore kube-proxy/iptables-mode: until every node can run nftables';
  const title = 'Use iptables for now, with a comment that says why';
  return [fix(title, edits => edits.set(field, 'iptables').comment(field, comment))];
}

/** What no mode means today, with a comment that keeps `kube-proxy/iptables-mode` quiet about it. */
export function pinned(mode: ProxyMode): Fix[] {
  const { field } = mode;
  if (field === undefined) return [];
  const comment =
    "kube-netlint-ignore kube-proxy/iptables-mode: today's default, written out so that no upgrade changes it";
  const title = 'Write iptables out, with a comment that says why';
  return [fix(title, edits => edits.set(field, 'iptables').comment(field, comment))];
}

/** A fix for those who can't have nftables yet: the mode was deprecated in 1.35. */
export function toIpvs(mode: ProxyMode, target: Target): Fix[] {
  if (target.kubernetes.atLeast('1.33')) return [];
  const title = 'Use ipvs (deprecated from 1.35, removal planned for 1.43)';
  return [fix(title, edits => write(edits, mode, 'ipvs'))];
}

export function write(edits: Edits, mode: ProxyMode, value: string): void {
  if (mode.field) edits.set(mode.field, value);
  else if (mode.at instanceof Node) edits.set(mode.at, value);
  else edits.replace(mode.at, value);
}

/**
 * In nftables mode the section `iptables` is not read: what it sets besides the defaults moves to `nftables`.
 *
 * Defaults: kubernetes/kubernetes:pkg/proxy/apis/config/v1alpha1/defaults.go (1.35).
 */
function moveIptablesOptions(edits: Edits, { config }: ProxyMode): void {
  if (config === undefined) return;
  for (const [name, usual] of defaults) {
    const old = config.at('iptables', name);
    const field = config.at('nftables', name);
    if (isSet(old) && old.text !== usual && !isSet(field)) edits.set(field, old.value);
  }
}

const defaults = [
  ['masqueradeAll', 'false'],
  ['masqueradeBit', '14'],
  ['syncPeriod', '30s'],
  ['minSyncPeriod', '1s'],
] as const;

function isSet(node: Node): boolean {
  return !node.isEmpty && node.boolean !== false && !/^(?:0[a-z]*)?$/.test(node.text ?? '');
}
