import { allowedSysctlsIn, isAllowed, kubeletConfigKinds } from '../../kube/nodes/kubelet';
import { dotted, nodeLevel, safeSince, sysctlsOf } from '../../kube/pods/sysctl';
import { sysctlWords, wordsOfSysctl } from '../../kube/pods/sysctl-words';
import { isForWindows, podSpecOf } from '../../kube/pods/workload';
import { Version } from '../../lint/version';
import { memo } from '../../text/maps';
import type { ClusterView } from '../../workspace/cluster-view';
import { code } from '../markdown';
import type { Around } from './around';
import type { Given } from './given';
import type { Item } from './item';
import { podPathOf } from './pod-path';
import { above, type Site, siblingsOf } from './site';
import { spelledAt } from './spelled';

/** Names and values of the sysctls of a pod, and names that a kubelet may allow. */
export function sysctlItems(site: Site, { kubernetes }: Given, around: Around | undefined): readonly Item[] {
  if (site.object?.kind === 'KubeletConfiguration.kubelet.config.k8s.io') return allowable(site, kubernetes);
  const path = podPathOf(site) ?? [];
  const isEntry = path.length === 3 && path[0] === 'securityContext' && path[1] === 'sysctls';
  if (!isEntry || site.typing !== 'value' || site.object === undefined || isForWindows(site.object)) return [];
  if (site.key === 'value') return usualValue(site);
  return site.key === 'name' ? names(site, kubernetes, around) : [];
}

function names(site: Site, kubernetes: string, around: Around | undefined): readonly Item[] {
  const { object } = site;
  if (object === undefined) return [];
  const version = Version.parse(kubernetes);
  const present = new Set(sysctlsOf(object).map(({ name }) => name));
  const allowed = around ? allowedIn(around.view) : [];
  return sysctlWords
    .filter(({ name }) => !present.has(name) && nodeLevel(name) === undefined && !isOfTheNode(name, site))
    .map(({ name, usual, about }): Item => {
      const since = safeSince(name);
      const isSafe = since !== undefined && version?.atLeast(since) === true;
      const isLet = isAllowed(name, allowed);
      const later = since === undefined ? '' : ` before Kubernetes ${since}`;
      return {
        label: name,
        kind: 'value',
        detail: isSafe ? 'safe' : isLet ? 'allowed by the kubelet' : `unsafe${later}: needs the kubelet's leave`,
        markdown: aboutSysctl(about, usual),
        insert: spelledAt(site, name),
        rank: isSafe ? 0 : isLet ? 1 : 2,
      };
    });
}

/** A pod on the host's network, or in its IPC namespace, can't have its own: the API server refuses it. */
function isOfTheNode(name: string, { object }: Site): boolean {
  if (object === undefined) return false;
  const spec = podSpecOf(object);
  const host = name.startsWith('net.') ? spec.at('hostNetwork') : spec.at('hostIPC');
  return host.boolean === true && !name.startsWith('fs.');
}

function usualValue(site: Site): readonly Item[] {
  const name = above(site, 0).at('name').string;
  const words = name === undefined ? undefined : wordsOfSysctl(name);
  if (words === undefined) return [];
  const { usual, about } = words;
  const insert = spelledAt(site, usual);
  return [{ label: usual, kind: 'value', detail: 'as usual', markdown: aboutSysctl(about, usual), insert, rank: 0 }];
}

function allowable(site: Site, kubernetes: string): readonly Item[] {
  const isList = site.typing === 'item' && site.path.length === 1 && site.path[0] === 'allowedUnsafeSysctls';
  if (!isList) return [];
  const version = Version.parse(kubernetes);
  const present = siblingsOf(site).flatMap(({ string }) => string ?? []);
  return sysctlWords
    .filter(({ name }) => nodeLevel(name) === undefined && !isAllowed(name, present))
    .filter(({ name }) => version?.atLeast(safeSince(name) ?? '9.0') !== true)
    .map(({ name, usual, about }): Item => {
      const markdown = aboutSysctl(about, usual);
      return { label: name, kind: 'value', detail: '', markdown, insert: spelledAt(site, name), rank: 0 };
    });
}

const allowedIn = memo(
  (view: ClusterView): readonly string[] =>
    view
      .of(...kubeletConfigKinds)
      .flatMap(resource => allowedSysctlsIn(resource).map(({ pattern }) => dotted(pattern))),
  view => view.of(...kubeletConfigKinds),
);

const aboutSysctl = (about: string, usual: string) => `${about}\n\nUsual: ${code(usual)}.`;
