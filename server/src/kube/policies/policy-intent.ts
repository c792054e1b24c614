import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import { type Direction, directions } from './network-policy';

/** The words of a name: `denyAllEgress`, `deny-all_egress`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}

/** @own what people call a policy that lets traffic through */
const openings = new Set(['allow', 'allows', 'permit', 'accept', 'enable', 'open']);
/** @own what people write for everybody and everything */
const wholes = new Set([
  'all',
  'any',
  'anything',
  'anyone',
  'everything',
  'everyone',
  'world',
  'internet',
  'public',
  'traffic',
]);
/** @own what people call the two directions in names and comments */
const sides: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['ingress', 'incoming', 'inbound'],
  egress: ['egress', 'outgoing', 'outbound'],
};

/** Whether a policy says, in its name or in a comment at its head or at the rule, that it means to allow everything. */
export function meansToAllowAll(policy: Resource, rule: Node, direction: Direction): boolean {
  const name = wordsOf(policy.name.text ?? '');
  const isOpenByName = name.some(word => word === 'unrestricted' || word === 'allowall' || word === 'open');
  return isOpenByName || [name, ...commentsOn(policy, rule).map(wordsOf)].some(words => isAllowAll(words, direction));
}

/** `allow-all-ingress`, `allow egress`; not `allow-web`, nor `deny all, allow web`. */
function isAllowAll(words: readonly string[], direction: Direction): boolean {
  if (!words.some(word => openings.has(word)) || words.some(word => denials.has(word))) return false;
  const isOnlyThat = words.every(word => openings.has(word) || sides[direction].includes(word));
  return isOnlyThat || words.some(word => wholes.has(word));
}

/** @own what people call a policy that closes */
const denials = new Set(['deny', 'denies', 'block', 'blocks', 'drop', 'drops', 'reject', 'forbid', 'isolate']);
/**
 * Words that may stand in the name of a policy that denies everything; any other limits what is denied.
 *
 * @own a word too many makes a false finding, a word too few hides a true one
 */
const plainWords = new Set([
  ...denials, ...sides.ingress, ...sides.egress, 'default', 'all', 'any', 'everything', 'traffic', 'network', 'policy',
  'networkpolicy', 'netpol', 'np', 'policies', 'namespace', 'ns', 'pods', 'by', 'in', 'out', 'both', 'and', 'connections',
  'this', 'the', 'every', 'pod',
]); // biome-ignore format: a table

/** Whether a policy says, in its name or in a comment at its head or at the rule, that it denies all of a direction. */
export function meansToDenyAll(policy: Resource, rule: Node, direction: Direction): boolean {
  const name = wordsOf(policy.name.text ?? '').filter(word => word !== policy.namespace);
  return [name, ...commentsOn(policy, rule).map(wordsOf)].some(words => isDenyAll(words, direction));
}

/** The directions that the name of a policy speaks of. */
export function directionsInName(policy: Resource): readonly Direction[] {
  const name = wordsOf(policy.name.text ?? '');
  return directions.filter(direction => sides[direction].some(word => name.includes(word)));
}

function isDenyAll(words: readonly string[], direction: Direction): boolean {
  const other = direction === 'ingress' ? 'egress' : 'ingress';
  const isOfOtherSide =
    words.some(word => sides[other].includes(word)) && !words.some(word => sides[direction].includes(word));
  return words.some(word => denials.has(word)) && words.every(word => plainWords.has(word)) && !isOfOtherSide;
}

/** What silences a finding says what it silences, and not what the policy means. */
function commentsOn(policy: Resource, rule: Node): readonly string[] {
  return [...headOf(policy), ...commentsAt(rule)].filter(text => !/^\s*kube-netlint-ignore/.test(text));
}

/** The comment lines above a policy, which has its document for itself. */
function headOf({ node }: Resource): readonly string[] {
  if (node.parent !== undefined) return [];
  const lines = node.document.text.slice(0, 4000).split('\n');
  const first = lines.findIndex(line => !/^\s*(?:#|---\s*$|$)/.test(line));
  return lines.slice(0, Math.max(0, first)).flatMap(line => /^\s*#(.*)/.exec(line)?.[1] ?? []);
}

/** The comments of a rule: at the end of its first line, and on the lines above it, up to the list it stands in. */
function commentsAt(rule: Node): readonly string[] {
  const { text } = rule.document;
  const list = rule.parent;
  const end = lineEnd(text, rule.range.start);
  const start = list ? lineStart(text, list.keyRange.start) : end;
  const above = lineStart(text, Math.max(0, start - 1));
  // A comment line right above the list speaks of it too.
  const isComment = text.slice(above, start).trimStart().startsWith('#');
  return text
    .slice(isComment ? above : start, end)
    .split('\n')
    .flatMap(line => /(?:^|\s)#(.*)/.exec(line)?.[1] ?? []);
}

const lineStart = (text: string, at: number) => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
