import { isSameList } from '../text/maps';
import { join } from '../text/paths';
import { splitDocuments, YamlDocument } from '../yaml/document';
import { embeddedDocument } from '../yaml/embedded';
import { textAt, type Value } from './value';

/** A file that a build may read. */
export class SourceText {
  readonly #text: string;
  #whole: YamlDocument | undefined;

  constructor(
    text: string,
    readonly documents: readonly YamlDocument[],
    whole?: YamlDocument,
  ) {
    this.#text = text;
    this.#whole = whole;
  }

  /** The whole text as one value, for what is generated from it. */
  get whole(): YamlDocument {
    this.#whole ??= YamlDocument.ofText(this.#text);
    return this.#whole;
  }

  /** Those in which something of it may stand. */
  get read(): readonly YamlDocument[] {
    return this.#whole === undefined ? this.documents : [...this.documents, this.#whole];
  }

  /** Whether a build that read this one finds the same in another. */
  isLike(other: SourceText): boolean {
    if (this === other) return true;
    return isSameList(this.documents, other.documents) && (this.#whole === undefined || this.#text === other.#text);
  }
}

/** A file by its path; undefined where there is none, 'unread' where nobody looked. */
export type Read = (path: string) => SourceText | 'unread' | undefined;

/** The files that a build is made of. Paths have `/`; a relative one may begin with `..`. */
export class Sources {
  /** What was asked for, and what came: the build is the same while that is. */
  readonly reads = new Map<string, SourceText | 'unread' | undefined>();

  constructor(readonly read: Read) {}

  static ofTexts(read: (path: string) => string | undefined): Sources {
    return new Sources(path => {
      const text = read(path);
      return text === undefined ? undefined : sourceText(text);
    });
  }

  /** Undefined where there is no such file, as far as anybody looked. */
  documents(path: string): readonly YamlDocument[] | undefined {
    const file = this.file(path);
    return file === 'unread' ? undefined : file?.documents;
  }

  file(path: string): SourceText | 'unread' | undefined {
    if (!this.reads.has(path)) this.reads.set(path, this.read(path));
    return this.reads.get(path);
  }

  /** The kustomization of a folder. */
  kustomization(folder: string): YamlDocument | undefined {
    for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
      const [document] = this.documents(join(folder, name)) ?? [];
      if (document) return document;
    }
    return undefined;
  }
}

function sourceText(text: string): SourceText {
  return new SourceText(
    text,
    splitDocuments(text).map(({ document }) => document),
  );
}

/** The documents inside a text that a kustomization holds: a single one knows where in it its places are. */
export function documentsIn(value: Value): readonly YamlDocument[] {
  const documents = splitDocuments(textAt(value) ?? '').map(({ document }) => document);
  const inside = documents.length === 1 ? embeddedDocument(value.at) : undefined;
  return inside && inside.text === documents[0]?.text ? [inside] : documents;
}

/** URLs, and the short forms that kustomize takes for git repositories. */
export function isRemote(reference: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^(?:www\.)?(?:github|gitlab|bitbucket)\.\w+[/:]|\?ref=/.test(reference);
}
