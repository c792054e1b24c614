import type { Connection } from 'vscode-languageserver';
import type { Folder } from '../host/source';
import { diskHost } from './disk-host';
import { EditorHost } from './editor-host';
import type { Host } from './hosts';

/** The disk, and for what lies elsewhere the editor, if it says that it reads files for us. */
export class EitherHost implements Host {
  readonly home = diskHost.home;
  readonly #editor: EditorHost;

  constructor(connection: Connection) {
    this.#editor = new EditorHost(connection);
  }

  meet(options: unknown): void {
    this.#editor.meet(options);
  }

  pathOf(uri: string): string | undefined {
    return diskHost.pathOf(uri) ?? this.#editor.pathOf(uri);
  }

  uriOf(path: string): string {
    return this.#hostOf(path).uriOf(path);
  }

  folderOf(path: string): string {
    return this.#hostOf(path).folderOf(path);
  }

  join(folder: string, file: string): string {
    return this.#hostOf(folder).join(folder, file);
  }

  within(folder: string, path: string): string | undefined {
    const host = this.#hostOf(folder);
    return host === this.#hostOf(path) ? host.within(folder, path) : undefined;
  }

  open(folder: string): Folder {
    return this.#hostOf(folder).open(folder);
  }

  /** The disk is not waited for. */
  hear(uris: readonly string[], follow: (uris: readonly string[]) => void): void {
    const onDisk = uris.filter(uri => diskHost.pathOf(uri) !== undefined);
    if (onDisk.length > 0) follow(onDisk);
    const others = uris.filter(uri => diskHost.pathOf(uri) === undefined);
    if (others.length > 0) void this.#editor.hear(others, follow);
  }

  #hostOf(path: string): Host {
    return isFar(path) ? this.#editor : diskHost;
  }
}

/** A path of the disk begins with a slash, or with a drive and one colon. */
const isFar = (path: string) => /^[\w+.-]+:\/\//.test(path);
