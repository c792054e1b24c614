import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { rules } from '../rules';
import { EditorHost } from './editor-host';
import { reasonOf } from './failures';
import { Server } from './server';

/** What of its own scope a Web Worker needs here; the compiler knows the names of Node only. */
interface WorkerScope {
  addEventListener(type: 'error' | 'unhandledrejection', listener: (event: WorkerFailure) => void): void;
  close(): void;
}
interface WorkerFailure {
  readonly error?: unknown;
  readonly reason?: unknown;
  preventDefault(): void;
}
declare const self: WorkerScope;

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);

// What nobody caught is told, and ends nothing: without the server all findings would be gone.
for (const type of ['error', 'unhandledrejection'] as const) {
  self.addEventListener(type, event => {
    event.preventDefault();
    connection.console.error(reasonOf(event.error ?? event.reason));
  });
}

// Nobody else ends a worker.
connection.onExit(() => self.close());

new Server(connection, rules, new EditorHost(connection));
connection.listen();
