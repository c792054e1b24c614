import { isPlaceholder } from '../../kube/placeholder';
import { gatewayGroup } from '../../kube/services/gateway';
import type { NamespaceView } from '../../workspace/cluster-view';
import type { Around } from './around';
import type { Item } from './item';
import { beside, type Site } from './site';
import { spelledAt } from './spelled';
import { isSayable, named, pathOf } from './spoken';

/** The namespaces that objects live in, where one is named. */
export function namespaceItems(site: Site, around: Around): readonly Item[] {
  const wanted = wantedAt(site);
  if (wanted === undefined) return [];
  const listed = new Set(site.typing === 'item' ? (site.node.parent?.items() ?? []).map(({ text }) => text) : []);
  return [...around.view.namespaces].flatMap((namespace): Item[] => {
    const { name, isAssumed } = namespace;
    if (isAssumed || isPlaceholder(name) || !isSayable(name) || listed.has(name)) return [];
    const found = objectsIn(namespace, wanted);
    if (wanted.kinds.length > 0 && found.length === 0) return [];
    const held = wanted.kinds.length > 0 ? found : objectsIn(namespace, anything);
    const isNear = wanted.isOwn && around.beside.has(name);
    return [
      {
        label: name,
        kind: 'value',
        detail: held.length > 0 ? named(held) : 'a namespace of these manifests',
        markdown: '',
        insert: spelledAt(site, name),
        rank: (isNear ? 0 : 1000) - Math.min(held.length, 999),
      },
    ];
  });
}

interface Wanted {
  /** Kinds that the namespace should hold. */
  readonly kinds: readonly Known[];
  /** The object of them, where it is named. */
  readonly name: string | undefined;
  /** Whether it is the object's own. */
  readonly isOwn: boolean;
}

type Known = (typeof known)[number];
const known = ['Service', 'Gateway', 'Secret', 'ConfigMap', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute', 'ServiceAccount', 'Deployment', 'StatefulSet', 'DaemonSet', 'Middleware.traefik.io', 'ListenerSet'] as const; // biome-ignore format: a list
const anything: Wanted = {
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Service'],
  name: undefined,
  isOwn: false,
};

function objectsIn(namespace: NamespaceView, { kinds, name }: Wanted): readonly string[] {
  const all = namespace.of(...kinds).map(resource => resource.name.text ?? '');
  return name === undefined ? all : all.filter(each => each === name);
}

/** Data and labels may hold anything, under a key of any name. */
const free =
  /(?:^|\.)(?:data|stringData|binaryData|annotations|labels|matchLabels|selector|env|values|parameters)(?:\.|$)/;

function wantedAt(site: Site): Wanted | undefined {
  const { object, key, typing } = site;
  const path = pathOf(site);
  if (object === undefined || free.test(path)) return undefined;
  if (typing === 'item') {
    return /(?:^|\.)(?:namespaceSelector\.matchNames|namespaces)$/.test(path)
      ? { kinds: [], name: undefined, isOwn: false }
      : undefined;
  }
  if (typing !== 'value' || key !== 'namespace') return undefined;
  if (path === 'metadata') return object.isClusterScoped ? undefined : { kinds: [], name: undefined, isOwn: true };
  if (path === '')
    return object.is('Kustomization.kustomize.config.k8s.io') ? { kinds: [], name: undefined, isOwn: true } : undefined;
  const group = beside(site, 'group').string;
  const name = beside(site, 'name').string;
  const written = beside(site, 'kind').string;
  const kind = written ?? defaultKindAt(path);
  const isGateway = group === gatewayGroup || group === undefined || group === '';
  const listed = known.filter(each => each === kind && (isGateway || !/Route$|^Gateway$/.test(each)));
  return { kinds: listed, name: listed.length === 0 || /\.from\.\*$/.test(path) ? undefined : name, isOwn: false };
}

/** The kind that a reference means where it says none. */
function defaultKindAt(path: string): string | undefined {
  if (/backendRefs?(?:\.\*)?$|(?:^|\.)services?(?:\.\*)?$/.test(path)) return 'Service';
  if (/parentRefs\.\*$/.test(path)) return 'Gateway';
  if (/certificateRefs\.\*$/.test(path)) return 'Secret';
  return /middlewares\.\*$/.test(path) ? 'Middleware.traefik.io' : undefined;
}
