import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../lint/rule';
import type { Workspace } from '../workspace/workspace';
import type { Surroundings } from './actions';
import { diagnosticsOf } from './to-lsp';

/** Sends diagnostics per file, only where the list changed, and clears what is gone. */
export class Publisher {
  /** What each file was last told, by root. */
  readonly #sent = new Map<string, Map<string, string>>();

  constructor(
    readonly connection: Connection,
    readonly documents: TextDocuments<TextDocument>,
  ) {}

  publish(workspace: Workspace, findings: readonly Finding[], around: Surroundings, root: string): void {
    const byFile = diagnosticsOf(workspace, findings, path => around.uriOf(path), around.client.relatedInformation);
    const before = this.#sent.get(root) ?? new Map<string, string>();
    const now = new Map<string, string>();
    for (const [path, diagnostics] of byFile) {
      const uri = around.uriOf(path);
      const text = JSON.stringify(diagnostics);
      now.set(uri, text);
      if (before.get(uri) !== text) this.#send(uri, diagnostics);
    }
    for (const uri of before.keys()) if (!now.has(uri)) this.#send(uri, []);
    this.#sent.set(root, now);
  }

  clear(uri: string): void {
    for (const sent of this.#sent.values()) sent.delete(uri);
    this.#send(uri, []);
  }

  clearRoot(root: string): void {
    for (const uri of this.#sent.get(root)?.keys() ?? []) this.#send(uri, []);
    this.#sent.delete(root);
  }

  /** Editors differ in how they write a URI (`%3A`, drive letters): an open document's own spelling is used. */
  openUri(uri: string): string {
    if (this.documents.get(uri)) return uri;
    const wanted = decodeURIComponent(uri).toLowerCase();
    const same = this.documents.all().find(document => decodeURIComponent(document.uri).toLowerCase() === wanted);
    return same && decodeURIComponent(same.uri) === decodeURIComponent(uri) ? same.uri : uri;
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const version = this.documents.get(uri)?.version;
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
