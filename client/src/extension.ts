import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './start';
import { provideTasks } from './tasks';

let client: LanguageClient | undefined;

/** Where there is Node: the server is a process of its own. */
export function activate(context: vscode.ExtensionContext): void {
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  context.subscriptions.push(provideTasks());
  start(context, (id, name, options) => {
    client = new LanguageClient(id, name, { run: server, debug: server }, options);
    return client;
  });
}

/** VS Code waits for the server to end. */
export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop();
}
