import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { readsFiles } from '../../server/src/host/far-files';
import { registerCommands } from './commands';
import { documentSelector, middleware } from './documents';
import { readFilesFor } from './files';
import { showStatus } from './status';

/**
 * Starts the language server, which does all the work; here is only what a person sees around it.
 * The first part of `kubeNetlint.trace.server` is the client's id: the library reads that setting by itself.
 */
export function start(
  { subscriptions, extensionUri }: vscode.ExtensionContext,
  makeClient: (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient,
): BaseLanguageClient {
  const output = vscode.window.createOutputChannel('Kubernetes Network Lint', { log: true });
  const options = {
    documentSelector,
    middleware,
    initializationOptions: { [readsFiles]: true },
    outputChannel: output,
    traceOutputChannel: output,
  };
  const client = makeClient('kubeNetlint', 'Kubernetes Network Lint', options);
  subscriptions.push(
    output,
    showStatus(client, documentSelector),
    registerCommands(client, extensionUri),
    readFilesFor(client),
    runWhileEnabled(client, output),
  );
  return client;
}

/** The server runs as long as `kubeNetlint.enable` says so. */
function runWhileEnabled(client: BaseLanguageClient, output: vscode.LogOutputChannel): vscode.Disposable {
  const follow = async () => {
    try {
      const isEnabled = vscode.workspace.getConfiguration('kubeNetlint').get('enable', true);
      if (isEnabled && client.needsStart()) await client.start();
      else if (!isEnabled && client.needsStop()) await client.stop();
    } catch (error) {
      output.error(String(error));
    }
  };
  void follow();
  return vscode.workspace.onDidChangeConfiguration(follow);
}
