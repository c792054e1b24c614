import { memo } from '../../text/maps';
import type { YamlDocument } from '../../yaml/document';
import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import { corefilesIn } from './corefiles';
import type { Word } from './node-local-dns';

/** A variable of the manifest that somebody must fill in before it is applied; the others node-cache fills in itself. */
export type Pillar = 'LOCAL__DNS' | 'DNS__DOMAIN' | 'DNS__SERVER';

export interface PillarWord extends Word {
  readonly pillar: Pillar;
}

/** Every variable that is left in an object, comments of Corefiles aside. */
export const pillarsIn = memo((resource: Resource): readonly PillarWord[] =>
  holdsPillars(resource.document) ? stringsBelow(resource.node, 0).flatMap(node => wordsOf(node, resource)) : [],
);

/** Asked once for each document: a list can hold many objects. */
const holdsPillars = memo(({ text }: YamlDocument) => text.includes('__PILLAR__'));

function wordsOf(node: Node, resource: Resource): readonly PillarWord[] {
  const comments = corefilesIn(resource).find(value => value.node === node)?.corefile.comments ?? [];
  const words: PillarWord[] = [];
  for (const match of (node.string ?? '').matchAll(/__PILLAR__(LOCAL__DNS|DNS__DOMAIN|DNS__SERVER)__/g)) {
    const range = { start: match.index, end: match.index + match[0].length };
    const pillar = pillars.find(name => name === match[1]);
    const isComment = comments.some(comment => comment.start < range.start && range.end <= comment.end);
    if (pillar !== undefined && !isComment) words.push({ node, range, text: match[0], pillar });
  }
  return words;
}

/**
 * @source https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ (read 2026-11-22)
 * @source kubernetes/kubernetes:cluster/addons/dns/nodelocaldns/nodelocaldns.yaml (028f956, read 2026-11-29)
 */
const pillars: readonly Pillar[] = ['LOCAL__DNS', 'DNS__DOMAIN', 'DNS__SERVER'];

function stringsBelow(node: Node, depth: number): readonly Node[] {
  if (node.string !== undefined) return node.string.includes('__PILLAR__') ? [node] : [];
  if (depth > 30) return [];
  return [...node.items(), ...node.entries()].flatMap(child => stringsBelow(child, depth + 1));
}
