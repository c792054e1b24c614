import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { engineRules } from '../lint/engine-rules';
import type { AnyRule } from '../lint/rule';
import type { Client, Surroundings } from './client';
import type { Host } from './hosts';
import { Root } from './root';
import { parsed } from './uris';

/** A file in the root that it belongs to. */
export interface Located {
  readonly root: Root;
  readonly file: string;
}

/** The roots that there are, and which one a document belongs to: the innermost folder, else one of its own. */
export class Roots {
  /** By the path of a folder, or the URI of a loose document. */
  readonly #byKey = new Map<string, Root>();
  /** How the editor spells the URIs of open files (`%3A`, drive letters), by their paths. */
  readonly #spelled = new Map<string, string>();

  constructor(
    readonly rules: readonly AnyRule[],
    readonly documents: TextDocuments<TextDocument>,
    readonly host: Host,
  ) {}

  get all(): readonly Root[] {
    return [...this.#byKey.values()];
  }

  has(root: Root): boolean {
    return this.#byKey.get(root.key) === root;
  }

  addFolder(uri: string): Root | undefined {
    const folder = this.host.pathOf(uri);
    if (folder === undefined || this.#byKey.has(folder)) return undefined;
    const root = new Root(folder, undefined, this.rules, this.host.open(folder));
    this.#byKey.set(folder, root);
    return root;
  }

  remove(key: string): Root | undefined {
    const root = this.#byKey.get(key);
    this.#byKey.delete(key);
    return root;
  }

  folderAt(uri: string): Root | undefined {
    const folder = this.host.pathOf(uri);
    return folder === undefined ? undefined : this.#byKey.get(folder);
  }

  /** Where a document belongs that the editor shows, or showed. */
  find(uri: string): Located | undefined {
    const loose = this.#byKey.get(uri);
    if (loose?.loose) return { root: loose, file: loose.loose.file };
    return this.inFolder(uri);
  }

  inFolder(uri: string): Located | undefined {
    const full = this.host.pathOf(uri);
    return full === undefined ? undefined : this.#around(full);
  }

  /** A file outside of every folder, or without a name yet, is a workspace of its own. */
  addLoose(uri: string, language: string): Located {
    const full = this.host.pathOf(uri);
    const file = looseName(uri, language);
    const folder =
      full === undefined ? (this.all.find(({ loose }) => !loose)?.folder ?? this.host.home) : this.host.folderOf(full);
    const root = new Root(folder, { uri, file }, this.rules, this.host.open(folder));
    this.#byKey.set(uri, root);
    return { root, file };
  }

  opened(uri: string): void {
    const full = this.host.pathOf(uri);
    if (full !== undefined) this.#spelled.set(full, uri);
  }

  closed(uri: string): void {
    const full = this.host.pathOf(uri);
    if (full !== undefined && this.#spelled.get(full) === uri) this.#spelled.delete(full);
  }

  /** Whether a file is reported by this root, and not by a folder inside that is a root too. */
  isOwn(root: Root, file: string): boolean {
    return root.loose !== undefined || this.#around(this.host.join(root.folder, file))?.root === root;
  }

  around(root: Root, client: Client): Surroundings {
    const uriOf = (file: string) => {
      if (root.loose?.file === file) return root.loose.uri;
      const full = this.host.join(root.folder, file);
      return this.#spelled.get(full) ?? this.host.uriOf(full);
    };
    const versionOf = (file: string) => this.documents.get(uriOf(file))?.version ?? null;
    return { client, uriOf, versionOf, rules: [...this.rules, ...engineRules], findings: root.findings };
  }

  #around(full: string): Located | undefined {
    const inside = this.all.flatMap(root => {
      const file = root.loose ? undefined : this.host.within(root.folder, full);
      return file === undefined ? [] : [{ root, file }];
    });
    return inside.sort((a, b) => a.file.length - b.file.length)[0];
  }
}

/** What a loose file is read as: the language that it has in the editor decides where its name doesn't. */
function looseName(uri: string, language: string): string {
  const name = parsed(uri)?.path.split('/').at(-1) || 'untitled';
  if (language === 'corefile') return name === 'Corefile' ? name : `${name.replace(/\.corefile$/, '')}.corefile`;
  return name === 'Corefile' || /\.(?:ya?ml|json|corefile)$/i.test(name) ? name : `${name}.yaml`;
}
