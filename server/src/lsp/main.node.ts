import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { reasonOf } from './failures';
import { Reception } from './reception';

const reception = new Reception(async greeted => (await import('./engine')).serve(connection, greeted));
const connection = createConnection(ProposedFeatures.all, { messageStrategy: reception });

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

reception.attend(connection);
connection.listen();

// The engine, a bundle of its own, has no library of the protocol but this one.
export * from 'vscode-languageserver/node';
