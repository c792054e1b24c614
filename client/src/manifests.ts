import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { requestNames } from '../../server/src/host/command-names';

/**
 * Tells VS Code whether the editor shows a document with objects of ours, for menus, and whether there ever was one, for
 * the view: that one stays, once it is there.
 */
export function followManifests(client: BaseLanguageClient, onReady: vscode.Event<void>): vscode.Disposable {
  let known: boolean | undefined;
  const follow = async () => {
    const document = vscode.window.activeTextEditor?.document;
    const isAsked = document?.languageId === 'yaml' && client.isRunning();
    const isManifest = isAsked && (await hasObjects(client, document));
    if (isManifest === known) return;
    known = isManifest;
    await vscode.commands.executeCommand('setContext', 'kubeNetlint.isManifest', isManifest);
    if (isManifest) await vscode.commands.executeCommand('setContext', 'kubeNetlint.hasManifests', true);
  };
  const followNow = () => void follow();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(followNow), onReady(followNow));
}

async function hasObjects(client: BaseLanguageClient, { uri }: vscode.TextDocument): Promise<boolean> {
  const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
  return client.sendRequest<boolean>(requestNames.hasObjects, { textDocument }).catch(() => false);
}
