import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import { type ConnectivityFormat, connectivityPieces } from '../network/formats';
import { connectivityNotes } from '../network/notes';
import type { ClusterView } from '../workspace/view';
import { Workspace } from '../workspace/workspace';

/** Prints what the policies of a folder allow; all its files are taken as applied to one cluster. */
export function connectivityCommand(folder: string, format: ConnectivityFormat): number {
  const root = process.cwd();
  if (!fs.existsSync(path.resolve(root, folder))) throw new Error(`${folder}: there is no such file or folder`);
  const disk = new Disk(root, [folder]);
  const files = [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
  const scope = clusterOf(files, folder);
  if (scope === undefined) throw new Error(`${folder}: no Kubernetes manifests in it`);
  for (const note of connectivityNotes(scope)) process.stderr.write(`${note}\n`);
  for (const piece of connectivityPieces(scope, format)) process.stdout.write(piece);
  return 0;
}

/** A kustomization as it is built; alternatives that can't be one cluster are all taken as applied, in the order of files. */
function clusterOf(files: readonly [string, string][], folder: string): ClusterView | undefined {
  const { scopes } = Workspace.empty.update(files, { isOneCluster: true });
  if (scopes.length <= 1) return scopes[0];
  const everything = { name: folder, namespace: undefined, holds: () => true };
  return Workspace.empty.update(files, { scopes: [everything] }).scopes[0];
}
