import type { Build } from '../deploy/builds';
import { folderOf, join } from '../text/paths';
import type { TextEdit } from '../text/range';
import { moved } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import { Edits } from '../yaml/edit';
import { locate } from './place';
import type { Finding, Fix } from './rule';

/** What a fix does to the files of a workspace. */
export interface FileEdits {
  readonly changed: ReadonlyMap<string, readonly TextEdit[]>;
  readonly created: ReadonlyMap<string, string>;
}

/** The edits of a fix against the workspace as it is now; undefined where they can't be made exactly. */
export function editsOf(workspace: Workspace, finding: Finding, fix: Fix): FileEdits | undefined {
  const home = workspace.placeOf(locate(finding.at).document);
  if (home === undefined || home.file.path.endsWith('.json')) return undefined;
  const edits = new Edits();
  fix.edit(edits);
  const result = edits.result();
  if (result === undefined) return undefined;
  const created = new Map<string, string>();
  for (const file of result.files) {
    const path = freePath(workspace, created, join(folderOf(home.file.path), file.name));
    created.set(path, file.text);
  }
  const documents = [...result.documents];
  if (created.size > 0) {
    const listing = listedIn(workspace, home.file, [...created.keys()]);
    if (listing) documents.push(...listing);
  }
  const isTheirs = changesOnly(workspace, finding, home.file.path);
  const changed = new Map<string, TextEdit[]>();
  for (const { document, edits: own } of documents) {
    const place = workspace.placeOf(document);
    if (place === undefined || place.file.path.endsWith('.json') || !isTheirs(place.file.path)) return undefined;
    const known = changed.get(place.file.path) ?? [];
    known.push(...own.map(({ range, text }) => ({ range: moved(range, place.start), text })));
    changed.set(place.file.path, known);
  }
  return { changed, created };
}

/** Whether a file is part of those builds alone that have the finding: a base is never changed for one overlay's sake. */
function changesOnly({ builds }: Workspace, { scopes }: Finding, home: string): (path: string) => boolean {
  const isMeant = ({ name, reads }: Build) => (scopes.length > 0 ? scopes.includes(name) : reads.has(home));
  return path => builds.every(build => !build.reads.has(path) || isMeant(build));
}

function freePath(workspace: Workspace, created: ReadonlyMap<string, string>, path: string): string {
  const isTaken = (candidate: string) => workspace.files.has(candidate) || created.has(candidate);
  if (!isTaken(path)) return path;
  for (let i = 2; ; i++) {
    const candidate = path.replace(/(\.ya?ml)?$/, ending => `-${i}${ending}`);
    if (!isTaken(candidate)) return candidate;
  }
}

/** A created file takes effect only when the kustomization that lists its neighbour lists it too. */
function listedIn(workspace: Workspace, neighbour: SourceFile, paths: readonly string[]) {
  for (const file of workspace.files.values()) {
    if (file.role !== 'kustomization') continue;
    const folder = folderOf(file.path);
    const root = file.documents[0]?.document.root;
    if (root === undefined) continue;
    for (const field of ['resources', 'bases'] as const) {
      const items = root.at(field).items();
      const lists = items.some(item => item.string !== undefined && join(folder, item.string) === neighbour.path);
      if (!lists && (file !== neighbour || field === 'bases')) continue;
      const edits = new Edits();
      for (const [i, path] of paths.entries()) edits.set(root.at(field, items.length + i), relative(folder, path));
      return edits.result()?.documents;
    }
  }
  return undefined;
}

function relative(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
