import type { FileText } from './source';

/** Somebody who reads files for us: an editor, for its server. Paths have `/` and count from a folder. */
export interface FarFiles {
  /** What is in each of some folders; nothing for one that can't be read. */
  list(folders: readonly string[]): Promise<readonly (readonly Entry[] | null)[]>;
  /** Each of some files as it is now. */
  read(files: readonly Known[]): Promise<readonly FarFile[]>;
}

export interface Entry {
  readonly name: string;
  /** Not for a link to one. */
  readonly isFolder: boolean;
}

/** A file, and its stamp when it was read: while it has the same, its text needs not be sent. */
export interface Known {
  readonly path: string;
  readonly stamp: string | undefined;
}

/** Without a stamp there is no such file; without a content it is as it was. */
export interface FarFile {
  readonly stamp?: string;
  readonly content?: FileText;
}

/** The stamp of what is there and could not be read this time: it is asked for again, whatever it becomes. */
export const unread = '';

/** The requests of a server to its editor: the same, with URIs. */
export const requests = { list: 'kube-netlint/listFolders', read: 'kube-netlint/readFiles' } as const;

/** With this an editor says that it has our commands: it is our extension. */
export const hasCommands = 'kubeNetlintCommands';

/** With this it says that an extension completes what a schema of Kubernetes or of our config file says. */
export const hasSchemas = 'kubeNetlintSchemas';
/** Under this an editor lists the languages (`yaml`, `json`) of which another of its servers gives the outline. */
export const outlinedLanguages = 'outlinedLanguages';

/** With this among its initialization options an editor says that it answers them. */
export const readsFiles = 'readsFiles';
