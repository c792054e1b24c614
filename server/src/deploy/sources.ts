import { join } from '../text/paths';
import { splitDocuments, YamlDocument } from '../yaml/document';
import type { Node } from '../yaml/node';

/** The text of a file, by its path; undefined where there is none. */
export type Read = (path: string) => string | undefined;

export interface SourceText {
  readonly text: string;
  /** The whole text as one value, for what is generated from it. */
  readonly at: Node;
}

/** The files that builds are made of, each read and parsed once. Paths have `/`; a relative one may begin with `..`. */
export class Sources {
  readonly #texts = new Map<string, string | undefined>();
  readonly #documents = new Map<string, readonly YamlDocument[]>();

  constructor(readonly read: Read) {}

  text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.read(path));
    return this.#texts.get(path);
  }

  documents(path: string): readonly YamlDocument[] | undefined {
    const text = this.text(path);
    if (text === undefined) return undefined;
    const found = this.#documents.get(path) ?? documentsIn(text);
    this.#documents.set(path, found);
    return found;
  }

  file(folder: string, reference: string): SourceText | undefined {
    const text = this.text(join(folder, reference));
    return text === undefined ? undefined : { text, at: YamlDocument.ofText(text).root };
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

export const documentsIn = (text: string): readonly YamlDocument[] =>
  splitDocuments(text).map(({ document }) => document);

/** URLs, and the short forms that kustomize takes for git repositories. */
export function isRemote(reference: string): boolean {
  return /^[a-z+]+:\/\/|^git@|^(?:www\.)?(?:github|gitlab|bitbucket)\.\w+[/:]|\?ref=/.test(reference);
}
