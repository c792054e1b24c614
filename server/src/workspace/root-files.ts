import type { ManifestFiles } from '../deploy/files';
import { SourceText } from '../deploy/sources';
import { memo } from '../text/maps';
import { splitDocuments, type YamlDocument } from '../yaml/document';
import { isReadable, type SourceFile } from './source-file';

/** Where a document stands: `index` counts the documents of the file from 0. */
export interface DocumentPlace {
  readonly file: SourceFile;
  readonly start: number;
  readonly index: number;
}

/** The files of a root, as builds read them. */
export class Files implements ManifestFiles {
  private constructor(
    readonly byPath: ReadonlyMap<string, SourceFile>,
    readonly all: readonly SourceFile[],
    changed: Iterable<SourceFile>,
  ) {
    for (const { path, documents } of changed) for (const { document } of documents) homes.set(document, path);
  }

  static of(byPath: ReadonlyMap<string, SourceFile>): Files {
    const all = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return new Files(byPath, all, all);
  }

  /** With other content in files that are there. */
  with(changed: ReadonlyMap<string, SourceFile>): Files {
    const byPath = new Map(this.byPath);
    for (const [path, file] of changed) byPath.set(path, file);
    const all = this.all.map(file => changed.get(file.path) ?? file);
    return new Files(byPath, all, changed.values());
  }

  get(path: string): SourceFile | undefined {
    return this.byPath.get(path);
  }

  /** A file may lie where nobody looked: of a name that is no manifest's, or outside of the root. */
  source(path: string): SourceText | 'unread' | undefined {
    const file = this.byPath.get(path);
    if (file === undefined) return isReadable(path) ? undefined : 'unread';
    return sourceOf(file);
  }

  /** The place of a document of one of these files. */
  placeOf(document: YamlDocument): DocumentPlace | undefined {
    const file = this.byPath.get(homes.get(document) ?? '');
    return file && placesIn(file).get(document);
  }
}

/** The path of the file that a document is, or was, in. */
const homes = new WeakMap<YamlDocument, string>();

const placesIn = memo((file: SourceFile): ReadonlyMap<YamlDocument, DocumentPlace> => {
  const placed = file.documents.length > 0 ? file.documents : (partsOf.get(file) ?? []);
  return new Map(placed.map(({ start, document }, index) => [document, { file, start, index }]));
});

const partsOf = new WeakMap<SourceFile, ReturnType<typeof splitDocuments>>();

/** What a build reads may be no manifest: lists of operations, settings, texts. */
const sourceOf = memo((file: SourceFile): SourceText => {
  const placed = file.documents.length > 0 ? file.documents : splitDocuments(file.text);
  if (file.documents.length === 0) for (const { document } of placed) homes.set(document, file.path);
  partsOf.set(file, [...placed]);
  const documents = placed.map(({ document }) => document);
  const whole = file.role === 'corefile' ? documents[0] : undefined;
  return new SourceText(file.text, documents, whole);
});
