import { grouped } from '../text/maps';
import { join } from '../text/paths';
import { finished, type Steps } from '../text/steps';
import type { Node } from '../yaml/node';
import * as defaults from './default-fields';
import { Gathered } from './gathered';
import { absorb, type Generated, generated } from './generate';
import { followNames } from './names';
import { type EffectiveObject, objectsIn, spaceOf } from './object';
import { ordered } from './order';
import { documentsIn, isRemote, type Sources } from './sources';
import { transform, transformBy } from './transformers';
import { at, isNull, itemsOf, textAt, type Value, valueIn } from './value';
import { resolveVars } from './vars';

/** What a kustomization is built to. */
export interface Built {
  readonly objects: readonly EffectiveObject[];
  /** What could not be followed: objects may be missing, or be other than here. */
  readonly unknown: readonly Unknown[];
}

export interface Unknown {
  readonly message: string;
  /** The folder of the kustomization that says it, and where in it or in a file of it. */
  readonly folder: string;
  readonly at: Node;
}

/** Builds the kustomization of a folder, as `kubectl kustomize` does, without the hashes behind generated names. */
export function buildOf(folder: string, sources: Sources): Built | undefined {
  return finished(buildingOf(folder, sources));
}

export function* buildingOf(folder: string, sources: Sources): Steps<Built | undefined> {
  const document = sources.kustomization(folder);
  return document && (yield* buildingBy(valueIn(document.root), folder, sources));
}

/** Builds a kustomization that is read, or put together by something that has it applied; it counts from a folder. */
export function* buildingBy(kustomization: Value, folder: string, sources: Sources): Steps<Built> {
  const build = new Build(sources);
  const gathered = new Gathered();
  yield* build.gather(kustomization, folder, gathered, []);
  followNames(gathered.objects, gathered.references);
  yield;
  const varFields = [...defaults.varFields, ...gathered.fields('varReference')];
  for (const one of yield* resolveVars(gathered.objects, gathered.vars, varFields)) {
    build.say('the value of this var is not there', one, folder);
  }
  for (const object of gathered.objects) if (!object.isClosed) dropEmptyAnnotations(object.value);
  const objects = gathered.objects.filter(object => !isLocal(object));
  for (const { id, value } of repeated(objects)) {
    build.say(`${id.kind} '${id.name}' is there twice, and kustomize builds nothing then`, value, folder);
  }
  return { objects: ordered(objects, at(kustomization, 'sortOptions')), unknown: build.unknown };
}

function dropEmptyAnnotations(value: Value): void {
  const metadata = at(value, 'metadata');
  const annotations = at(metadata, 'annotations');
  const isEmpty = isNull(annotations) || (annotations?.type === 'mapping' && annotations.entries.size === 0);
  if (isEmpty && metadata?.type === 'mapping') metadata.entries.delete('annotations');
}

/** Objects whose name, namespace and kind another one has before them. */
function repeated(objects: readonly EffectiveObject[]): EffectiveObject[] {
  const byName = grouped(objects, ({ id }) => [id.group, id.version, id.kind, spaceOf(id), id.name].join('\n'));
  return [...byName.values()].flatMap(same => same.slice(1));
}

const localConfig = 'config.kubernetes.io/local-config';

function isLocal({ value, isClosed }: EffectiveObject): boolean {
  if (isClosed && !value.at.document.text.includes(localConfig)) return false;
  return textAt(value, 'metadata', 'annotations', localConfig) === 'true';
}

/** Kustomizations in one build, each counted as often as it is included; those that people write come to dozens. */
const limit = 10_000;

class Build {
  readonly unknown: Unknown[] = [];
  #count = 0;

  constructor(readonly sources: Sources) {}

  /** Adds what a kustomization brings, and does to all that is gathered by then what it says. */
  *gather(kustomization: Value, folder: string, gathered: Gathered, above: readonly string[]): Steps<void> {
    this.#count++;
    if (this.#count === limit) this.say(`the build has more than ${limit} kustomizations`, kustomization, folder);
    if (this.#count >= limit) return;
    const chain = [...above, folder];
    for (const field of ['resources', 'bases']) {
      for (const item of itemsOf(at(kustomization, field))) yield* this.#include(item, folder, gathered, chain);
    }
    for (const item of itemsOf(at(kustomization, 'components'))) yield* this.#component(item, folder, gathered, chain);
    for (const item of itemsOf(at(kustomization, 'configurations'))) {
      const documents = this.sources.documents(join(folder, textAt(item) ?? ''));
      if (documents === undefined) this.say('there is no such file', item, folder);
      for (const document of documents ?? []) gathered.configure(valueIn(document.root));
    }
    yield* this.#generate(kustomization, folder, gathered, chain);
    for (const fault of transform(gathered, kustomization, folder, this.sources))
      this.say(fault.message, fault.by, folder);
    for (const item of itemsOf(at(kustomization, 'transformers'))) {
      for (const { value } of yield* this.#objectsAt(item, folder, chain)) {
        for (const fault of transformBy(gathered, value, folder, this.sources))
          this.say(fault.message, fault.by, folder);
      }
    }
    gathered.vars.push(...itemsOf(at(kustomization, 'vars')));
    yield;
  }

  *#include(item: Value, folder: string, gathered: Gathered, chain: readonly string[]): Steps<void> {
    for (const object of yield* this.#objectsAt(item, folder, chain, gathered)) absorb(gathered.objects, object);
  }

  /** The objects of a file, of a kustomization, or written in place. */
  *#objectsAt(
    item: Value,
    folder: string,
    chain: readonly string[],
    into?: Gathered,
  ): Steps<readonly EffectiveObject[]> {
    const reference = textAt(item) ?? '';
    if (reference.includes('\n')) return documentsIn(item).flatMap(objectsIn);
    if (isRemote(reference)) {
      this.say('it is somewhere else, and nothing is fetched', item, folder);
      return [];
    }
    const path = join(folder, reference);
    const document = this.sources.kustomization(path);
    if (document !== undefined) {
      const below = new Gathered();
      if (chain.includes(path)) this.say('a cycle: it includes this kustomization', item, folder);
      else yield* this.gather(valueIn(document.root), path, below, chain);
      into?.take(below);
      return below.objects;
    }
    const documents = this.sources.documents(path);
    if (documents === undefined)
      this.say('nothing of this name was read, no file and no folder with a kustomization', item, folder);
    return (documents ?? []).flatMap(document => {
      const objects = objectsIn(document);
      if (objects.some(({ isClosed }) => isClosed)) return objects;
      const value = valueIn(document.root);
      if (document.problems.length > 0) this.say('it can not be read', item, folder);
      else if (!isNull(value) && textAt(value, 'kind') === undefined)
        this.say('not all in it is an object', item, folder);
      return objects;
    });
  }

  *#component(item: Value, folder: string, gathered: Gathered, chain: readonly string[]): Steps<void> {
    const path = join(folder, textAt(item) ?? '');
    const document = isRemote(textAt(item) ?? '') ? undefined : this.sources.kustomization(path);
    if (document === undefined) this.say('there is no such component here', item, folder);
    else if (chain.includes(path)) this.say('a cycle: it includes this kustomization', item, folder);
    else yield* this.gather(valueIn(document.root), path, gathered, chain);
  }

  *#generate(kustomization: Value, folder: string, gathered: Gathered, chain: readonly string[]): Steps<void> {
    const defaults = at(kustomization, 'generatorOptions');
    const make = (kind: Generated, entry: Value) => {
      const made = generated(kind, entry, defaults, folder, this.sources);
      if (made === undefined) this.say('a file that it is made of is missing', entry, folder);
      else absorb(gathered.objects, made);
    };
    for (const entry of itemsOf(at(kustomization, 'configMapGenerator'))) make('ConfigMap', entry);
    for (const entry of itemsOf(at(kustomization, 'secretGenerator'))) make('Secret', entry);
    for (const item of itemsOf(at(kustomization, 'generators'))) {
      for (const { value, id } of yield* this.#objectsAt(item, folder, chain)) {
        if (id.kind === 'ConfigMapGenerator') make('ConfigMap', value);
        else if (id.kind === 'SecretGenerator') make('Secret', value);
        else this.say(`what a generator '${id.kind}' makes is not known here`, item, folder);
      }
    }
    for (const field of ['helmCharts', 'helmChartInflationGenerator']) {
      for (const item of itemsOf(at(kustomization, field))) {
        this.say('what a chart holds is not known here', item, folder);
      }
    }
  }

  say(message: string, { at }: { readonly at: Node }, folder: string): void {
    this.unknown.push({ message, folder, at });
  }
}
