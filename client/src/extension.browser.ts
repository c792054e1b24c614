import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { start } from './start';

/** The compiler knows the names of Node only. */
declare const Worker: new (url: string) => ConstructorParameters<typeof BrowserMessageReader>[0];

let client: LanguageClient | undefined;

/** Where there is no Node: the server is a Web Worker, and reads no files itself. */
export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'web', 'server.js');
  const connect = async () => {
    const worker = new Worker(await addressOf(script));
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  start(context, (id, name, options) => {
    client = new LanguageClient(id, name, connect, options);
    return client;
  });
}

/** VS Code waits for the server to end. */
export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop();
}

/** VS Code starts no worker from a file of a remote machine: its text has to be brought here. */
async function addressOf(script: vscode.Uri): Promise<string> {
  if (script.scheme !== 'vscode-remote') return script.toString(true);
  const text = await vscode.workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([text], { type: 'application/javascript' }));
}
