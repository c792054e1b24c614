import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { rules } from '../rules';
import { EitherHost } from './either-host';
import { reasonOf } from './failures';
import { Server } from './server';

const connection = createConnection(ProposedFeatures.all);

// Standard output is the wire: a stray line on it would break the stream.
console.log = console.error;

// What nobody caught is told, and ends nothing: without the server all findings would be gone. Where nobody reads what
// is told, there is nothing left to do.
process.stdout.on('error', () => process.exit(1));
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`kube-netlint: ${reasonOf(error)}\n`);
    connection.console.error(reasonOf(error));
  });
}

new Server(connection, rules, new EitherHost(connection));
connection.listen();
