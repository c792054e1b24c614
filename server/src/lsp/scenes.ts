import { toldApart } from '../text/words';
import type { ClusterView } from '../workspace/cluster-view';
import type { Workspace } from '../workspace/workspace';
import type { Root } from './root';
import type { Roots } from './roots';

/** What is applied together and judged together, under a name that a person can choose it by. */
export interface Scene {
  readonly name: string;
  readonly root: Root;
  readonly workspace: Workspace;
  readonly view: ClusterView;
}

/** Everything of which something can be said: of all roots that are on and read, each view that judges an object. */
export function scenesIn(roots: Roots): readonly Scene[] {
  const on = readRoots(roots);
  const scenes = on.flatMap(root => {
    const workspace = root.refresh();
    const above = on.length > 1 ? `${nameOf(root)}/` : '';
    const judging = workspace.views.filter(({ judgedNamespaces }) => judgedNamespaces.length > 0);
    return judging.map(view => ({ name: `${above}${view.name}`, root, workspace, view }));
  });
  const names = toldApart(scenes.map(({ name }) => name));
  return scenes.map((scene, i) => ({ ...scene, name: names[i] ?? scene.name }));
}

/** Those first that a document is part of. */
export function nearestFirst(scenes: readonly Scene[], roots: Roots, uri: string): readonly Scene[] {
  const found = roots.find(uri);
  if (found === undefined) return scenes;
  const isNear = ({ root, workspace, view }: Scene) => {
    const readers = root === found.root ? workspace.readersOf(found.file) : [];
    return view.builds.some(build => readers.includes(build));
  };
  return [...scenes.filter(isNear), ...scenes.filter(scene => !isNear(scene))];
}

/** Before all files of a root are read, nothing is said of what they lack. */
export const readRoots = (roots: Roots): readonly Root[] => roots.all.filter(({ isOn, isRead }) => isOn && isRead);

const nameOf = ({ folder, loose }: Root) => loose?.file ?? folder.replace(/^.*[\\/](?=[^\\/])/, '');
