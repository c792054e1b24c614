import type { ManifestFiles } from '../deploy/files';
import type { SourceText } from '../deploy/sources';
import { memo } from '../text/maps';
import { splitDocuments, YamlDocument } from '../yaml/document';
import { isReadable, type SourceFile } from './source-file';

/** Where a document stands: `index` counts the documents of the file from 0. */
export interface DocumentPlace {
  readonly file: SourceFile;
  readonly start: number;
  readonly index: number;
}

/** The files of a root, as builds read them. */
export class Files implements ManifestFiles {
  readonly all: readonly SourceFile[];

  constructor(readonly byPath: ReadonlyMap<string, SourceFile>) {
    this.all = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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

  places(): ReadonlyMap<YamlDocument, DocumentPlace> {
    const places = new Map<YamlDocument, DocumentPlace>();
    for (const file of this.all) {
      const placed = file.documents.length > 0 ? file.documents : (partsOf.get(file) ?? []);
      for (const [index, { start, document }] of placed.entries()) places.set(document, { file, start, index });
    }
    return places;
  }
}

const partsOf = new WeakMap<SourceFile, ReturnType<typeof splitDocuments>>();

/** What a build reads may be no manifest: lists of operations, settings, texts. */
const sourceOf = memo((file: SourceFile): SourceText => {
  const placed = file.documents.length > 0 ? file.documents : splitDocuments(file.text);
  partsOf.set(file, [...placed]);
  const documents = placed.map(({ document }) => document);
  const whole = file.role === 'corefile' ? documents[0] : undefined;
  return { text: file.text, documents, whole: whole ?? YamlDocument.ofText(file.text) };
});
