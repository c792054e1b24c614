import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import { pgbouncerIniIn } from './pooler-ini';

/** A password in the line of a database, and where it stands. */
export interface DatabasePassword {
  readonly password: string;
  readonly place: Place;
}

/** What `name = host=… password=…` gives away in the section [databases] of a pgbouncer.ini (pgbouncer: doc/config.md). */
export function databasePasswordsIn(node: Node): readonly DatabasePassword[] {
  if (pgbouncerIniIn(node) === undefined) return [];
  const found: DatabasePassword[] = [];
  let isDatabases = false;
  let start = 0;
  for (const line of (node.string ?? '').split('\n')) {
    if (/^\s*\[/.test(line)) isDatabases = line.trim() === '[databases]';
    const match = isDatabases ? /^[^;#]{0,500}?\spassword\s?=\s?'?([^\s']+)/.exec(line) : null;
    if (match !== null) {
      const password = match[1] ?? '';
      const end = start + match[0].length;
      found.push({ password, place: { in: node, range: { start: end - password.length, end } } });
    }
    start += line.length + 1;
  }
  return found;
}
