import type { Build } from '../deploy/builds';
import { memo } from '../text/maps';
import { folderOf, join, relative } from '../text/paths';
import type { TextEdit } from '../text/range';
import { moved } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import { Edits } from '../yaml/edit';
import { printManifests } from '../yaml/manifests';
import type { Node } from '../yaml/node';
import { lineOf, locate } from './place';
import type { Finding, Fix } from './rule';

/** What a fix does to the files of a workspace. */
export interface FileEdits {
  readonly changed: ReadonlyMap<string, readonly TextEdit[]>;
  readonly created: ReadonlyMap<string, string>;
  /** Lists and maps that something is taken out of. */
  readonly bereft: readonly Node[];
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
    created.set(
      path,
      printManifests(file.manifests, at => lineOf(workspace, at)),
    );
  }
  const documents = [...result.documents];
  if (created.size > 0) {
    const listing = listedIn(workspace, home.file, [...created.keys()]);
    // A file that nothing lists is never applied.
    if (listing === undefined) return undefined;
    documents.push(...listing);
  }
  const isTheirs = fix.reachesOthers ? () => true : changesOnly(workspace, finding, home.file.path);
  const changed = new Map<string, TextEdit[]>();
  for (const { document, edits: own } of documents) {
    const place = workspace.placeOf(document);
    if (place === undefined || place.file.path.endsWith('.json') || !isTheirs(place.file.path)) return undefined;
    const known = changed.get(place.file.path) ?? [];
    known.push(...own.map(({ range, text }) => ({ range: moved(range, place.start), text })));
    changed.set(place.file.path, known);
  }
  return { changed, created, bereft: result.bereft };
}

/** Whether a file is part of those builds alone that have the finding: a base is never changed for one overlay's sake. */
function changesOnly(workspace: Workspace, { scopes }: Finding, home: string): (path: string) => boolean {
  const isMeant = ({ name, reads }: Build) => (scopes.length > 0 ? scopes.includes(name) : reads.has(home));
  return path => workspace.readersOf(path).every(isMeant);
}

function freePath(workspace: Workspace, created: ReadonlyMap<string, string>, path: string): string {
  const isTaken = (candidate: string) => workspace.files.has(candidate) || created.has(candidate);
  if (!isTaken(path)) return path;
  for (let i = 2; ; i++) {
    const candidate = path.replace(/(\.ya?ml)?$/, ending => `-${i}${ending}`);
    if (!isTaken(candidate)) return candidate;
  }
}

/**
 * A created file takes effect only when the kustomization that lists its neighbour lists it too; undefined where that can't
 * be written there.
 */
function listedIn(workspace: Workspace, neighbour: SourceFile, paths: readonly string[]) {
  const list = listOf(workspace, neighbour);
  if (list === undefined) return [];
  const { items, folder, count } = list;
  const edits = new Edits();
  for (const [i, path] of paths.entries()) edits.set(items.at(count + i), relative(folder, path));
  return edits.result()?.documents;
}

interface Listing {
  readonly items: Node;
  readonly folder: string;
  readonly count: number;
}

/** The list of a kustomization that a file is in; of a kustomization its own. */
function listOf(workspace: Workspace, file: SourceFile): Listing | undefined {
  if (file.role !== 'kustomization') return listings(workspace).get(file.path);
  const items = file.documents[0]?.document.root.at('resources');
  return items && { items, folder: folderOf(file.path), count: items.items().length };
}

/** By the path of what is listed. */
const listings = memo((workspace: Workspace): ReadonlyMap<string, Listing> => {
  const found = new Map<string, Listing>();
  for (const file of workspace.sources.all) {
    if (file.role !== 'kustomization') continue;
    const folder = folderOf(file.path);
    for (const field of ['resources', 'bases']) {
      const items = file.documents[0]?.document.root.at(field);
      const all = items?.items() ?? [];
      for (const { string } of all) {
        if (items && string && !found.has(join(folder, string)))
          found.set(join(folder, string), { items, folder, count: all.length });
      }
    }
  }
  return found;
});
