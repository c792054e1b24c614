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

/** nftables is stable from 1.33 and was made fast in 1.36. A proxy mode changes what runs: no such fix is safe. */
export function toNftables(mode: ProxyMode, target: Target): Fix[] {
  if (!isAtLeast(mode, target, '1.33')) return [];
  const isFast = isAtLeast(mode, target, '1.36');
  const advice = isFast ? '' : ', and is at its best from Kubernetes 1.36';
  return [
    fix(`Use nftables (needs kernel 5.13 on every node and a CNI that works with it${advice})`, edits => {
      write(edits, mode, 'nftables');
      moveIptablesOptions(edits, mode);
    }),
  ];
}

export function toIptables(mode: ProxyMode): Fix[] {
  return [fix('Use iptables', edits => write(edits, mode, 'iptables'))];
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
  const title = 'Use ipvs (deprecated from Kubernetes 1.35 on, its removal is planned for 1.43)';
  return [fix(title, edits => write(edits, mode, 'ipvs'))];
}

export function write(edits: Edits, mode: ProxyMode, value: string): void {
  if (mode.field) edits.set(mode.field, value);
  else if (mode.at instanceof Node) edits.set(mode.at, value);
  else edits.replace(mode.at, value);
}

/**
 * In nftables mode the section `iptables` is not read: what it sets besides the defaults moves to `nftables`. In the
 * generated text of a ConfigMap only the line of the mode changes.
 */
function moveIptablesOptions(edits: Edits, { form, config }: ProxyMode): void {
  if (form !== 'document' || config === undefined) return;
  for (const name of ['masqueradeAll', 'masqueradeBit', 'syncPeriod', 'minSyncPeriod']) {
    const old = config.at('iptables', name);
    const field = config.at('nftables', name);
    if (isSet(old) && !isSet(field)) edits.set(field, old.value);
  }
}

function isSet(node: Node): boolean {
  return !node.isEmpty && node.boolean !== false && !/^(?:0[a-z]*)?$/.test(node.text ?? '');
}
