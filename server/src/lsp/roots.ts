import * as path from 'node:path';
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { isWithin } from '../host/disk';
import type { AnyRule } from '../lint/rule';
import type { Client, Surroundings } from './client';
import { Root } from './root';

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
  ) {}

  get all(): readonly Root[] {
    return [...this.#byKey.values()];
  }

  has(root: Root): boolean {
    return this.#byKey.get(root.key) === root;
  }

  addFolder(uri: string): Root | undefined {
    const folder = pathOf(uri);
    if (folder === undefined || this.#byKey.has(folder)) return undefined;
    const root = new Root(folder, undefined, this.rules);
    this.#byKey.set(folder, root);
    return root;
  }

  remove(key: string): Root | undefined {
    const root = this.#byKey.get(key);
    this.#byKey.delete(key);
    return root;
  }

  folderAt(uri: string): Root | undefined {
    const folder = pathOf(uri);
    return folder === undefined ? undefined : this.#byKey.get(folder);
  }

  /** Where a document belongs that the editor shows, or showed. */
  find(uri: string): Located | undefined {
    const loose = this.#byKey.get(uri);
    if (loose?.loose) return { root: loose, file: loose.loose.file };
    return this.inFolder(uri);
  }

  inFolder(uri: string): Located | undefined {
    const full = pathOf(uri);
    const root = full === undefined ? undefined : this.#around(full);
    if (root === undefined || full === undefined) return undefined;
    return { root, file: path.relative(root.folder, full).split(path.sep).join('/') };
  }

  /** A file outside of every folder, or without a name yet, is a workspace of its own. */
  addLoose(uri: string, language: string): Located {
    const full = pathOf(uri);
    const file = looseName(uri, language);
    const folder =
      full === undefined ? (this.all.find(({ loose }) => !loose)?.folder ?? process.cwd()) : path.dirname(full);
    const root = new Root(folder, { uri, file }, this.rules);
    this.#byKey.set(uri, root);
    return { root, file };
  }

  opened(uri: string): void {
    const full = pathOf(uri);
    if (full !== undefined) this.#spelled.set(full, uri);
  }

  closed(uri: string): void {
    const full = pathOf(uri);
    if (full !== undefined && this.#spelled.get(full) === uri) this.#spelled.delete(full);
  }

  /** Whether a file is reported by this root, and not by a folder inside that is a root too. */
  isOwn(root: Root, file: string): boolean {
    return root.loose !== undefined || this.#around(path.join(root.folder, file)) === root;
  }

  around(root: Root, client: Client): Surroundings {
    const uriOf = (file: string) => {
      if (root.loose?.file === file) return root.loose.uri;
      const full = path.join(root.folder, file);
      return this.#spelled.get(full) ?? URI.file(full).toString();
    };
    return { client, uriOf, versionOf: file => this.documents.get(uriOf(file))?.version ?? null };
  }

  #around(full: string): Root | undefined {
    const folders = this.all.filter(
      ({ loose, folder }) => loose === undefined && full !== folder && isWithin(full, folder),
    );
    return folders.sort((a, b) => b.folder.length - a.folder.length)[0];
  }
}

/** What a loose file is read as: the language that it has in the editor decides where its name doesn't. */
function looseName(uri: string, language: string): string {
  const name = path.posix.basename(parsed(uri)?.path ?? '') || 'untitled';
  if (language === 'corefile') return name === 'Corefile' ? name : `${name.replace(/\.corefile$/, '')}.corefile`;
  return name === 'Corefile' || /\.(?:ya?ml|json|corefile)$/i.test(name) ? name : `${name}.yaml`;
}

/** The path of a file; undefined where a URI means no file, or nothing at all. */
export function pathOf(uri: string): string | undefined {
  const full = parsed(uri);
  return full?.scheme === 'file' ? full.fsPath : undefined;
}

function parsed(uri: string): URI | undefined {
  try {
    return URI.parse(uri, true);
  } catch {
    return undefined;
  }
}
