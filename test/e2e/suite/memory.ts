/** A file system in memory, as an extension for GitHub or for cloud storage provides one. */
import * as vscode from 'vscode';

const { FileChangeType, FileSystemError, FileType } = vscode;

interface Entry {
  /** Not for a folder. */
  readonly bytes: Uint8Array | undefined;
  readonly mtime: number;
}

export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #emitter = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#emitter.event;
  /** By path. */
  readonly #entries = new Map<string, Entry>([['/', { bytes: undefined, mtime: 1 }]]);
  #time = 1;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) {
      for (let at = name.indexOf('/', 1); at > 0; at = name.indexOf('/', at + 1)) this.#set(name.slice(0, at));
      this.#set(name, new TextEncoder().encode(text));
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const { bytes, mtime } = this.#get(path);
    return { type: bytes ? FileType.File : FileType.Directory, ctime: 0, mtime, size: bytes?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    this.#get(path);
    const start = path === '/' ? '/' : `${path}/`;
    const below = [...this.#entries].filter(([name]) => name.startsWith(start) && name !== start);
    const direct = below.filter(([name]) => !name.slice(start.length).includes('/'));
    return direct.map(([name, { bytes }]) => [name.slice(start.length), bytes ? FileType.File : FileType.Directory]);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const { bytes } = this.#get(path);
    if (!bytes) throw FileSystemError.FileIsADirectory(path);
    return bytes;
  }

  createDirectory(uri: vscode.Uri): void {
    this.#set(uri.path);
    this.#tell(FileChangeType.Created, uri);
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array, { create }: { readonly create: boolean }): void {
    const isNew = !this.#entries.has(uri.path);
    if (isNew && !create) throw FileSystemError.FileNotFound(uri);
    this.#set(uri.path, bytes);
    this.#tell(isNew ? FileChangeType.Created : FileChangeType.Changed, uri);
  }

  delete(uri: vscode.Uri): void {
    this.#get(uri.path);
    for (const name of this.#within(uri.path)) this.#entries.delete(name);
    this.#tell(FileChangeType.Deleted, uri);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.#get(from.path);
    for (const name of this.#within(from.path)) {
      this.#entries.set(to.path + name.slice(from.path.length), this.#get(name));
      this.#entries.delete(name);
    }
    this.#tell(FileChangeType.Deleted, from);
    this.#tell(FileChangeType.Created, to);
  }

  #within(path: string): string[] {
    return [...this.#entries.keys()].filter(name => name === path || name.startsWith(`${path}/`));
  }

  #get(path: string): Entry {
    const entry = this.#entries.get(path);
    if (!entry) throw FileSystemError.FileNotFound(path);
    return entry;
  }

  #set(path: string, bytes?: Uint8Array): void {
    this.#entries.set(path, { bytes, mtime: ++this.#time });
  }

  #tell(type: vscode.FileChangeType, uri: vscode.Uri): void {
    this.#emitter.fire([{ type, uri }]);
  }
}
