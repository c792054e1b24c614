import { folderOf } from './paths';
import { identityOf, type Member } from './scope';

/** Files that are one cluster, as far as their objects tell. */
export interface Part {
  /** The folder that makes it differ from its alternatives; '' when nothing had to be split. */
  readonly folder: string;
  readonly files: ReadonlySet<string>;
}

interface Folder {
  readonly path: string;
  readonly files: string[];
  readonly folders: Map<string, Folder>;
}

/**
 * Where two folders write the same identity they can't be one cluster: they are split at their common parent, and
 * every sibling without conflict belongs to each part. Files never split: twins side by side are alternatives.
 */
export function partition(members: readonly Member[]): Part[] {
  const identities = new Map<string, Set<string>>();
  const root: Folder = { path: '', files: [], folders: new Map() };
  for (const member of members) {
    let of = identities.get(member.path);
    if (of === undefined) {
      of = new Set();
      identities.set(member.path, of);
      add(root, member.path);
    }
    const identity = identityOf(member);
    if (identity !== undefined) of.add(identity);
  }
  return partsOf(root, identities).parts;
}

function add(root: Folder, path: string): void {
  let at = root;
  const folder = folderOf(path);
  for (const name of folder === '' ? [] : folder.split('/')) {
    let next = at.folders.get(name);
    if (next === undefined) {
      next = { path: at.path === '' ? name : `${at.path}/${name}`, files: [], folders: new Map() };
      at.folders.set(name, next);
    }
    at = next;
  }
  at.files.push(path);
}

interface Split {
  readonly parts: Part[];
  readonly files: ReadonlySet<string>;
  readonly identities: ReadonlySet<string>;
}

function partsOf(folder: Folder, identities: ReadonlyMap<string, ReadonlySet<string>>): Split {
  const children = [...folder.folders.values()].map(child => partsOf(child, identities));
  const rivals = rivalsAmong(children);
  const files = new Set(folder.files);
  const written = new Set(folder.files.flatMap(path => [...(identities.get(path) ?? [])]));
  for (const child of children) {
    for (const file of child.files) files.add(file);
    for (const identity of child.identities) written.add(identity);
  }
  const isDivided = (i: number) => (rivals[i]?.size ?? 0) > 0 || (children[i]?.parts.length ?? 0) > 1;
  const divided = children.map((_, i) => i).filter(isDivided);
  if (divided.length === 0) return { parts: [{ folder: '', files }], files, identities: written };
  const parts = divided.flatMap(i => {
    const child = children[i];
    if (child === undefined) return [];
    const around = new Set(folder.files);
    for (const [j, sibling] of children.entries()) {
      if (j === i || rivals[i]?.has(j)) continue;
      for (const file of sibling.files) around.add(file);
    }
    const own = [...folder.folders.values()][i]?.path ?? folder.path;
    return child.parts.map(part => ({ folder: part.folder || own, files: new Set([...part.files, ...around]) }));
  });
  return { parts, files, identities: written };
}

/** For each child the siblings that write an identity of it too. */
function rivalsAmong(children: readonly Split[]): ReadonlySet<number>[] {
  const rivals = children.map(() => new Set<number>());
  const writers = new Map<string, number[]>();
  for (const [i, child] of children.entries()) {
    for (const identity of child.identities) {
      const others = writers.get(identity);
      if (others === undefined) writers.set(identity, [i]);
      else {
        for (const j of others) {
          rivals[i]?.add(j);
          rivals[j]?.add(i);
        }
        others.push(i);
      }
    }
  }
  return rivals;
}
