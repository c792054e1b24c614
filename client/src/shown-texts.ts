import * as vscode from 'vscode';

/** Texts that are only looked at. Each stays as long as somebody has it open. */
export class ShownTexts {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered = vscode.Disposable.from(
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: uri => this.#texts.get(uri.toString()) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#texts.delete(uri.toString())),
  );

  dispose(): void {
    this.#registered.dispose();
  }

  async show(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#put(`/${name}.txt`, text));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** A file as it would be with some edits: what VS Code's editor of many changes takes. */
  async changed(uri: vscode.Uri, edits: readonly vscode.TextEdit[]): Promise<[vscode.Uri, vscode.Uri, vscode.Uri]> {
    const document = await vscode.workspace.openTextDocument(uri);
    const before = document.getText();
    const sorted = [...edits].sort((a, b) => b.range.start.compareTo(a.range.start));
    const text = sorted.reduce(
      (text, { range, newText }) =>
        text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)),
      before,
    );
    return [uri, uri, this.#put(uri.path, text)];
  }

  #put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}

/** No file system: nothing is checked that is shown here, nor can it be changed. */
const scheme = 'kube-netlint';
