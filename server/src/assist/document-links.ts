import { isReadable } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import { fileAt } from './definition';
import { mentionsIn } from './mentions/build-mentions';
import { type FilePlace, inOrder, placeOfSpot } from './places';

/** A word in a file that leads to another file. */
export interface DocumentLink extends FilePlace {
  readonly target: string;
}

/** The entries of a kustomization that name files: those that are here, and those whose names say that nobody read them. */
export function linksIn(workspace: Workspace, path: string): readonly DocumentLink[] {
  const file = workspace.files.get(path);
  if (file?.role !== 'kustomization') return [];
  const documents = file.documents.map(({ document }) => document);
  const links = workspace.readersOf(path).flatMap(build =>
    documents
      .flatMap(document => mentionsIn(build).byDocument.get(document) ?? [])
      .flatMap(({ at, means }) => {
        if (means.about !== 'file') return [];
        const target = fileAt(workspace, means.path) ?? (mayBeThere(means.path) ? means.path : undefined);
        const place = placeOfSpot(workspace, at);
        return target === undefined || place === undefined ? [] : [{ ...place, target }];
      }),
  );
  return inOrder(links);
}

/** A file of another sort than manifests, inside of the root. */
const mayBeThere = (path: string) =>
  !isReadable(path) && path !== '..' && !path.startsWith('../') && /\.\w+$/.test(path);
