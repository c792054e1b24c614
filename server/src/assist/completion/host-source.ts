import { serviceNamesOf } from '../../kube/address';
import { isExternalName, type Service, servicePortsOf } from '../../kube/services/service';
import { isMisleading, isTelling } from '../../network/calls/evidence-keys';
import { servicesOf } from '../../network/calls/services';
import type { NamespaceView } from '../../workspace/cluster-view';
import type { Around } from './around';
import type { Item } from './item';
import { beside, type Site } from './site';
import { spelledAt } from './spelled';
import { isSayable, joined, named, pathInPods, pathOf } from './spoken';

/** Services where a variable, or an entry of a ConfigMap, holds a URL or a host. */
export function hostItems(site: Site, { view, home, namespace, isHomeKnown }: Around): readonly Item[] {
  const variable = variableAt(site);
  const host = variable === undefined ? undefined : hostAt(site, variable);
  if (host === undefined) return [];
  const others = [...view.namespaces].filter(
    each => each !== namespace && each.name !== home && !(each.isAssumed && !isHomeKnown),
  );
  const items = (there: NamespaceView, isOwn: boolean) =>
    servicesOf(there).all.flatMap(service => hostItem(site, host, { service, there, isOwn }));
  return [...(namespace ? items(namespace, true) : []), ...others.flatMap(other => items(other, false))];
}

/** Under which name the value is known. */
function variableAt(site: Site): string | undefined {
  const { object, key, typing } = site;
  if (typing !== 'value') return undefined;
  if (object?.is('ConfigMap') && pathOf(site) === 'data') return key;
  return key === 'value' && /ontainers\.\*\.env\.\*$/.test(pathInPods(site) ?? '')
    ? beside(site, 'name').string
    : undefined;
}

interface HostSite {
  /** In the word: the host, with the port behind it. */
  readonly start: number;
  readonly end: number;
  /** What the URL takes for its port by itself; undefined where no port belongs to the value. */
  readonly usual: number | undefined;
  readonly takesPort: boolean;
}

/** The schemes that say which port they mean without one. */
const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

function hostAt({ word, cursor }: Site, variable: string): HostSite | undefined {
  if (isMisleading(variable)) return undefined;
  const before = word.slice(0, cursor);
  const [, scheme, typed = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/(?:[^@/\s]*@)?)?([A-Za-z0-9.-]*)$/.exec(before) ?? [];
  if (!before.endsWith(typed) || (scheme === undefined && typed !== before)) return undefined;
  if (scheme === undefined && !isTelling(variable)) return undefined;
  const start = cursor - typed.length;
  const rest = /^[A-Za-z0-9.-]*(?::\d*)?/.exec(word.slice(cursor))?.[0] ?? '';
  const behind = word.slice(cursor + rest.length);
  if (scheme === undefined && behind !== '') return undefined;
  const takesPort = scheme !== undefined || !/host(?:s|name|names)?$|service$|server$/i.test(variable);
  return { start, end: cursor + rest.length, usual: scheme === undefined ? undefined : usualPorts[scheme], takesPort };
}

interface Offered {
  readonly service: Service;
  readonly there: NamespaceView;
  readonly isOwn: boolean;
}

function hostItem(
  site: Site,
  { start, end, usual, takesPort }: HostSite,
  { service, there, isOwn }: Offered,
): readonly Item[] {
  const name = service.name.string ?? '';
  if (!isSayable(name) || name.includes('.') || (!isOwn && there.isAssumed)) return [];
  const host = isOwn ? name : `${name}.${there.name}`;
  if (serviceNamesOf(host)[0]?.service !== name) return [];
  const pods = servicesOf(there)
    .workloadsOf(service)
    .map(workload => workload.name.text ?? '');
  const ports = servicePortsOf(service).filter(({ protocol }) => protocol === 'TCP');
  const chosen = takesPort && !isExternalName(service) ? (ports.length > 0 ? ports : [undefined]) : [undefined];
  return chosen.map((port, index): Item => {
    const written = port === undefined || port.number === usual ? host : `${host}:${port.number}`;
    return {
      label: written,
      kind: 'object',
      detail: joined(`Service ${name}`, port?.name, pods.length > 0 ? `pods of ${named(pods)}` : ''),
      markdown: '',
      insert: start === 0 ? spelledAt(site, written) : written,
      rank:
        (isOwn ? 0 : 1000) +
        (pods.length > 0 ? 0 : 100) +
        (port !== undefined && port.number === usual ? 0 : Math.min(index + 1, 50)),
      range: { start: site.range.start + start, end: site.range.start + end },
    };
  });
}
