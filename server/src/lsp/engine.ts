import type { Connection, InitializeParams } from 'vscode-languageserver';
import { rules } from '../rules';
import { EitherHost } from './either-host';
import { Server } from './server';

/** Serves a connection that may have answered `initialize` already. */
export function serve(connection: Connection, greeted: InitializeParams | undefined): void {
  const server = new Server(connection, rules, new EitherHost(connection));
  if (greeted) server.initialize(greeted);
}
