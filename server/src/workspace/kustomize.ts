import { isRemote } from '../deploy/sources';
import { folderOf, join } from '../text/paths';
import type { Node } from '../yaml/node';
import type { SourceFile } from './source-file';

/** What a kustomization says about the files it is made of. */
export interface Kustomization {
  readonly file: SourceFile;
  readonly folder: string;
  /** `namespace:`, which overrides what its resources say. */
  readonly namespace: string | undefined;
  /** Paths of files and folders: resources, bases, components. */
  readonly includes: readonly string[];
  /** Paths of files that hold fragments of objects. */
  readonly patches: readonly string[];
  /** Whether it brings in objects that no file of the workspace holds: remote resources, charts, generators. */
  readonly bringsUnseen: boolean;
  /** Whether it adds or may change labels. */
  readonly relabels: boolean;
}

export function kustomizationOf(file: SourceFile): Kustomization {
  const folder = folderOf(file.path);
  const root = file.documents[0]?.document.root;
  const strings = (...names: string[]) =>
    names.flatMap(name => root?.at(name).items() ?? []).flatMap(node => node.string ?? []);
  const included = strings('resources', 'bases', 'components');
  const local = included.filter(reference => !isRemote(reference));
  const fields = (names: string[]) => names.some(name => root !== undefined && !root.at(name).isEmpty);
  const patches = [
    ...strings('patchesStrategicMerge'),
    ...['patches', 'patchesJson6902', 'replacements'].flatMap(name => root?.at(name).items() ?? []).flatMap(pathOf),
  ];
  return {
    file,
    folder,
    namespace: root?.at('namespace').string || undefined,
    includes: local.map(reference => join(folder, reference)),
    patches: patches.filter(patch => !patch.includes('\n')).map(patch => join(folder, patch)),
    bringsUnseen:
      local.length < included.length ||
      fields(['helmCharts', 'helmChartInflationGenerator', 'generators', 'transformers']),
    relabels: fields([
      'commonLabels',
      'labels',
      'patches',
      'patchesStrategicMerge',
      'patchesJson6902',
      'transformers',
      'replacements',
    ]),
  };
}

const pathOf = (node: Node) => node.at('path').string ?? [];

/** A file that a kustomization applies, with the namespace that the outermost `namespace:` on the way gives it. */
export interface Applied {
  readonly path: string;
  readonly namespace: string | undefined;
}

export interface Build {
  readonly applied: readonly Applied[];
  /** The kustomizations that take part, the outermost first. */
  readonly chain: readonly Kustomization[];
  /** Whether a file that is named is not in the workspace. */
  readonly lacksFiles: boolean;
}

/** Follows a kustomization through all that it includes. */
export function buildOf(
  top: Kustomization,
  byFolder: ReadonlyMap<string, Kustomization>,
  files: ReadonlyMap<string, SourceFile>,
): Build {
  const applied = new Map<string, Applied>();
  const chain: Kustomization[] = [];
  let lacksFiles = false;
  const visit = (kustomization: Kustomization, inherited: string | undefined) => {
    if (chain.includes(kustomization)) return;
    chain.push(kustomization);
    const namespace = inherited ?? kustomization.namespace;
    for (const path of kustomization.includes) {
      const below = byFolder.get(path) ?? byFolder.get(folderOfKustomization(path));
      if (below) visit(below, namespace);
      else if (files.has(path)) applied.set(path, { path, namespace });
      else lacksFiles = true;
    }
  };
  visit(top, undefined);
  return { applied: [...applied.values()], chain, lacksFiles };
}

function folderOfKustomization(path: string): string {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) ? folderOf(path) : '\0';
}
