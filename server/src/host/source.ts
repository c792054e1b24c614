/** The one port to files. Paths have `/` and count from the root of the workspace. */
export interface FileSource {
  /** Every file that may matter. */
  list(): Iterable<string>;
  /** The text without a byte order mark; undefined when it is gone; a reason when it can't be read as text. */
  read(path: string): FileText | undefined;
}

/** A folder whose files a language server follows. */
export interface Folder extends FileSource {
  /** Its path from the top of all folders: config files above it count too. */
  readonly top: string;
  /** A file by its path from the top. */
  readFromTop(path: string): FileText | undefined;
  /** Every file that may matter, or those of a folder in it. */
  list(within?: string): Iterable<string>;
  /** Whether a walk would come upon this file, should it exist. */
  holds(path: string): boolean;
  /** Whether a path is a folder that a walk would enter. */
  isFolder(path: string): boolean;
  /** Another one where the file may be another than before; undefined where there is none. */
  stampOf(path: string): string | undefined;
  /** Whether there is more than what could be read: then nothing is missing for sure. */
  readonly isPartial?: boolean;
  /** Asks for what is new in a folder of it, where files can't be read in the moment that they are wanted. */
  renew?(within: string): Promise<void>;
}

export type FileText = { readonly text: string } | { readonly unreadable: string };

/** Bytes from which a file is not read. */
export const largest = 10 * 1024 * 1024;

export const largerThan = (limit: number) => `larger than ${limit / 1024 / 1024} MB`;
