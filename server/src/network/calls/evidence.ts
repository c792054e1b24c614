import { addressesIn, bareHostsIn, numericAddressesIn } from '../../kube/address';
import { textEntriesOf, textOf } from '../../kube/config-map';
import { podSpecOf } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import { askedHosts } from './evidence-commands';
import { isMisleading, isTelling } from './evidence-keys';
import { wordsOf } from './evidence-words';

/** Where a pod says whom it calls. `initContainer` is a command of one: it waits, migrates or fetches. */
export type EvidenceKind = 'env' | 'envFrom' | 'configMapKeyRef' | 'args' | 'command' | 'initContainer';

/** A host in a place where a workload keeps its settings. Whether it is a Service is not known yet. */
export interface Mention {
  readonly host: string;
  readonly port: number | undefined;
  readonly scheme: string | undefined;
  readonly place: Place;
  readonly kind: EvidenceKind;
  /** Name of the variable, where there is one. */
  readonly name: string | undefined;
  /** How it is known to be an address: from how it is written, from its key, or from the command it is given to. */
  readonly form: 'address' | 'key' | 'command' | 'number';
}

/** Looks up ConfigMaps of the workload's namespace; usually one, more where files hold alternatives. */
export type ConfigMaps = (name: string) => readonly Resource[];

/** Every host that the containers of a workload are configured with. Probes and lifecycle hooks are not settings. */
export function mentionsOf(workload: Resource, configMaps: ConfigMaps): readonly Mention[] {
  return allOf(workload, configMaps).filter(({ form }) => form !== 'number');
}

/** Those that are no names: addresses with a port. */
export function addressesOf(workload: Resource, configMaps: ConfigMaps): readonly Mention[] {
  return allOf(workload, configMaps).filter(({ form }) => form === 'number');
}

function allOf(workload: Resource, configMaps: ConfigMaps): readonly Mention[] {
  const { own, references } = settingsOf(workload);
  return [
    ...own,
    ...references.flatMap(reference => configMaps(reference.configMap).flatMap(map => inMap(map, reference))),
  ];
}

/** What references bring from a ConfigMap: by each of them, and by what it reads, as many may read the same. */
const inMaps = memo((_: Resource) => ({
  byReference: new WeakMap<Reference, readonly Mention[]>(),
  byReading: new Map<string, readonly Mention[]>(),
}));

function inMap(configMap: Resource, reference: Reference): readonly Mention[] {
  const { byReference, byReading } = inMaps(configMap);
  const known = byReference.get(reference);
  if (known) return known;
  const { key, name, prefix, kind } = reference;
  const reading = JSON.stringify([key, name, prefix]);
  let mentions = byReading.get(reading);
  if (mentions === undefined) {
    const nodes = key === undefined ? textEntriesOf(configMap) : [textOf(configMap, key) ?? []].flat();
    const portOf = (wanted: string) => textOf(configMap, wanted.slice(prefix.length))?.string;
    const all = nodes.flatMap(node => inVariable(node, name ?? `${prefix}${node.key}`, kind, portOf));
    mentions = key === undefined ? firstOfEach(all) : all;
    byReading.set(reading, mentions);
  }
  byReference.set(reference, mentions);
  return mentions;
}

/** A few mentions of a host are proof enough. */
function firstOfEach(mentions: readonly Mention[]): readonly Mention[] {
  const counts = new Map<string, number>();
  return mentions.filter(({ host }) => {
    const count = (counts.get(host) ?? 0) + 1;
    counts.set(host, count);
    return count <= 8;
  });
}

interface Reference {
  readonly configMap: string;
  /** One entry, else all of them. */
  readonly key: string | undefined;
  readonly name: string | undefined;
  readonly prefix: string;
  readonly kind: EvidenceKind;
}

interface Settings {
  readonly own: readonly Mention[];
  readonly references: readonly Reference[];
}

const settingsOf = memo((workload: Resource): Settings => {
  const spec = podSpecOf(workload);
  const regular = spec.at('containers').items();
  const first = spec.at('initContainers').items();
  return {
    own: [
      ...[...regular, ...first].flatMap(inEnv),
      ...regular.flatMap(container => inWords(container, undefined)),
      ...first.flatMap(container => inWords(container, 'initContainer')),
    ],
    references: [...regular, ...first].flatMap(referencesOf),
  };
});

function inEnv(container: Node): readonly Mention[] {
  const variables = container.at('env').items();
  const values = new Map(variables.map(item => [item.at('name').string, item.at('value').text]));
  const portOf = (name: string) => values.get(name);
  return variables.flatMap(item => {
    const name = item.at('name').string;
    return name === undefined ? [] : inVariable(item.at('value'), name, 'env', portOf);
  });
}

function referencesOf(container: Node): readonly Reference[] {
  const sources = container
    .at('envFrom')
    .items()
    .flatMap((source): Reference[] => {
      const configMap = source.at('configMapRef', 'name').string;
      const prefix = source.at('prefix').string ?? '';
      return configMap === undefined ? [] : [{ configMap, key: undefined, name: undefined, prefix, kind: 'envFrom' }];
    });
  const variables = container
    .at('env')
    .items()
    .flatMap((item): Reference[] => {
      const reference = item.at('valueFrom', 'configMapKeyRef');
      const configMap = reference.at('name').string;
      const key = reference.at('key').string;
      const name = item.at('name').string;
      if (configMap === undefined || key === undefined || name === undefined) return [];
      return [{ configMap, key, name, prefix: '', kind: 'configMapKeyRef' }];
    });
  return [...sources, ...variables];
}

/** Every host in a setting, whoever reads it: the entry of a ConfigMap or the like. */
export const hostsInSetting = memo((entry: Node): readonly Mention[] =>
  inVariable(entry, String(entry.key), 'configMapKeyRef', () => undefined).filter(({ form }) => form !== 'number'),
);

/** The hosts in the value of a variable. */
function inVariable(
  node: Node,
  name: string,
  kind: EvidenceKind,
  siblingOf: (name: string) => string | undefined,
): readonly Mention[] {
  const text = node.string;
  // The entry of a ConfigMap has a name of its own: `BROKER` may be filled from `KAFKA_HOST`.
  const names = [name, String(node.key)];
  if (text === undefined || text.length < 2 || names.some(isMisleading)) return [];
  const shared = { kind, name };
  const evident = addressesIn(text).map(
    (address): Mention => ({ ...address, ...shared, place: { in: node, range: address.range }, form: 'address' }),
  );
  const numbers = numericAddressesIn(text).map(
    (address): Mention => ({ ...address, ...shared, place: { in: node, range: address.range }, form: 'number' }),
  );
  const bare = names.some(isTelling) ? bareHostsIn(text) : [];
  const port = bare.length > 0 ? portBeside(name, siblingOf) : undefined;
  const told = bare.map(
    (host): Mention => ({
      ...host,
      ...shared,
      port,
      scheme: undefined,
      place: { in: node, range: host.range },
      form: 'key',
    }),
  );
  // A value may itself be a list of settings: `host=db port=5432`, `-Dredis.host=redis`.
  const listed = text.includes('=')
    ? askedHosts(wordsOf([node]), '').map((asked): Mention => ({ ...asked, ...shared, scheme: undefined, form: 'key' }))
    : [];
  return withoutOverlaps([...evident, ...told, ...listed, ...numbers]);
}

/**
 * `REDIS_PORT` beside `REDIS_HOST`.
 *
 * @own the endings that variables of hosts and of their ports have side by side in real manifests
 */
function portBeside(name: string, siblingOf: (name: string) => string | undefined): number | undefined {
  const stem = /^(.*?)(?:host(?:name)?|addr(?:ess)?|server|service|service_?host)$/i.exec(name)?.[1];
  if (stem === undefined) return undefined;
  for (const word of ['PORT', 'port', 'Port', 'SERVICE_PORT']) {
    const text = siblingOf(`${stem}${word}`);
    if (text !== undefined && /^\d{1,5}$/.test(text)) return Number(text);
  }
  return undefined;
}

/** The hosts in command and arguments of a container. */
function inWords(container: Node, kind: EvidenceKind | undefined): readonly Mention[] {
  const parts = (['command', 'args'] as const).map(field => ({ field, items: container.at(field).items() }));
  const image = parts[0]?.items.length === 0 ? (container.at('image').string ?? '') : '';
  const evident = parts.flatMap(({ field, items }) =>
    items.flatMap(node =>
      evidentIn(node.string ?? '').flatMap(({ form, ...address }): Mention[] => {
        const place = { in: node, range: address.range };
        if (isMisleading(flagOf(node, address.range.start))) return [];
        return [{ ...address, place, kind: kind ?? field, name: undefined, form }];
      }),
    ),
  );
  const words = wordsOf(parts.flatMap(({ items }) => items));
  const asked = askedHosts(words, image).map((host): Mention => {
    const field = host.place.in.parent?.key === 'command' ? 'command' : 'args';
    return { ...host, scheme: undefined, kind: kind ?? field, name: undefined, form: 'command' };
  });
  return withoutOverlaps([...evident, ...asked]);
}

function evidentIn(text: string) {
  const named = addressesIn(text).map(address => ({ ...address, form: 'address' as const }));
  return [...named, ...numericAddressesIn(text).map(address => ({ ...address, form: 'number' as const }))];
}

/** The flag that an address belongs to: `--listen=web:80`, or the word before `web:80`. */
function flagOf(item: Node, start: number): string {
  const before = (item.string ?? '').slice(Math.max(0, start - 120), start).split(/\s+/);
  const [previous = '', beginning = ''] = [before.at(-2), before.at(-1)];
  const equals = beginning.indexOf('=');
  if (equals > 0) return beginning.slice(0, equals);
  if (before.length > 1) return previous.startsWith('-') ? previous : '';
  const last = typeof item.key === 'number' && item.key > 0 ? item.parent?.at(item.key - 1).string : undefined;
  return last?.startsWith('-') === true && last.length < 100 ? last : '';
}

/** Of several readings of one piece of text the first counts. */
function withoutOverlaps(mentions: readonly Mention[]): readonly Mention[] {
  const taken = new Map<Node, Set<number>>();
  return mentions.filter(({ place }) => {
    const starts = taken.get(place.in) ?? new Set();
    taken.set(place.in, starts);
    if (starts.has(place.range.start)) return false;
    starts.add(place.range.start);
    return true;
  });
}

/** Scripts say where to read more, too. */
export function isInComment({ in: node, range }: Place): boolean {
  const text = node.string ?? '';
  return /(?:^|\s)#/.test(text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start));
}
