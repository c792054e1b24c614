import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import { type ConnectivityFormat, connectivityPieces } from '../network/answers/formats';
import { connectivityNotes } from '../network/answers/notes';
import type { ClusterView } from '../workspace/cluster-view';
import { Workspace } from '../workspace/workspace';
import { visibleLines } from './visible';

/** Prints what the policies of a folder allow; all its files are taken as applied to one cluster. */
export function connectivityCommand(folder: string, format: ConnectivityFormat): number {
  const cluster = clusterIn(folder);
  for (const note of connectivityNotes(cluster)) process.stderr.write(visibleLines(`${note}\n`));
  for (const piece of connectivityPieces(cluster, format)) process.stdout.write(visibleLines(piece));
  return 0;
}

/** The cluster that the manifests of a folder or file describe. */
export function clusterIn(folder: string): ClusterView {
  const root = process.cwd();
  if (!fs.existsSync(path.resolve(root, folder))) throw new Error(`${folder}: there is no such file or folder`);
  const disk = new Disk(root, [folder]);
  const files: [string, string][] = [];
  for (const file of disk.list()) {
    const content = disk.read(file);
    if (content && 'text' in content) files.push([file, content.text]);
    else if (content && path.resolve(root, file) === path.resolve(root, folder)) {
      throw new Error(`${folder} was not read: ${content.unreadable}`);
    }
  }
  const cluster = clusterOf(files);
  if (cluster === undefined) throw new Error(`${folder}: no Kubernetes manifests in it`);
  return cluster;
}

/** Kustomizations as they are built, and loose manifests; alternatives that can't be one cluster are all taken as applied. */
function clusterOf(files: readonly [string, string][]): ClusterView | undefined {
  const { builds, views } = Workspace.empty.update(files, { isOneCluster: true });
  return builds.length > 0 ? views[0] : undefined;
}
