import type { Build } from '../deploy/builds';
import type { Resource } from '../kube/resource';
import { memo } from '../text/maps';
import { visible } from '../text/visible';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Node } from '../yaml/node';
import { labelOf } from './manifest-outline';

/** An object that a search found. */
export interface FoundObject {
  readonly label: string;
  readonly resource: Resource;
  readonly file: SourceFile;
  /** Where its builds put it; '' where no manifest says, or it is in none. */
  readonly namespace: string;
}

interface Known extends FoundObject {
  readonly name: string;
  /** What is searched: in small letters. */
  readonly text: string;
  readonly home: string;
}

/**
 * The objects that some words may mean, best first, and no more than `most`: each word is a part of the kind and name, with
 * letters left out, or of the namespace.
 */
export function objectsLike(workspace: Workspace, query: string, most: number): readonly FoundObject[] {
  const words = query.toLowerCase().slice(0, longest).split(/\s+/).filter(Boolean);
  const byRank: Known[][] = [];
  for (const known of knownIn(workspace)) {
    const rank = rankOf(known, words);
    if (rank === undefined) continue;
    byRank[rank] ??= [];
    if (byRank[rank].length < most) byRank[rank].push(known);
  }
  return byRank.flatMap(found => found.sort((a, b) => inOrder(a.name, b.name))).slice(0, most);
}

/** Nobody types more. */
const longest = 100;

/** All objects of a workspace, in the order of their files. */
const knownIn = memo((workspace: Workspace): readonly Known[] => {
  const namespaces = new Map<Node, Set<string>>();
  for (const { place, namespace } of workspace.builds.flatMap(placedIn)) {
    const all = namespaces.get(place);
    if (all) all.add(namespace);
    else namespaces.set(place, new Set([namespace]));
  }
  return [...workspace.files.values()].flatMap(file =>
    namedIn(file).map((named): Known => {
      const namespace = inShort(namespaces.get(named.resource.node));
      return { ...named, namespace, home: namespace.toLowerCase() };
    }),
  );
});

/** Where a build puts what is written. */
const placedIn = memo((build: Build) =>
  build.members.flatMap(({ resource, namespace }) =>
    namespace === undefined || resource.isClusterScoped ? [] : [{ place: resource.node.written, namespace }],
  ),
);

const namedIn = memo((file: SourceFile) =>
  file.resources.map(resource => {
    const label = labelOf(resource);
    return { label, name: (resource.name.text ?? '').toLowerCase(), text: label.toLowerCase(), resource, file };
  }),
);

/** In several builds it may be in several. */
function inShort(namespaces: ReadonlySet<string> = new Set()): string {
  const names = [...namespaces].sort().map(visible);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** Undefined where a word is nowhere in it. */
function rankOf({ name, text, home }: Known, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    if (name === word) continue;
    if (name.startsWith(word)) sum += 1;
    else if (name.includes(`-${word}`)) sum += 2;
    else if (text.includes(word)) sum += 3;
    else if (isSpelledIn(word, text)) sum += 4;
    else if (home.includes(word)) sum += 5;
    else return undefined;
  }
  return sum;
}

/** Whether the letters of a word come in a text in their order. */
function isSpelledIn(word: string, text: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at === -1) return false;
  }
  return true;
}

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
