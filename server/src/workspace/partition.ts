import { folderOf } from '../text/paths';
import { identityOf, type Member } from './scope';

/** Files that are one cluster, as far as their objects tell. */
export interface Part {
  /** The folder that makes it differ from its alternatives; '' for what lies in no such folder. */
  readonly folder: string;
  readonly files: ReadonlySet<string>;
  /** Folders in it that are alternatives of each other. */
  readonly inner: readonly Part[];
  /** Siblings that are alternatives of others, but not of this one. */
  readonly beside: readonly Part[];
}

interface Folder {
  readonly path: string;
  readonly files: string[];
  readonly folders: Map<string, Folder>;
}

/**
 * Where two folders write the same identity they can't be one cluster: each of them is a part of its own, and what
 * lies beside them, or above, is the part that they all stand in. Files never split: twins side by side are
 * alternatives. Every file is in exactly one part.
 */
export function partition(members: readonly Member[]): Part {
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
  return divide(root, identities).part;
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

interface Division {
  readonly part: Part;
  /** Of the folder and all that is below it. */
  readonly identities: ReadonlySet<string>;
}

function divide(folder: Folder, identities: ReadonlyMap<string, ReadonlySet<string>>): Division {
  const children = [...folder.folders.values()].map(child => divide(child, identities));
  const rivals = rivalsAmong(children);
  const files = new Set(folder.files);
  const inner: Part[] = [];
  const written = new Set(folder.files.flatMap(path => [...(identities.get(path) ?? [])]));
  for (const child of children) {
    for (const identity of child.identities) written.add(identity);
    const own = rivals.get(child);
    if (own) {
      const beside = [...rivals.keys()].filter(other => other !== child && !own.has(other)).map(({ part }) => part);
      inner.push({ ...child.part, beside });
    } else {
      for (const file of child.part.files) files.add(file);
      inner.push(...child.part.inner);
    }
  }
  return { part: { folder: folder.path, files, inner, beside: [] }, identities: written };
}

/** The children that write an identity which a sibling writes too, each with these siblings. */
function rivalsAmong(children: readonly Division[]): ReadonlyMap<Division, ReadonlySet<Division>> {
  const rivals = new Map<Division, Set<Division>>();
  const writers = new Map<string, Division[]>();
  const oppose = (one: Division, other: Division) => rivals.set(one, (rivals.get(one) ?? new Set()).add(other));
  for (const child of children) {
    for (const identity of child.identities) {
      const others = writers.get(identity) ?? [];
      for (const other of others) {
        oppose(child, other);
        oppose(other, child);
      }
      writers.set(identity, [...others, child]);
    }
  }
  return rivals;
}
