import type { SymbolInformation } from 'vscode-languageserver';
import { partOf } from '../assist/manifest-outline';
import { objectsLike } from '../assist/search';
import type { Whole } from './commands';
import { symbolKinds } from './language';
import { readRoots } from './scenes';
import { placeIn, toLspRange } from './to-lsp';

/** More than anybody looks through: whoever types on asks again. */
const most = 200;

/** The objects of all folders that some words may mean, each where its name stands. */
export function workspaceSymbolsIn({ roots, client }: Whole, query: string): SymbolInformation[] {
  const all = readRoots(roots).flatMap(root => {
    const workspace = root.refresh();
    const { uriOf } = roots.around(root, client);
    return objectsLike(workspace, query, most).flatMap(({ label, resource, file, namespace }): SymbolInformation[] => {
      const place = placeIn(workspace, resource.name) ?? placeIn(workspace, resource.node);
      if (place === undefined || !roots.isOwn(root, file.path)) return [];
      return [
        {
          name: label,
          kind: symbolKinds[partOf(resource)],
          location: { uri: uriOf(file.path), range: toLspRange(place.file, place.range) },
          ...(namespace === '' ? {} : { containerName: namespace }),
        },
      ];
    });
  });
  return all.slice(0, most);
}
