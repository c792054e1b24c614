import { newConfig } from '../lint/new-config';
import { join } from '../text/paths';
import { configName } from '../workspace/config-names';
import { configPathsIn } from '../workspace/source-file';
import type { Answer } from './answer';
import type { Client } from './client';
import type { Roots } from './roots';
import { workspaceEdit } from './workspace-edit';

/** The config file with all that can be set, for the folder that a document is in, or the first one; never over another. */
export function missingConfig(roots: Roots, client: Client, uri: string): Answer {
  const folders = roots.all.filter(({ loose }) => loose === undefined);
  const root =
    roots.inFolder(uri)?.root ?? folders.find(({ folder }) => roots.host.pathOf(uri) === folder) ?? folders[0];
  if (root === undefined) return { sentence: `Open a folder first: ${configName} stands in one.` };
  const around = roots.around(root, client);
  const there = configPathsIn('').find(
    name => root.source.readFromTop(join(root.source.top, name)) !== undefined || root.workspace.files.has(name),
  );
  if (there !== undefined) return { sentence: `There is a ${there} already.`, uri: around.uriOf(there) };
  if (!client.creates)
    return { sentence: 'This editor creates no files: `kube-netlint init` writes one.', text: newConfig };
  const edits = { changed: new Map(), created: new Map([[configName, newConfig]]), bereft: [] };
  const edit = workspaceEdit('Create a config file', root.workspace, edits, around);
  return {
    sentence: `${configName} has all that can be set, as it is when nobody sets it.`,
    uri: around.uriOf(configName),
    edit,
  };
}
