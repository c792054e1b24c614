import { folderOf, join } from '../text/paths';
import type { Node } from '../yaml/node';
import type { ManifestFile } from './files';
import { isRemote } from './sources';

/** Which files a kustomization is made of. */
export interface Kustomization {
  readonly file: ManifestFile;
  readonly folder: string;
  /** A component is part of what includes it, and never applied alone. */
  readonly isComponent: boolean;
  /** Paths of files and folders whose objects it takes: resources, bases, components. */
  readonly includes: readonly string[];
  /** Paths of all other files that it names: what they hold is applied by way of it, or not at all. */
  readonly names: readonly string[];
}

export function kustomizationOf(file: ManifestFile): Kustomization {
  const folder = folderOf(file.path);
  const root = file.documents[0]?.document.root;
  const items = (...names: string[]) => names.flatMap(name => root?.at(name).items() ?? []);
  const local = (references: readonly (string | undefined)[]) =>
    references.flatMap(text => (text === undefined || text.includes('\n') || isRemote(text) ? [] : join(folder, text)));
  const generators = items('configMapGenerator', 'secretGenerator');
  const inputs = [
    ...generators.flatMap(one => one.at('files').items()).map(({ text }) => text?.slice(text.indexOf('=') + 1)),
    ...generators.flatMap(one => [...one.at('envs').items(), one.at('env')]).map(({ text }) => text),
  ];
  return {
    file,
    folder,
    isComponent: root?.at('kind').string === 'Component',
    includes: local(items('resources', 'bases', 'components').map(textOf)),
    names: local([
      ...items('patchesStrategicMerge', 'configurations', 'crds', 'generators', 'transformers', 'validators').map(
        textOf,
      ),
      ...items('patches', 'patchesJson6902', 'replacements').map(one => one.at('path').text),
      root?.at('openapi', 'path').text,
      ...inputs,
    ]),
  };
}

const textOf = (node: Node) => node.text;

/** The folder that a reference to a kustomization means, be it to the folder or to the file. */
export function kustomizedFolder(path: string): string {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) ? folderOf(path) : path;
}

/** How kustomizations include each other. */
export class Inclusions {
  readonly #byFolder: ReadonlyMap<string, Kustomization>;

  constructor(readonly all: readonly Kustomization[]) {
    this.#byFolder = new Map(all.map(one => [one.folder, one]));
  }

  /** Those that no other includes; of those that only include each other in a circle the first. */
  get tops(): Kustomization[] {
    const included = new Set(this.all.flatMap(one => this.#below(one)));
    const tops = this.all.filter(one => !one.isComponent && !included.has(one));
    const reached = new Set(tops.flatMap(top => [...this.chainOf(top)]));
    for (const one of this.all) {
      if (one.isComponent || reached.has(one)) continue;
      tops.push(one);
      for (const below of this.chainOf(one)) reached.add(below);
    }
    return tops;
  }

  /** A kustomization and all that it includes. */
  chainOf(top: Kustomization): ReadonlySet<Kustomization> {
    const chain = new Set([top]);
    for (const one of chain) for (const below of this.#below(one)) chain.add(below);
    return chain;
  }

  #below({ includes }: Kustomization): Kustomization[] {
    return includes.flatMap(path => this.#byFolder.get(kustomizedFolder(path)) ?? []);
  }
}
