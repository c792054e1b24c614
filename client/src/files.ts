import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { decode } from '../../server/src/host/decode';
import { type Entry, type FarFile, type Known, requests, unread } from '../../server/src/host/far-files';
import { largerThan, largest } from '../../server/src/host/source';

/** Reads files for a server that has no disk, or not the one that they are on. */
export function readFilesFor(client: BaseLanguageClient): vscode.Disposable {
  const uriOf = (path: string) => client.protocol2CodeConverter.asUri(path);
  return vscode.Disposable.from(
    client.onRequest(requests.list, (folders: readonly string[]) => Promise.all(folders.map(uriOf).map(entriesOf))),
    client.onRequest(requests.read, (files: readonly Known[]) =>
      Promise.all(files.map(({ path, stamp }) => read(uriOf(path), stamp))),
    ),
  );
}

async function entriesOf(folder: vscode.Uri): Promise<Entry[] | null> {
  try {
    const entries = await fs.readDirectory(folder);
    const known = entries.filter(([, type]) => type !== (FileType.Directory | FileType.SymbolicLink));
    return known.map(([name, type]) => ({ name, isFolder: type === FileType.Directory }));
  } catch {
    return null;
  }
}

async function read(file: vscode.Uri, before: string | undefined): Promise<FarFile> {
  try {
    const { type, mtime, size } = await fs.stat(file);
    const stamp = [mtime, size].join();
    if (type & FileType.SymbolicLink) return { stamp, content: { unreadable: 'a link' } };
    if (type & FileType.Directory) return {};
    if (size > largest) return { stamp, content: { unreadable: largerThan(largest) } };
    return stamp === before ? { stamp } : { stamp, content: decode(await fs.readFile(file)) };
  } catch (error) {
    const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return isGone ? {} : { stamp: unread, content: { unreadable: String(error) } };
  }
}

const { fs } = vscode.workspace;
const { FileType } = vscode;
