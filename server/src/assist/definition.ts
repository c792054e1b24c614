import { kustomizedFolder } from '../deploy/kustomizations';
import { join } from '../text/paths';
import type { Range } from '../text/range';
import type { Workspace } from '../workspace/workspace';
import { snippetAt } from './corefile-snippets';
import { meantBy } from './mentions/meant';
import { mentionedAt } from './mentions/mentioned-at';
import { type Destination, destinationOf, inOrder } from './places';

/** Where what is named at a cursor is, and the words that name it. */
export interface Definition {
  readonly range: Range;
  readonly destinations: readonly Destination[];
}

/**
 * The objects that a name, a selector, a host or a port means, as the builds of the file see them; the file that an
 * entry of a kustomization names.
 */
export function definitionAt(workspace: Workspace, path: string, offset: number): Definition | undefined {
  const file = workspace.files.get(path);
  const snippet = file && snippetAt(file, offset);
  if (snippet) {
    const { range, whole, name } = snippet;
    return { range, destinations: [{ path, range: whole, name }] };
  }
  const mentioned = mentionedAt(workspace, path, offset);
  if (mentioned === undefined) return undefined;
  const destinations = mentioned.all.flatMap(placed => {
    if (placed.means.about === 'file') return fileDestination(workspace, placed.means.path);
    return meantBy(workspace, placed).flatMap(goal => destinationOf(workspace, goal) ?? []);
  });
  return destinations.length === 0 ? undefined : { range: mentioned.range, destinations: inOrder(destinations) };
}

const start: Range = { start: 0, end: 0 };

function fileDestination(workspace: Workspace, named: string): Destination[] {
  const path = fileAt(workspace, named);
  return path === undefined ? [] : [{ path, range: start, name: start }];
}

/** A file, or the kustomization of a folder. */
export function fileAt({ files }: Workspace, path: string): string | undefined {
  if (files.has(path)) return path;
  const folder = kustomizedFolder(path);
  return ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
    .map(name => join(folder, name))
    .find(candidate => files.has(candidate));
}
