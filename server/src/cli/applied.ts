import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import { isDefinition, mayBeManifest } from '../kube/resource';
import { lineOf } from '../lint/place';
import type { ClusterView } from '../workspace/cluster-view';
import { Workspace } from '../workspace/workspace';
import { noteOf } from './unknown';

/** What the manifests of a folder or file make, as applied to one cluster. */
export interface Applied {
  readonly workspace: Workspace;
  readonly cluster: ClusterView;
  /** What there is besides, of which nobody knows what it does: not read, or not followed. */
  readonly unseen: readonly string[];
}

/** The cluster that the manifests of a folder or file describe. */
export function appliedIn(folder: string): Applied {
  const applied = appliedOrNothingIn(folder);
  if (isNothing(applied)) throw new Error(`${folder}: no Kubernetes manifests in it`);
  return applied;
}

/** The same where there may be no manifests, as there are none before the first ones. */
export function appliedOrNothingIn(folder: string): Applied {
  const root = process.cwd();
  if (!fs.existsSync(path.resolve(root, folder))) throw new Error(`${folder}: there is no such file or folder`);
  const disk = new Disk(root, [folder]);
  const files: [string, string][] = [];
  const unread: string[] = [];
  for (const file of disk.list()) {
    const content = disk.read(file);
    if (content && 'text' in content) files.push([file, content.text]);
    else if (content && path.resolve(root, file) === path.resolve(root, folder)) {
      throw new Error(`${folder} was not read: ${content.unreadable}`);
    } else if (content) unread.push(`not read: ${file}: ${content.unreadable}`);
  }
  // Kustomizations as they are built, and loose manifests; alternatives that can't be one cluster are all taken as applied.
  const workspace = Workspace.empty.update(files, { isOneCluster: true });
  const [cluster] = workspace.views;
  if (cluster === undefined) throw new Error(`${folder}: no Kubernetes manifests in it`);
  return { workspace, cluster, unseen: [...new Set([...unread, ...unseenIn(workspace)])].sort() };
}

export const isNothing = ({ workspace }: Applied) => workspace.builds.length === 0;

function* unseenIn(workspace: Workspace): Iterable<string> {
  for (const { unknown } of workspace.builds) yield* unknown.map(noteOf);
  for (const { path: file, role, skipped, documents } of workspace.files.values()) {
    if (skipped !== undefined) yield `not read: ${file}: ${skipped}`;
    else if (role === 'manifests' || role === 'kustomization') {
      for (const { document } of documents) {
        if (!mayBeManifest(document.text) || isDefinition(document)) continue;
        const [problem] = document.problems;
        if (problem === undefined) continue;
        const place = lineOf(workspace, { in: document.root, range: problem.range }) ?? file;
        yield `not read: ${place}: ${problem.message}`;
      }
    }
  }
}
