import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import { type ConnectivityFormat, connectivityPieces } from '../network/answers/formats';
import { connectivityNotes } from '../network/answers/notes';
import type { ClusterView } from '../workspace/cluster-view';
import { Workspace } from '../workspace/workspace';

/** Prints what the policies of a folder allow; all its files are taken as applied to one cluster. */
export function connectivityCommand(folder: string, format: ConnectivityFormat): number {
  const cluster = clusterIn(folder);
  for (const note of connectivityNotes(cluster)) process.stderr.write(`${note}\n`);
  for (const piece of connectivityPieces(cluster, format)) process.stdout.write(piece);
  return 0;
}

/** The cluster that the manifests of a folder or file describe. */
export function clusterIn(folder: string): ClusterView {
  const root = process.cwd();
  if (!fs.existsSync(path.resolve(root, folder))) throw new Error(`${folder}: there is no such file or folder`);
  const disk = new Disk(root, [folder]);
  const files = [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
  const cluster = clusterOf(files);
  if (cluster === undefined) throw new Error(`${folder}: no Kubernetes manifests in it`);
  return cluster;
}

/** Kustomizations as they are built, and loose manifests; alternatives that can't be one cluster are all taken as applied. */
function clusterOf(files: readonly [string, string][]): ClusterView | undefined {
  const { builds, views } = Workspace.empty.update(files, { isOneCluster: true });
  return builds.length > 0 ? views[0] : undefined;
}
