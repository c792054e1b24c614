import { ancestorsOf, folderOf, isWithin } from '../text/paths';
import type { Steps } from '../text/steps';
import { type Built, buildingBy } from './build';
import { type Delivery, deliveriesOf } from './deliveries';
import type { ManifestFiles } from './files';
import { again, type Build } from './made-build';
import { Sources } from './sources';
import { substitute } from './substitute';
import { list, scalar } from './value';

/** More than this are a generated mass, or go round in a circle. */
const most = 10_000;

interface Told {
  readonly delivery: Delivery;
  readonly from: Build['kind'];
}

/** What controllers are told to apply by objects of builds, and by what these bring in turn. */
export function* deliveredFrom(
  plain: readonly Build[],
  files: ManifestFiles,
  before: ReadonlyMap<string, Build>,
): Steps<Build[]> {
  const folders = new Set(files.all.flatMap(({ path }) => [...ancestorsOf(folderOf(path))]));
  const told = new Map<string, Told>();
  const builds = new Map<string, Build>();
  for (let todo = [...plain]; todo.length > 0; ) {
    const news = new Map<string, Delivery>();
    for (const [name, { delivery, from }] of deliveriesIn(todo, folders)) {
      const known = told.get(name);
      // What is itself delivered is as its controller applies it, patches and all: that counts more.
      if (told.size >= most || (known && (from !== 'delivery' || known.from === 'delivery'))) continue;
      told.set(name, { delivery, from });
      news.set(name, delivery);
    }
    const targets = new Set(Array.from(told.values(), ({ delivery }) => delivery.folder));
    todo = [];
    for (const [name, delivery] of news) {
      const build = yield* deliveredAs(name, delivery, targets, files, before);
      todo.push(build);
      builds.set(name, build);
      yield;
    }
  }
  return [...builds.values()];
}

function deliveriesIn(builds: readonly Build[], folders: ReadonlySet<string>): (readonly [string, Told])[] {
  return builds.flatMap(({ members, kind: from }) =>
    members.flatMap(({ resource, path }) =>
      deliveriesOf(resource, path, folders).map(delivery => [nameOf(delivery), { delivery, from }] as const),
    ),
  );
}

/** Where two have the same folder delivered, the one that says so tells them apart. */
const nameOf = ({ folder, by, home }: Delivery) => `${folder || '.'} (${home || '.'}, ${by.name.text ?? ''})`;

/** Builds that are not applied alone, because something has all that is in them delivered. */
export function withoutTaken(plain: readonly Build[], delivered: readonly Build[]): Build[] {
  const taken = new Set(delivered.flatMap(({ takes }) => takes ?? []));
  return plain.filter(({ kind, folder, members }) => {
    if (kind === 'folder') return !members.every(({ path }) => taken.has(path));
    return kind !== 'kustomization' || !taken.has(folder);
  });
}

function* deliveredAs(
  name: string,
  delivery: Delivery,
  targets: ReadonlySet<string>,
  files: ManifestFiles,
  before: ReadonlyMap<string, Build>,
): Steps<Build> {
  const { by, folder, isRecursive, home, cluster, namespace } = delivery;
  const isKustomized = new Sources(path => files.source(path)).kustomization(folder) !== undefined;
  const takes = isKustomized ? [folder] : contentsOf(folder, isRecursive, files, targets);
  const is = { name, folder: home, kind: 'delivery', cluster, by, takes } as const;
  return yield* again(is, before, files, sources => delivered(delivery, takes, sources), namespace);
}

function* delivered({ around, by, substitutes }: Delivery, takes: readonly string[], sources: Sources): Steps<Built> {
  const resources = takes.map(path => scalar(path, by.node));
  around.entries.set('resources', list(resources, by.node));
  const built = yield* buildingBy(around, '', sources);
  for (const { value } of built.objects) substitute(value, substitutes);
  return built;
}

/** The manifests of a folder without a kustomization, and the kustomizations below it, as far as no other delivery has them. */
function contentsOf(
  folder: string,
  isRecursive: boolean,
  files: ManifestFiles,
  targets: ReadonlySet<string>,
): readonly string[] {
  const inside = files.all.filter(({ path }) => (isRecursive ? isWithin(path, folder) : folderOf(path) === folder));
  const kustomized = new Set(inside.filter(({ role }) => role === 'kustomization').map(({ path }) => folderOf(path)));
  const found = new Set<string>();
  for (const { path, role } of inside) {
    const above = [...ancestorsOf(folderOf(path))].filter(one => one !== folder && isWithin(one, folder)).reverse();
    if (above.some(one => targets.has(one))) continue;
    const top = above.find(one => kustomized.has(one));
    if (top !== undefined) found.add(top);
    else if (role === 'manifests') found.add(path);
  }
  return [...found];
}
