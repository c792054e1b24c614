import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import { type ConnectivityFormat, connectivityPieces } from '../network/formats';
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
  const everything = { name: folder, namespace: undefined, holds: () => true };
  const [scope] = Workspace.empty.update(files, { scopes: [everything] }).scopes;
  if (scope === undefined) throw new Error(`${folder}: no Kubernetes manifests in it`);
  for (const piece of connectivityPieces(scope, format)) process.stdout.write(piece);
  return 0;
}
