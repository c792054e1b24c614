import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Place } from '../../yaml/replace';
import { textEntriesOf } from '../config-map';
import { initContainersOf, podSpecOf, type Workload } from '../pods/workload';
import type { Resource } from '../resource';
import { type Pooler, variableOf } from './pooler';

/** One setting of a pgbouncer.ini. */
export interface IniSetting {
  readonly value: string;
  readonly place: Place;
}

/** The text of a pgbouncer.ini, in a ConfigMap. */
export interface PgbouncerIni {
  readonly node: Node;
  /** The settings of the section [pgbouncer]; of a key written twice the last counts. */
  readonly settings: ReadonlyMap<string, IniSetting>;
  /** The header of that section. */
  readonly header: Place;
  /** Whether another file is included, or a template fills it in: then what isn't written may be there. */
  readonly isOpen: boolean;
}

/** The file in a text; undefined where the text has no section [pgbouncer]. */
export const pgbouncerIniIn = memo((node: Node): PgbouncerIni | undefined => read(node));

/** Every pgbouncer.ini of a ConfigMap. */
export const pgbouncerInisIn = memo((configMap: Resource): readonly PgbouncerIni[] =>
  textEntriesOf(configMap).flatMap(node => pgbouncerIniIn(node) ?? []),
);

function read(node: Node): PgbouncerIni | undefined {
  const text = node.string ?? '';
  if (!text.includes('[pgbouncer]')) return undefined;
  const settings = new Map<string, IniSetting>();
  let header: Place | undefined;
  let section = '';
  let start = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
      section = trimmed.slice(1, -1);
      const from = start + line.indexOf('[');
      if (section === 'pgbouncer') header = { in: node, range: { start: from, end: from + trimmed.length } };
    } else if (section === 'pgbouncer' && !/^[;#]/.test(trimmed)) {
      const equals = line.indexOf('=');
      const value = line.slice(equals + 1).trim();
      if (equals > 0) {
        const key = line.slice(0, equals).trim();
        const from = value === '' ? start + line.indexOf(key) : start + line.indexOf(value, equals + 1);
        settings.set(key, { value, place: { in: node, range: { start: from, end: from + (value || key).length } } });
      }
    }
    start += line.length + 1;
  }
  return header && { node, settings, header, isOpen: /^[ \t]*%include|\{\{|\$\{/m.test(text) };
}

/** `none`: the image makes its configuration from variables. `hidden`: a file that no manifest shows. */
export type PgbouncerFile = PgbouncerIni | 'none' | 'hidden';

/** The configuration file that a PgBouncer is given: by a ConfigMap that its pod mounts. */
export function pgbouncerFileOf(
  { container }: Pooler,
  workload: Workload,
  configMaps: (name: string) => readonly Resource[],
): PgbouncerFile {
  const mounts = container.at('volumeMounts').items();
  const volumes = new Map(
    podSpecOf(workload)
      .at('volumes')
      .items()
      .map(volume => [volume.at('name').string, volume]),
  );
  let isHidden = false;
  for (const mount of mounts) {
    const volume = volumes.get(mount.at('name').string);
    const maps = configMaps(volume?.at('configMap', 'name').string ?? '');
    const [ini] = maps.flatMap(pgbouncerInisIn);
    if (ini) return ini;
    const path = `${mount.at('mountPath').string ?? ''}/${mount.at('subPath').string ?? ''}`;
    // An empty directory is where the image writes its own file, unless an init container writes one.
    const isScratch = volume?.at('emptyDir').exists === true && initContainersOf(workload).length === 0;
    if (/pgbouncer(?:\.ini|\/|$)|\/config/.test(path) && !isScratch && maps.length === 0) isHidden = true;
  }
  const hasOwnCommand = [...container.at('command').items(), ...container.at('args').items()].length > 0;
  return isHidden || hasOwnCommand ? 'hidden' : 'none';
}

/** The port that a PgBouncer listens on, where files tell: by its file, else by the variable and default of its image. */
export function listenPortOf(pooler: Pooler, file: PgbouncerFile): number | undefined {
  if (file === 'hidden') return undefined;
  if (file !== 'none') {
    const written = file.settings.get('listen_port')?.value;
    if (written === undefined) return file.isOpen ? undefined : 6432;
    return /^\d{1,5}$/.test(written) ? Number(written) : undefined;
  }
  if (pooler.maker === 'other') return undefined;
  const name = pooler.maker === 'edoburu' ? 'LISTEN_PORT' : 'PGBOUNCER_PORT';
  const variable = variableOf(pooler.container, name);
  if (variable === undefined) return pooler.maker === 'edoburu' ? 5432 : 6432;
  const text = variable.at('value').text ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}
