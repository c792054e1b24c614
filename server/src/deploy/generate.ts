import { join } from '../text/paths';
import type { Node } from '../yaml/node';
import { type Behaviour, EffectiveObject, isSameObject } from './object';
import type { Sources } from './sources';
import { at, entriesOf, itemsOf, scalar, textAt, unwritten, type Value, within } from './value';

export type Generated = 'ConfigMap' | 'Secret';

/** The object that an entry of `configMapGenerator:` or `secretGenerator:` makes; undefined where a file is missing. */
export function generated(
  kind: Generated,
  entry: Value,
  defaults: Value | undefined,
  folder: string,
  sources: Sources,
): EffectiveObject | undefined {
  const by = entry.at;
  const pairs = pairsOf(entry, folder, sources);
  if (pairs === undefined) return undefined;
  const made = unwritten(by);
  made.entries.set('apiVersion', scalar('v1', by));
  made.entries.set('kind', scalar(kind, by));
  const metadata = within(made, 'metadata', by);
  const name = at(entry, 'name') ?? at(entry, 'metadata', 'name');
  metadata.entries.set('name', scalar(textAt(name) ?? '', name?.at ?? by));
  const namespace = textAt(entry, 'namespace') ?? textAt(entry, 'metadata', 'namespace');
  if (namespace !== undefined) metadata.entries.set('namespace', scalar(namespace, by));
  for (const options of [defaults, at(entry, 'options')]) {
    for (const field of ['labels', 'annotations']) {
      for (const [key, value] of entriesOf(at(options, field))) within(metadata, field, by).entries.set(key, value);
    }
    if (textAt(options, 'immutable') === 'true') made.entries.set('immutable', scalar(true, by));
  }
  if (kind === 'Secret') made.entries.set('type', scalar(textAt(entry, 'type') ?? 'Opaque', by));
  for (const [key, value, place] of pairs) {
    const text = kind === 'Secret' && value !== undefined ? inBase64(value) : value;
    within(made, 'data', by).entries.set(key, scalar(text ?? null, place));
  }
  return new EffectiveObject(made, behaviourOf(textAt(entry, 'behavior')));
}

const behaviourOf = (text: string | undefined): Behaviour => (text === 'merge' || text === 'replace' ? text : 'create');

/** The value is undefined where nobody read the file that holds it. */
type Datum = readonly [key: string, value: string | undefined, at: Node];

function pairsOf(entry: Value, folder: string, sources: Sources): Datum[] | undefined {
  const pairs: Datum[] = [];
  for (const item of itemsOf(at(entry, 'literals'))) {
    const [key, value] = split(textAt(item) ?? '');
    pairs.push([key, unquoted(value ?? ''), item.at]);
  }
  for (const item of itemsOf(at(entry, 'files'))) {
    const [first, second] = split(textAt(item) ?? '');
    const file = sources.file(join(folder, second ?? first));
    if (file === undefined) return undefined;
    const key = second === undefined ? first.slice(first.lastIndexOf('/') + 1) : first;
    pairs.push(file === 'unread' ? [key, undefined, item.at] : [key, file.whole.text, file.whole.root]);
  }
  const env = at(entry, 'env');
  for (const item of [...itemsOf(at(entry, 'envs')), ...(env === undefined ? [] : [env])]) {
    const file = sources.file(join(folder, textAt(item) ?? ''));
    if (file === undefined) return undefined;
    if (file === 'unread') continue;
    for (const line of file.whole.text.split(/\r?\n/)) {
      const text = line.trimStart();
      if (text === '' || text.startsWith('#')) continue;
      const [key, value] = split(text);
      pairs.push([key, value ?? '', file.whole.root]);
    }
  }
  return pairs;
}

function split(text: string): [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

const unquoted = (text: string) => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** Adds a generated object, or lets it meet the one of its name. */
export function absorb(objects: EffectiveObject[], made: EffectiveObject): void {
  const { id } = made;
  const old =
    made.behaviour === 'create' ? undefined : objects.find(({ ids }) => ids.some(one => isSameObject(one, id)));
  if (old === undefined) {
    objects.push(made);
    return;
  }
  const by = made.value.at;
  for (const field of ['labels', 'annotations']) {
    for (const [key, value] of entriesOf(at(made.value, 'metadata', field)))
      within(within(old.value, 'metadata', by), field, by).entries.set(key, value);
  }
  const type = made.value.entries.get('type');
  if (type) old.value.entries.set('type', type);
  const immutable = made.value.entries.get('immutable');
  if (immutable) old.value.entries.set('immutable', immutable);
  else old.value.entries.delete('immutable');
  if (made.behaviour === 'replace') for (const field of ['data', 'binaryData']) old.value.entries.delete(field);
  for (const [key, value] of entriesOf(at(made.value, 'data'))) within(old.value, 'data', by).entries.set(key, value);
}

function inBase64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}
