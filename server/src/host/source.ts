/** The one port to files. Paths have `/` and count from the root of the workspace. */
export interface FileSource {
  /** Every file that may matter. */
  list(): Iterable<string>;
  /** The text without a byte order mark; undefined when it is gone; a reason when it can't be read as text. */
  read(path: string): FileText | undefined;
}

export type FileText = { readonly text: string } | { readonly unreadable: string };
