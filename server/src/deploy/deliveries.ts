import type { Resource } from '../kube/resource';
import { isTame } from '../text/globs';
import { ancestorsOf, folderOf, isWithin, join } from '../text/paths';
import type { Node } from '../yaml/node';
import { list, type Mapping, scalar, unwritten, type Value, valueIn } from './value';

/** What a GitOps controller is told to apply: a folder of the repository, and what it does to what is there. */
export interface Delivery {
  readonly by: Resource;
  /** Path of the folder in the root; it is there. */
  readonly folder: string;
  /** Where the object that tells it is written: that tells clusters apart. */
  readonly home: string;
  /** The cluster it goes to, where that is said. */
  readonly cluster: string | undefined;
  /** Fields of a kustomization around the folder. */
  readonly around: Mapping;
  /** Whether sub-folders count where the folder has no kustomization. */
  readonly isRecursive: boolean;
  /** Values for `${NAME}`. */
  readonly substitutes: ReadonlyMap<string, string>;
  /** Where objects go that name no namespace. */
  readonly namespace: string | undefined;
}

/** The folders of a root that hold files. */
export type Folders = ReadonlySet<string>;

/** What an object has delivered from this repository, as far as its folders are here. */
export function deliveriesOf(resource: Resource, path: string, folders: Folders): Delivery[] {
  const { apiVersion, kindName } = resource;
  if (apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && kindName === 'Kustomization') {
    return fluxDelivery(resource, path, folders);
  }
  if (!apiVersion.startsWith('argoproj.io/')) return [];
  if (kindName === 'Application')
    return sourcesOf(resource.at('spec'), {}).flatMap(one => argoDelivery(resource, one, path, folders));
  return kindName === 'ApplicationSet' ? generated(resource, path, folders) : [];
}

/**
 * @source https://fluxcd.io/flux/components/kustomize/kustomizations/ (v1, read 2026-11-29)
 */
function fluxDelivery(resource: Resource, path: string, folders: Folders): Delivery[] {
  const spec = resource.at('spec');
  const home = folderOf(path);
  const folder = found(spec.at('path').string ?? '', home, folders);
  if (folder === undefined) return [];
  const around = unwritten(spec);
  const target = spec.at('targetNamespace');
  if (target.string) around.entries.set('namespace', scalar(target.string, target));
  for (const [field, name] of fluxFields) {
    const value = spec.at(name);
    if (value.isSequence) around.entries.set(field, valueIn(value));
  }
  const components = spec.at('components');
  if (components.isSequence) around.entries.set('components', pathsFrom(folder, components.items(), components));
  return [
    {
      by: resource,
      folder,
      home,
      cluster: spec.at('kubeConfig', 'secretRef', 'name').string,
      around,
      isRecursive: true,
      substitutes: new Map(
        spec
          .at('postBuild', 'substitute')
          .entries()
          .map(one => [String(one.key), one.text ?? '']),
      ),
      namespace: undefined,
    },
  ];
}

const fluxFields = [
  ['patches', 'patches'],
  ['patchesStrategicMerge', 'patchesStrategicMerge'],
  ['patchesJson6902', 'patchesJson6902'],
  ['images', 'images'],
] as const;

function pathsFrom(folder: string, items: readonly Node[], by: Node): Value {
  return list(
    items.map(item => scalar(join(folder, item.string ?? ''), item)),
    by,
  );
}

/** A path counts from the root of the repository, which may be above or below the root of the workspace. */
function found(path: string, home: string, folders: Folders): string | undefined {
  const plain = join('', path);
  return [...ancestorsOf(home)]
    .reverse()
    .map(above => join(above, plain))
    .find(folder => folders.has(folder));
}

type Parameters = Readonly<Record<string, string>>;

interface Source {
  readonly source: Node;
  readonly spec: Node;
  readonly parameters: Parameters;
}

function sourcesOf(spec: Node, parameters: Parameters): Source[] {
  return [spec.at('source'), ...spec.at('sources').items()].map(source => ({ source, spec, parameters }));
}

/**
 * @source https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ (3.2, read 2026-11-29)
 */
function argoDelivery(
  resource: Resource,
  { source, spec, parameters }: Source,
  path: string,
  folders: Folders,
): Delivery[] {
  const written = filled(source.at('path').string, parameters);
  const home = folderOf(path);
  const folder = written === undefined || written === '' ? undefined : found(written, home, folders);
  if (folder === undefined || source.at('chart').string !== undefined) return [];
  const around = unwritten(spec);
  const kustomize = source.at('kustomize');
  for (const field of [
    'namePrefix',
    'nameSuffix',
    'namespace',
    'commonLabels',
    'commonAnnotations',
    'patches',
    'images',
  ]) {
    const value = kustomize.at(field);
    if (!value.isEmpty) around.entries.set(field, valueIn(value));
  }
  const destination = spec.at('destination');
  return [
    {
      by: resource,
      folder,
      home,
      cluster: filled(destination.at('name').string ?? destination.at('server').string, parameters),
      around,
      isRecursive: source.at('directory', 'recurse').boolean === true,
      substitutes: new Map(),
      namespace: filled(destination.at('namespace').string, parameters),
    },
  ];
}

/** What the list and directory generators make of a template; what other generators know is not in the files. */
function generated(resource: Resource, path: string, folders: Folders): Delivery[] {
  const spec = resource.at('spec', 'template', 'spec');
  const all = resource
    .at('spec', 'generators')
    .items()
    .flatMap(generator => [
      ...generator.at('list', 'elements').items().map(parametersOf),
      ...directoriesOf(generator.at('git', 'directories').items(), folderOf(path), folders).map(pathParameters),
    ]);
  return all.flatMap(parameters =>
    sourcesOf(spec, parameters).flatMap(one => argoDelivery(resource, one, path, folders)),
  );
}

/** The folders that patterns mean, but for those that others exclude. */
function directoriesOf(items: readonly Node[], home: string, folders: Folders): string[] {
  const patterns = (isExcluding: boolean) =>
    items
      .filter(item => (item.at('exclude').boolean ?? false) === isExcluding)
      .map(item => patternOf(item.at('path').string ?? ''));
  const [meant, excluded] = [patterns(false), patterns(true)];
  const bases = [...ancestorsOf(home)].reverse();
  const relative = [...folders].flatMap(folder =>
    bases.filter(base => isWithin(folder, base)).map(base => folder.slice(base === '' ? 0 : base.length + 1)),
  );
  const isMeant = (folder: string) => meant.some(one => one.test(folder)) && !excluded.some(one => one.test(folder));
  return [...new Set(relative)].filter(isMeant).sort();
}

const nothing = /(?!)/;

/** As Go's path.Match: a star stays within a segment. */
function patternOf(pattern: string): RegExp {
  if (!isTame(pattern)) return nothing;
  const source = join('', pattern)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '\0')
    .replaceAll('*', '[^/]*')
    .replaceAll('\0', '.*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}

function parametersOf(element: Node): Parameters {
  return Object.fromEntries(
    element.entries().flatMap(entry => (entry.text === undefined ? [] : [[String(entry.key), entry.text]])),
  );
}

/** `{{path}}`, or `{{.path.path}}` in Go's templates, and the name of its last folder. */
function pathParameters(path: string): Parameters {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    path,
    'path.path': path,
    'path.basename': name,
    'path.basenameNormalized': name.replace(/[^a-z0-9.-]/g, '-'),
  };
}

/** A text with its parameters filled in; undefined where one is not known. */
function filled(text: string | undefined, parameters: Parameters): string | undefined {
  const done = text?.replace(/\{\{\s*\.?([\w.-]+)\s*\}\}/g, (whole, name: string) => parameters[name] ?? whole);
  return done?.includes('{{') ? undefined : done;
}
