import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { hasCommands, hasSchemas, outlinedLanguages, readsFiles } from '../../server/src/host/far-files';
import { showChanges } from './change';
import { showChangeLenses } from './change-lenses';
import { registerCommands } from './commands';
import { documentSelector, middlewareOf } from './documents';
import { readFilesFor } from './files';
import { followManifests } from './manifests';
import { registerMap } from './map-panel';
import { registerQuestions } from './questions';
import { showReach } from './reach';
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
    middleware: middlewareOf(extensionUri),
    // Asked for at each start: an extension may have come meanwhile.
    initializationOptions: () => ({
      [readsFiles]: true,
      [hasCommands]: true,
      [hasSchemas]: completesBySchemas(),
      [outlinedLanguages]: outlined(),
    }),
    outputChannel: output,
    traceOutputChannel: output,
  };
  const client = makeClient('kubeNetlint', 'Kubernetes Network Lint', options);
  const ready = new vscode.EventEmitter<void>();
  subscriptions.push(
    output,
    ready,
    showStatus(client, documentSelector, ready),
    followManifests(client, ready.event),
    showReach(client, ready.event),
    showChanges(client),
    showChangeLenses(client, ready.event),
    registerCommands(client, extensionUri),
    registerMap(client, extensionUri),
    registerQuestions(client),
    readFilesFor(client),
    runWhileEnabled(client, output),
  );
  return client;
}

/** Red Hat's extension reads the schemas that it is given: ours of the config file, and mostly those of Kubernetes. */
const completesBySchemas = () => vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
/** The languages of which another extension gives the outline. */
function outlined(): string[] {
  const by = { yaml: 'redhat.vscode-yaml', json: 'vscode.json-language-features' };
  return Object.entries(by).flatMap(([language, id]) => (vscode.extensions.getExtension(id) ? [language] : []));
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
