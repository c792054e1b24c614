import { allKinds, type Kind } from '../../kube/kinds';
import type { Resource } from '../../kube/resource';
import { routeKinds } from '../../kube/services/gateway';
import { classNameOf } from '../../kube/services/ingress';
import { isDefaultClass } from '../../kube/services/ingress-class';
import { grouped } from '../../text/maps';
import { nameFieldsOf } from '../mentions/name-fields';
import type { Around } from './around';
import { backendSiteOf } from './backend-site';
import type { Item } from './item';
import { above, beside, type Site, siblingsOf } from './site';
import { spelledAt } from './spelled';
import { distanceFrom, isSayable, joined, named, pathInPods, pathOf } from './spoken';

/** Objects where one is named: settings, certificates, classes, what is scaled. */
export function objectItems(site: Site, around: Around): readonly Item[] {
  if (site.object === undefined || site.typing === 'key') return [];
  return keyItems(site, around) ?? classItems(site, around) ?? namedItems(site, around);
}

function namedItems(site: Site, around: Around): readonly Item[] {
  // These are offered with their ports, or by whose pods they select.
  if (backendSiteOf(site) || site.key === 'serviceName') return [];
  const written = beside(site, 'kind').string;
  const kinds = kindsNamedAt(site).filter(kind => written === undefined || kind.split('.')[0] === written);
  const listed = new Set(
    kinds.includes('Secret') || kinds.includes('ConfigMap') ? [] : siblingsOf(site).map(({ text }) => text),
  );
  return objectsAt(site, around, kinds).flatMap(({ resource, isNear }): Item[] => {
    const name = resource.name.string ?? '';
    if (!isSayable(name) || listed.has(name)) return [];
    const where = isNear || resource.isClusterScoped ? '' : `in ${around.view.namespaceOf(resource).name}`;
    const detail = joined(resource.kindName, where, contentsOf(resource));
    return [
      {
        label: name,
        kind: 'object',
        detail,
        markdown: '',
        insert: spelledAt(site, name),
        rank: (isNear ? 0 : 1000) + distanceFrom(site, name),
      },
    ];
  });
}

/** The kinds of which one is named in a field. */
function kindsNamedAt({ object, path, key }: Site): readonly Kind[] {
  if (object === undefined) return [];
  const here = [...path.filter(step => typeof step !== 'number'), key].join('/');
  if (object.is(...routeKinds) && here === 'spec/parentRefs/name') return ['Gateway'];
  const names = nameFieldsOf(object.kindName).flatMap(field => (field.path.join('/') === here ? field.names : []));
  return allKinds.filter(kind => names.includes(kind));
}

interface Found {
  readonly resource: Resource;
  readonly isNear: boolean;
}

/** Those of the namespace that is named beside, else of the own one; all others only while that is not known. */
function objectsAt(site: Site, { view, home, isHomeKnown }: Around, kinds: readonly Kind[]): readonly Found[] {
  const written = beside(site, 'namespace').string;
  return view.of(...kinds).flatMap(resource => {
    const isNear = resource.isClusterScoped || view.namespaceOf(resource).name === (written ?? home);
    return isNear || (written === undefined && !isHomeKnown) ? [{ resource, isNear }] : [];
  });
}

function contentsOf(resource: Resource): string {
  if (resource.is('Gateway')) {
    return named(
      resource
        .at('spec', 'listeners')
        .items()
        .map(listener => `${listener.at('protocol').text ?? ''} ${listener.at('port').text ?? ''}`.trim()),
    );
  }
  if (!resource.is('ConfigMap', 'Secret')) return '';
  return named(
    ['data', 'stringData'].flatMap(field =>
      resource
        .at(field)
        .entries()
        .map(({ key }) => String(key)),
    ),
  );
}

/** The keys of a ConfigMap or Secret that is named beside. */
function keyItems(site: Site, around: Around): readonly Item[] | undefined {
  const inPods = pathInPods(site);
  const [, kind] = /\.env\.\*\.valueFrom\.(configMap|secret)KeyRef$/.exec(inPods ?? '') ?? [];
  const [, volume] = /^volumes\.\*\.(configMap|secret)\.items\.\*$/.exec(inPods ?? '') ?? [];
  const source = kind ?? volume;
  if (source === undefined || site.key !== 'key') return undefined;
  const holder = volume === undefined ? above(site, 0) : above(site, 2);
  const name = holder.at(volume === 'secret' ? 'secretName' : 'name').string;
  const kinds = source === 'secret' ? (['Secret'] as const) : (['ConfigMap'] as const);
  const objects = around.namespace?.of(...kinds).filter(resource => resource.name.string === name) ?? [];
  return objects.flatMap(resource =>
    ['data', 'stringData', 'binaryData'].flatMap(field =>
      resource
        .at(field)
        .entries()
        .flatMap((entry): Item[] => {
          const key = String(entry.key);
          if (!/^[-._A-Za-z0-9]+$/.test(key)) return [];
          const detail = joined(
            `${resource.kindName} ${name}`,
            field === 'data' && source === 'configMap' ? shortened(entry.text ?? '') : '',
          );
          return [{ label: key, kind: 'value', detail, markdown: '', insert: spelledAt(site, key), rank: 0 }];
        }),
    ),
  );
}

const shortened = (text: string) => (/^[^\n]{1,40}$/.test(text.trim()) ? text.trim() : '');

/** Classes that are declared, and those that others name: their controller may be installed by somebody else. */
function classItems(site: Site, { view }: Around): readonly Item[] | undefined {
  const { object, key } = site;
  const path = pathOf(site);
  const isField = path === 'spec' && key === 'ingressClassName';
  if (
    !object?.is('Ingress') ||
    !(isField || (path === 'metadata.annotations' && key === 'kubernetes.io/ingress.class'))
  ) {
    return undefined;
  }
  const declared = view
    .of('IngressClass')
    .map((resource): readonly [string, string] => [
      resource.name.string ?? '',
      joined(resource.at('spec', 'controller').string, isDefaultClass(resource) ? 'the default' : ''),
    ]);
  const users = grouped(
    view.of('Ingress').filter(ingress => !isSame(ingress, object)),
    classNameOf,
  );
  const used = [...users].map(([name, ingresses]): readonly [string, string] => [
    name,
    `of Ingress ${named(ingresses.map(each => each.name.text ?? ''))}`,
  ]);
  return [...declared, ...used].flatMap(([name, detail], index): Item[] =>
    isSayable(name)
      ? [{ label: name, kind: 'object', detail, markdown: '', insert: spelledAt(site, name), rank: index }]
      : [],
  );
}

const isSame = (one: Resource, other: Resource) =>
  one.name.text === other.name.text && one.namespace === other.namespace;
