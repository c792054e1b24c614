import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { rules } from '../rules';
import { Server } from './server';

const connection = createConnection(ProposedFeatures.all);

// Standard output is the wire: a stray line on it would break the stream.
console.log = console.error;

new Server(connection, rules);
connection.listen();
