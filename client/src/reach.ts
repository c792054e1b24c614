import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { requestNames } from '../../server/src/host/command-names';
import type { ReachAnswer } from '../../server/src/lsp/reaching';
import { ReachTree } from './reach-tree';

/** Milliseconds after the last move of the cursor, or the last key, before the view follows. */
const pause = 200;

/** The view that shows who can reach what the cursor is in, and the command that brings it. */
export function showReach(client: BaseLanguageClient, onReady: vscode.Event<void>): vscode.Disposable {
  const tree = new ReachTree(client);
  const view = vscode.window.createTreeView('kubeNetlint.reach', { treeDataProvider: tree, showCollapseAll: true });
  /** Where somebody went by a row of the view: it does not follow there, or it would change under the click. */
  let visited: vscode.Location | undefined;
  let asked = 0;
  const follow = async () => {
    const editor = vscode.window.activeTextEditor;
    if (!view.visible || !client.isRunning() || editor?.document.languageId !== 'yaml' || isVisit(editor, visited))
      return;
    const mine = ++asked;
    const answer = await client
      .sendRequest<ReachAnswer | null>(requestNames.reach, {
        textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) },
        position: client.code2ProtocolConverter.asPosition(editor.selection.active),
      })
      .catch(() => null);
    // What can't be read at this moment changes nothing.
    if (answer === null || mine !== asked) return;
    const [only, ...others] = answer.ends;
    view.description = only && others.length === 0 ? only.name : '';
    view.message = answer.message ?? '';
    tree.show(answer);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void follow(), pause);
  };
  const show = async (uri?: string, position?: { readonly line: number; readonly character: number }) => {
    if (uri !== undefined && position !== undefined) {
      const at = client.protocol2CodeConverter.asPosition(position);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
    }
    visited = undefined;
    await vscode.commands.executeCommand('setContext', 'kubeNetlint.hasManifests', true);
    await vscode.commands.executeCommand('kubeNetlint.reach.focus');
    await follow();
  };
  const open = async (uri: vscode.Uri, range: vscode.Range) => {
    visited = new vscode.Location(uri, range.start);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(range.start, range.start) });
  };
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand('kubeNetlint.showReach', show),
    vscode.commands.registerCommand('kubeNetlint.openFromReach', open),
    vscode.window.onDidChangeTextEditorSelection(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.workspace.onDidChangeTextDocument(soon),
    view.onDidChangeVisibility(soon),
    onReady(soon),
    { dispose: () => clearTimeout(timer) },
  );
}

function isVisit({ document, selection }: vscode.TextEditor, visited: vscode.Location | undefined): boolean {
  return visited?.uri.toString() === document.uri.toString() && visited.range.start.isEqual(selection.active);
}
