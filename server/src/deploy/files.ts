import type { Resource } from '../kube/resource';
import type { PlacedDocument } from '../yaml/document';
import type { SourceText } from './sources';

/** A file of a workspace, as far as builds need to know it. Unchanged, it is the same object. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
  readonly role: string;
  readonly documents: readonly PlacedDocument[];
  readonly resources: readonly Resource[];
  /** Why it, or a part of it, was not analysed. */
  readonly skipped: string | undefined;
}

/** What builds read: files by their path, and whether a path is one that would be read at all. */
export interface ManifestFiles {
  readonly all: readonly ManifestFile[];
  get(path: string): ManifestFile | undefined;
  source(path: string): SourceText | 'unread' | undefined;
}
