import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { requestNames } from '../../server/src/host/command-names';
import type { DifferenceAnswer } from '../../server/src/lsp/differing';
import { committedAround } from './committed';

/** The command that shows what the changes since the last commit open and close. */
export function showChanges(client: BaseLanguageClient): vscode.Disposable {
  const page = vscode.Uri.from({ scheme: 'kube-netlint-change', path: '/Opened and Closed.md' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let markdown = '';
  const provider = { onDidChange: changed.event, provideTextDocumentContent: () => markdown };
  const show = async () => {
    const document = vscode.window.activeTextEditor?.document;
    const answer = document
      ? await differenceOf(client, document.uri)
      : 'Open a manifest to see what its change opens.';
    if (typeof answer === 'string') {
      void vscode.window.showInformationMessage(answer);
      return answer;
    }
    markdown = answer.markdown;
    changed.fire(page);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', page);
    } catch {
      // The extension that shows Markdown can be switched off.
      await vscode.window.showTextDocument(page, { preview: true });
    }
    return answer.summary;
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(page.scheme, provider),
    vscode.commands.registerCommand('kubeNetlint.showChange', show),
  );
}

/** What the server says of the changes around a file; a sentence where it can't. */
export async function differenceOf(client: BaseLanguageClient, file: vscode.Uri): Promise<DifferenceAnswer | string> {
  const committed = await committedAround(file);
  if (typeof committed === 'string') return committed;
  const { asUri } = client.code2ProtocolConverter;
  const before = committed.map(({ uri, text }) => ({ uri: asUri(uri), text }));
  const answer = await client.sendRequest<DifferenceAnswer | null>(requestNames.difference, {
    textDocument: { uri: asUri(file) },
    before,
  });
  return answer ?? 'This file is none that is read, or the files are still being read.';
}
