import { meshHostOf } from '../../kube/pods/mesh';
import { isWorkload, podLabelsOf } from '../../kube/pods/workload';
import type { BackendForm, PortField } from '../../kube/services/backend-forms';
import {
  isExternalName,
  isHeadless,
  type Service,
  type ServicePort,
  servicePortsOf,
  serviceSelectorOf,
} from '../../kube/services/service';
import { servicesOf } from '../../network/calls/services';
import { hostKeyOf, subsetsByHost } from '../../network/references/mesh-hosts';
import type { NamespaceView } from '../../workspace/cluster-view';
import type { Around } from './around';
import { type BackendSite, backendSiteOf } from './backend-site';
import type { Item } from './item';
import { beside, type Site } from './site';
import { numberAt, spelledAt } from './spelled';
import { distanceFrom, isSayable, joined, named, pathOf } from './spoken';

/** Services where something is sent to one, their ports, and the Services that a StatefulSet may be known by. */
export function serviceItems(site: Site, around: Around): readonly Item[] {
  const backend = backendSiteOf(site);
  if (backend) return backend.port ? portItems(site, around, backend, backend.port) : nameItems(site, around, backend);
  const { object, key } = site;
  if (object?.is('StatefulSet') && key === 'serviceName' && pathOf(site) === 'spec') return governing(site, around);
  const isSubset = object?.is('VirtualService.networking.istio.io') && key === 'subset' && site.typing === 'value';
  return isSubset ? subsetItems(site, around) : [];
}

function nameItems(site: Site, around: Around, { form, node }: BackendSite): readonly Item[] {
  const written = node.at('namespace').string;
  const all = [...around.view.namespaces];
  const own = all.find(({ name }) => name === (written ?? around.home));
  const mayBeElsewhere = form.isHost === true || (written === undefined && !around.isHomeKnown);
  const others = mayBeElsewhere ? all.filter(each => each !== own) : [];
  return [...(own ? [own] : []), ...others].flatMap(home =>
    servicesOf(home).all.flatMap(service => serviceItem(site, { form, node, home, isOwn: home === own }, service)),
  );
}

interface Naming {
  readonly form: BackendForm;
  readonly node: BackendSite['node'];
  readonly home: NamespaceView;
  readonly isOwn: boolean;
}

function serviceItem(site: Site, { form, node, home, isOwn }: Naming, service: Service): readonly Item[] {
  const name = service.name.string ?? '';
  if (!isSayable(name)) return [];
  const label = form.isHost && (!isOwn || site.word.includes('.')) ? `${name}.${home.name}.svc.cluster.local` : name;
  const ports = servicePortsOf(service);
  const pods = servicesOf(home)
    .workloadsOf(service)
    .map(workload => workload.name.text ?? '');
  const written = form.ports.map(({ path }) => node.at(...path)).find(field => field.exists);
  const isFit =
    written === undefined || ports.some(port => port.number === written.number || port.name === written.string);
  const rank =
    (isOwn ? 0 : 1000) +
    (isFit ? 0 : 100) +
    (pods.length > 0 ? 0 : isExternalName(service) ? 20 : 10) +
    4 * distanceFrom(site, name);
  const item: Item = {
    label,
    kind: 'object',
    detail:
      joined(
        isOwn || form.isHost ? '' : `in ${home.name}`,
        ports.map(({ number, name: own }) => (own ? `${number} ${own}` : String(number))).join(' · '),
        pods.length > 0 ? `pods of ${named(pods)}` : isExternalName(service) ? 'a name outside of the cluster' : '',
      ) || 'a Service without ports',
    markdown: '',
    insert: spelledAt(site, label),
    rank,
  };
  const [field] = form.ports;
  const { quote, isFlow, isLast } = site.style;
  const mayFill = field && node.at(field.path[0] ?? '').exists === false && quote === '' && (isFlow || isLast);
  const [only, another] = ports;
  if (!mayFill || form.isHost || only === undefined) return [item];
  if (another === undefined) return [{ ...item, ...withPort(site, item.insert, field, only) }];
  const each = ports.map((port, index): Item => {
    const said = joined(`Service ${name}`, spokenPort(port));
    return {
      ...item,
      ...withPort(site, item.insert, field, port),
      label: `${label}, port ${port.number}`,
      detail: said,
      rank: rank + 0.1 + index / 100,
    };
  });
  return [item, ...each];
}

/** The name, and the port behind it. */
function withPort(
  { style }: Site,
  insert: string,
  { path, takes }: PortField,
  port: ServicePort,
): Pick<Item, 'insert' | 'below'> {
  const value = takes === 'name' ? (port.name ?? '') : String(port.number);
  const [first = '', second] = path;
  if (style.isFlow) return { insert: `${insert}, ${first}: ${second === undefined ? value : `{${second}: ${value}}`}` };
  const line = `${style.eol}${' '.repeat(style.column)}`;
  return {
    insert,
    below: second === undefined ? `${line}${first}: ${value}` : `${line}${first}:${line}  ${second}: ${value}`,
  };
}

const spokenPort = ({ protocol, target, number, name }: ServicePort) =>
  joined(name, protocol, target === number ? undefined : `targetPort ${target}`);

function portItems(site: Site, around: Around, { form, node }: BackendSite, { takes }: PortField): readonly Item[] {
  return servicesAt(around, form, node).flatMap(service =>
    servicePortsOf(service).flatMap((port, index): Item[] => {
      const said = { kind: 'port', markdown: '' } as const;
      const name = service.name.text ?? '';
      const number: Item = {
        ...said,
        label: String(port.number),
        detail: joined(`Service ${name}`, spokenPort(port)),
        insert: numberAt(site, port.number),
        rank: index,
      };
      const own = port.name;
      const byName: Item[] =
        own && isSayable(own)
          ? [
              {
                ...said,
                label: own,
                detail: joined(`Service ${name}`, String(port.number), spokenPort({ ...port, name: undefined })),
                insert: spelledAt(site, own),
                rank: takes === 'name' ? index : 100 + index,
              },
            ]
          : [];
      return [...(takes === 'name' ? [] : [number]), ...(takes === 'number' ? [] : byName)];
    }),
  );
}

function servicesAt({ view, home }: Around, form: BackendForm, node: BackendSite['node']): readonly Service[] {
  const name = node.at(form.name).string ?? '';
  const host = form.isHost ? meshHostOf(name) : { service: name, namespace: node.at('namespace').string };
  const there = [...view.namespaces].find(each => each.name === (host?.namespace ?? home));
  return there && host ? servicesOf(there).named(host.service) : [];
}

/** Those without an address of their own, and of them those that select its pods. */
function governing(site: Site, { namespace }: Around): readonly Item[] {
  if (namespace === undefined) return [];
  const { object } = site;
  const labels = object && isWorkload(object) ? podLabelsOf(object) : undefined;
  return servicesOf(namespace).all.flatMap((service): Item[] => {
    const name = service.name.string ?? '';
    const selects = labels !== undefined && serviceSelectorOf(service)?.matches(labels) === true;
    if (!isSayable(name) || isExternalName(service)) return [];
    const detail = joined(
      isHeadless(service) ? 'headless' : 'has an address of its own',
      selects ? 'selects these pods' : '',
    );
    const rank = (isHeadless(service) ? 0 : 2) + (selects ? 0 : 1);
    return [{ label: name, kind: 'object', detail, markdown: '', insert: spelledAt(site, name), rank }];
  });
}

function subsetItems(site: Site, { view, home }: Around): readonly Item[] {
  const key = hostKeyOf(beside(site, 'host').string ?? '', { name: home });
  const subsets = key === undefined ? [] : (subsetsByHost(view).get(key) ?? []);
  return subsets.flatMap((subset): Item[] => {
    const name = subset.at('name').string ?? '';
    const labels = subset
      .at('labels')
      .entries()
      .map(entry => `${entry.key}: ${entry.text}`);
    return isSayable(name)
      ? [{ label: name, kind: 'value', detail: named(labels), markdown: '', insert: spelledAt(site, name), rank: 0 }]
      : [];
  });
}
