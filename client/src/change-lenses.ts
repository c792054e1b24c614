import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { differenceOf } from './change';
import { followRepository } from './committed';

/** Above each policy that is not as it was committed: what the changes open and close, in short. */
export function showChangeLenses(client: BaseLanguageClient, onReady: vscode.Event<void>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  /** By the folder of a file, so that each repository is heard a few times at most. */
  const followed = new Map<string, Promise<vscode.Disposable | undefined>>();
  const isWanted = (uri?: vscode.Uri) =>
    vscode.workspace.getConfiguration('kubeNetlint', uri).get('codeLens.enable', false);
  const again = () => {
    if (isWanted()) changed.fire();
  };
  const provideCodeLenses = async ({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> => {
    if (!isWanted(uri) || !client.isRunning()) return [];
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
    if (!followed.has(folder)) followed.set(folder, followRepository(uri, again));
    const answer = await differenceOf(client, uri);
    if (typeof answer === 'string') return [];
    const command = { title: `Since the last commit: ${answer.summary}`, command: 'kubeNetlint.showChange' };
    return answer.policies.map(at => {
      const position = client.protocol2CodeConverter.asPosition(at);
      return new vscode.CodeLens(new vscode.Range(position, position), command);
    });
  };
  return vscode.Disposable.from(
    changed,
    onReady(again),
    vscode.languages.registerCodeLensProvider(
      { language: 'yaml' },
      { onDidChangeCodeLenses: changed.event, provideCodeLenses },
    ),
    { dispose: () => [...followed.values()].map(async repository => (await repository)?.dispose()) },
  );
}
