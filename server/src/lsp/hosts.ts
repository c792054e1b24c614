import type { Folder } from '../host/source';

/** What a server finds files on. Its paths are absolute, and nobody else's business. */
export interface Host {
  /** Hears what an editor says of itself before anything else is asked for. */
  meet(options: unknown): void;
  /** Where an untitled document lies as long as there is no folder. */
  readonly home: string;
  /** The path of a file or folder; undefined where a URI means none, or nothing at all. */
  pathOf(uri: string): string | undefined;
  uriOf(path: string): string;
  folderOf(path: string): string;
  /** The path of a file of a folder. */
  join(folder: string, file: string): string;
  /** A path as it counts from a folder, with `/`; undefined where it is not below it. */
  within(folder: string, path: string): string | undefined;
  open(folder: string): Folder;
  /** Follows what an editor tells of, once the files are known as they are now. */
  hear(uris: readonly string[], follow: (uris: readonly string[]) => void): void | Promise<void>;
}
