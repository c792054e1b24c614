import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type Entry, type FarFile, type FarFiles, type Known, readsFiles, requests, unread } from '../host/far-files';
import { Mirror } from '../host/mirror';
import type { Folder } from '../host/source';
import type { Host } from './hosts';
import { parsed } from './uris';
import { sortedOut } from './watching';

/** `scheme://authority/path`, not encoded. */
const place = /^([^:]+):\/\/([^/]*)(.*)$/s;

/**
 * The files of an editor, of whatever scheme, which reads them for us: there is no disk in a browser. A path is a URI
 * that is not encoded.
 */
export class EditorHost implements Host {
  readonly home = 'untitled://';
  readonly #mirrors = new Map<string, Mirror>();
  #isServed = false;

  constructor(readonly connection: Connection) {}

  meet(options: unknown): void {
    this.#isServed = typeof options === 'object' && options !== null && readsFiles in options;
  }

  pathOf(uri: string): string | undefined {
    const full = this.#isServed ? parsed(uri) : undefined;
    if (!full?.path.startsWith('/') || full.scheme === 'untitled' || full.query || full.fragment) return undefined;
    return `${full.scheme}://${full.authority}${full.path.replace(/\/$/, '')}`;
  }

  uriOf(path: string): string {
    const [, scheme = '', authority = '', rest = ''] = place.exec(path) ?? [];
    return URI.from({ scheme, authority, path: rest || '/' }).toString();
  }

  folderOf(path: string): string {
    return path.slice(0, path.lastIndexOf('/'));
  }

  join(folder: string, file: string): string {
    return `${folder}/${file}`;
  }

  within(folder: string, path: string): string | undefined {
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
  }

  open(folder: string): Folder {
    const known = this.#mirrors.get(folder) ?? new Mirror(this.#below(folder));
    this.#mirrors.set(folder, known);
    return known;
  }

  async hear(uris: readonly string[], follow: (uris: readonly string[]) => void): Promise<void> {
    const { files, others } = sortedOut(uris);
    const asked = Array.from(this.#mirrors, ([folder, mirror]) => {
      const inside = (some: readonly string[]) =>
        some.flatMap(uri => this.within(folder, this.pathOf(uri) ?? '') ?? []);
      return mirror.hear(inside(files), inside(others));
    });
    await Promise.allSettled(asked);
    follow(uris);
  }

  /** What an editor fails to answer can't be read. */
  #below(folder: string): FarFiles {
    const uriOf = (path: string) => this.uriOf(path === '' ? folder : this.join(folder, path));
    const ask = async <T>(request: string, what: readonly unknown[], otherwise: T): Promise<readonly T[]> => {
      try {
        return await this.connection.sendRequest(request, what);
      } catch (error) {
        this.connection.console.error(`The editor did not read ${folder}: ${String(error)}`);
        return what.map(() => otherwise);
      }
    };
    return {
      list: folders => ask<readonly Entry[] | null>(requests.list, folders.map(uriOf), null),
      read: files => {
        const asked: readonly Known[] = files.map(({ path, stamp }) => ({ path: uriOf(path), stamp }));
        return ask<FarFile>(requests.read, asked, {
          stamp: unread,
          content: { unreadable: 'the editor did not read it' },
        });
      },
    };
  }
}
