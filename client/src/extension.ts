import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, SettingMonitor, TransportKind } from 'vscode-languageclient/node';
import { registerCommands } from './commands';
import { showStatus } from './status';

let client: LanguageClient | undefined;

// Explicit schemes: the left side of a diff (`git:`) is nobody's to fix. Closed files are read by the server itself.
const documentSelector = [
  ...['file', 'untitled'].flatMap(scheme => [
    { scheme, language: 'yaml' },
    { scheme, language: 'json' },
    { scheme, language: 'corefile' },
  ]),
  { scheme: 'file', pattern: '**/.kube-netlint.yaml' },
];

/**
 * Starts the language server, which does all the work; here is only what a person sees around it.
 * The first part of `kubeNetlint.trace.server` is the client's id: the library reads that setting by itself.
 */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Kubernetes Network Lint', { log: true });
  const server = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  const options: LanguageClientOptions = { documentSelector, outputChannel: output, traceOutputChannel: output };
  client = new LanguageClient('kubeNetlint', 'Kubernetes Network Lint', { run: server, debug: server }, options);
  context.subscriptions.push(
    output,
    showStatus(client, documentSelector),
    registerCommands(client, context.extensionUri),
    new SettingMonitor(client, 'kubeNetlint.enable').start(),
  );
}

/** VS Code waits for the server to end. */
export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop();
}
