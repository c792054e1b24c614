import { bareHostsIn, hasHostForm, normalHost } from '../../kube/address';
import type { Place } from '../../yaml/replace';
import { isMisleading, isTelling } from './evidence-keys';
import type { Word } from './evidence-words';

/** A host that a command names without saying that it is one. */
export interface AskedHost {
  readonly host: string;
  readonly port: number | undefined;
  readonly place: Place;
}

/** How a program is told its host. */
type Manner = 'positional' | 'url' | 'flag' | 'subject';

/** @own programs that are met in containers that wait for others, and where their manuals put the host */
const manners: readonly (readonly [Manner, readonly string[]])[] = [
  ['positional', ['nc', 'ncat', 'netcat', 'telnet', 'nslookup', 'dig', 'host', 'getent', 'ping', 'wait-for-it', 'wait-for-it.sh',
    'wait-for', 'wait-for.sh', 'wait_for_it.sh', 'cqlsh', 'tcping']],
  ['url', ['curl', 'wget', 'http', 'wget2']],
  ['flag', ['psql', 'pg_isready', 'pg_dump', 'pg_restore', 'mysql', 'mysqladmin', 'mysqldump', 'mariadb', 'mariadb-admin',
    'redis-cli', 'valkey-cli', 'mongo', 'mongosh', 'mongodump', 'clickhouse-client', 'mosquitto_pub', 'mosquitto_sub']],
  ['subject', ['k8s-wait-for', 'wait_for.sh']],
]; // biome-ignore format: a table

const mannerOf: ReadonlyMap<string, Manner> = new Map(
  manners.flatMap(([manner, programs]) => programs.map(program => [program, manner] as const)),
);

/** The hosts that stand under a telling flag or assignment, and those that a waiting or asking program is given. */
export function askedHosts(words: readonly Word[], image: string): readonly AskedHost[] {
  const found: AskedHost[] = [];
  let manner = mannerOf.get(programOf(image));
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (word.isFirst && mannerOf.has(programOf(word.text))) {
      manner = mannerOf.get(programOf(word.text));
      continue;
    }
    if (word.isFirst && i > 0) manner = undefined;
    const equals = word.text.indexOf('=');
    if (equals > 0) found.push(...assigned(word, equals));
    else if (word.text.startsWith('-')) found.push(...flagged(word, next, manner));
    else if (manner !== undefined && isObject(manner, words[i - 1], word)) found.push(...named(word, next));
  }
  return found;
}

/** `/usr/bin/nc`, `groundnuty/k8s-wait-for:v2.0`. */
function programOf(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return /^[^:@]*/.exec(base)?.[0] ?? base;
}

function assigned(word: Word, equals: number): readonly AskedHost[] {
  if (!isTelling(word.text.slice(0, equals).replace(/^-+D?/, ''))) return [];
  return within(word, equals + 1);
}

function flagged(word: Word, next: Word | undefined, manner: Manner | undefined): readonly AskedHost[] {
  if (next === undefined || next.isFirst || next.text.startsWith('-')) return [];
  const name = word.text.replace(/^-+/, '');
  const isHost = isTelling(name) || (manner === 'flag' && /^-[hH]$/.test(word.text));
  return isHost && next.text.indexOf('=') === -1 ? within(next, 0) : [];
}

/** Hosts of a word from an offset on. */
function within({ text, place }: Word, offset: number): readonly AskedHost[] {
  return bareHostsIn(text.slice(offset)).map(({ host, range }) => {
    const start = place.range.start + offset;
    return {
      host,
      port: undefined,
      place: { in: place.in, range: { start: start + range.start, end: start + range.end } },
    };
  });
}

/** Whether a word is what the program is asked about, and no value of one of its flags. */
function isObject(manner: Manner, before: Word | undefined, word: Word): boolean {
  if (manner === 'positional') return !before?.text.startsWith('-') || !/^-[a-z]*[wqpsXiT]$/.test(before.text);
  if (manner === 'subject') return before?.text === 'service';
  if (manner === 'flag' || word.isFirst) return false;
  return (
    !before?.text.startsWith('-') ||
    /^-(?:[fsSkLIivgN]+|-silent|-fail|-insecure|-head|-spider|q|qO-?|O-)$/.test(before.text)
  );
}

function named(word: Word, next: Word | undefined): readonly AskedHost[] {
  const { text, place } = word;
  const slash = text.indexOf('/');
  const written = slash === -1 ? text : text.slice(0, slash);
  // The namespace may be a variable, or be read from a file: `nslookup redis.$NAMESPACE.svc`.
  const variable = written.indexOf('.$');
  const host = variable === -1 ? written : written.slice(0, variable);
  if (!hasHostForm(host) || isMisleading(host)) return [];
  const port = next && !next.isFirst && /^\d{1,5}$/.test(next.text) ? Number(next.text) : undefined;
  const { start } = place.range;
  return [{ host: normalHost(host), port, place: { in: place.in, range: { start, end: start + host.length } } }];
}
