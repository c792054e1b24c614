import { bytesOfIPv4 } from '../../corefile/zone';
import { memo } from '../../text/maps';
import type { Range } from '../../text/range';
import type { Node } from '../../yaml/node';
import type { Kind } from '../kinds';
import { containersOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import { corefilesIn, roleOf } from './corefiles';

/** Kinds that the manifest of NodeLocal DNSCache is made of, as far as it can be configured. */
export const nodeLocalKinds = ['ConfigMap', 'DaemonSet', 'Service'] as const satisfies readonly Kind[];

/** The address that pods ask by custom: link-local, so that it is none of the cluster's. */
export const usualLocalAddress = '169.254.20.10';

/** A word of the manifest. */
export interface Word {
  readonly node: Node;
  readonly range: Range;
  readonly text: string;
}

/** Whether a DaemonSet runs node-cache, be it mirrored. */
export const isNodeCache = memo((workload: Workload): boolean =>
  containersOf(workload).some(container => container.at('image').string?.includes('k8s-dns-node-cache')),
);

/** The lists of addresses that node-cache is told to listen on: by `bind` in its Corefile, and by `-localip`. */
export const listenListsOf = memo((resource: Resource): readonly (readonly Word[])[] => {
  if (resource.kind === 'ConfigMap' && roleOf(resource) === 'node-local') return boundIn(resource);
  if (resource.is('DaemonSet') && isNodeCache(resource)) return localIpsOf(resource);
  return [];
});

/** Link-local, as an address of node-cache should be, or the variable for it. */
export function isLocalAddress(text: string): boolean {
  const bytes = bytesOfIPv4(text);
  return (bytes?.[0] === 169 && bytes[1] === 254) || /^fe80:/i.test(text) || text === '__PILLAR__LOCAL__DNS__';
}

/**
 * A unique local address of IPv6: where node-cache listens in such clusters, as it needs one, and Services have theirs, too.
 * (kubernetes.io/docs/tasks/administer-cluster/nodelocaldns: 'the IPv6 Unique Local Address range fd00::/8')
 */
export function isUniqueLocal(text: string): boolean {
  return /^f[cd][0-9a-f]{2}:/i.test(text);
}

function boundIn(configMap: Resource): readonly (readonly Word[])[] {
  return corefilesIn(configMap).flatMap(({ corefile, node }) =>
    corefile.blocks
      .flatMap(block => block.directives)
      .filter(({ name }) => name.text === 'bind')
      .map(({ args }) => args.map(({ range, text }): Word => ({ node, range, text }))),
  );
}

/** `-localip`, `A,B` as two arguments, or `-localip=A,B`. */
function localIpsOf(workload: Workload): readonly (readonly Word[])[] {
  return containersOf(workload).flatMap(container => {
    const items = [...container.at('command').items(), ...container.at('args').items()];
    return items.map((node, index) => {
      const text = node.string ?? '';
      const isValue = /^--?localip$/.test(items[index - 1]?.string ?? '');
      const start = isValue ? 0 : (/^--?localip=/.exec(text)?.[0].length ?? text.length);
      return wordsFrom(node, text, start);
    });
  });
}

function wordsFrom(node: Node, text: string, start: number): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.slice(start).matchAll(/[^,\s]+/g)) {
    const from = start + match.index;
    words.push({ node, range: { start: from, end: from + match[0].length }, text: match[0] });
  }
  return words;
}
