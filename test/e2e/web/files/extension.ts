// Holds the workspace of the tests where there is no disk.

import * as vscode from 'vscode';
import { MemoryFiles } from '../../suite/memory';

export async function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): Promise<void> {
  const answer = await fetch(extensionUri.with({ path: '/workspace.json' }).toString(true));
  const provider = new MemoryFiles(JSON.parse(await answer.text()));
  subscriptions.push(vscode.workspace.registerFileSystemProvider('netlint-test', provider, { isCaseSensitive: true }));
}
