import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { requestNames } from '../../server/src/host/command-names';
import type { MapAnswer } from '../../server/src/lsp/map-answer';
import type { Asked, Told } from './map/messages';
import { documentAround } from './yaml-lines';

/** Milliseconds after an edit until the map is asked for anew. */
const patience = 150;

/** The command that shows the network map beside the editor, and the view itself: it follows edits and the cursor. */
export function registerMap(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable {
  let open: MapPanel | undefined;
  return vscode.commands.registerCommand('kubeNetlint.showMap', async () => {
    const document = await documentToShow();
    if (document === undefined) {
      void vscode.window.showInformationMessage('There are no Kubernetes manifests in this workspace.');
      return;
    }
    open ??= new MapPanel(client, extension, () => {
      open = undefined;
    });
    open.show(document);
  });
}

/** What is being edited, else the first manifest that there is. */
async function documentToShow(): Promise<vscode.Uri | undefined> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(each => each && isManifest(each.document));
  if (editor) return editor.document.uri;
  const [first] = await vscode.workspace.findFiles('**/*.{yaml,yml}', '**/node_modules/**', 1);
  return first;
}

const isManifest = ({ languageId }: vscode.TextDocument) => languageId === 'yaml' || languageId === 'json';

class MapPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: vscode.Disposable[];
  #document: vscode.Uri | undefined;
  #name: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: BaseLanguageClient,
    extension: vscode.Uri,
    onClosed: () => void,
  ) {
    const dist = vscode.Uri.joinPath(extension, 'dist');
    this.#panel = vscode.window.createWebviewPanel(
      'kubeNetlint.map',
      'Network Map',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist], retainContextWhenHidden: true },
    );
    this.#panel.webview.html = pageIn(this.#panel.webview, dist);
    this.#subscriptions = [
      this.#panel.webview.onDidReceiveMessage((asked: Asked) => this.#answer(asked)),
      // What is found comes after what is edited, and tells that it was understood.
      vscode.languages.onDidChangeDiagnostics(() => this.#schedule()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isManifest(document) && this.#schedule()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      this.#panel.onDidChangeViewState(() => this.#schedule()),
    ];
    this.#panel.onDidDispose(() => {
      clearTimeout(this.#timer);
      for (const each of this.#subscriptions) each.dispose();
      onClosed();
    });
  }

  show(document: vscode.Uri): void {
    this.#document = document;
    this.#name = undefined;
    this.#panel.reveal(undefined, true);
    void this.#send();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), patience);
  }

  async #send(): Promise<void> {
    const uri = this.#document;
    if (uri === undefined || !this.#panel.visible || !this.client.isRunning()) return;
    const asked = { uri: this.client.code2ProtocolConverter.asUri(uri), ...(this.#name && { name: this.#name }) };
    const answer = await this.client.sendRequest<MapAnswer | null>(requestNames.map, asked).catch(() => null);
    // What can't be read at this moment changes nothing.
    if (answer) this.#tell({ type: 'map', ...answer });
  }

  #tell(told: Told): void {
    void this.#panel.webview.postMessage(told);
  }

  #answer(asked: Asked): void {
    if (asked.type === 'open') void this.#open(asked.spot);
    else {
      if (asked.type === 'choose') this.#name = asked.name;
      void this.#send();
    }
  }

  async #open({ file, line }: { readonly file: string; readonly line: number }): Promise<void> {
    const folder = this.#document && vscode.workspace.getWorkspaceFolder(this.#document);
    const uri = folder ? vscode.Uri.joinPath(folder.uri, file) : this.#document;
    if (uri === undefined) return;
    const at = new vscode.Position(line - 1, 0);
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.window.visibleTextEditors[0]?.viewColumn ?? vscode.ViewColumn.One,
    });
  }

  /** What the cursor is in is selected in the map. */
  #follow({ document, selection }: vscode.TextEditor): void {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const own = this.#document && vscode.workspace.getWorkspaceFolder(this.#document);
    if (!isManifest(document) || !this.#panel.visible || folder !== own) return;
    const file = vscode.workspace.asRelativePath(document.uri, false);
    const { line } = selection.active;
    const { from, to } = documentAround(document, line);
    this.#tell({ type: 'cursor', cursor: { file, line: line + 1, from: from + 1, to } });
  }
}

/** Nothing but the script and the styles of the extension is let in. */
function pageIn(webview: vscode.Webview, dist: vscode.Uri): string {
  const uriOf = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name));
  const policy = `default-src 'none'; script-src ${webview.cspSource}; style-src ${webview.cspSource}; img-src data:`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Network map</title>
<link rel="stylesheet" href="${uriOf('map.css')}">
</head>
<body>
<script src="${uriOf('map.js')}"></script>
</body>
</html>`;
}
