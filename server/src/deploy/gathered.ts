import type { Field } from './field';
import type { EffectiveObject } from './object';
import { type Reference, references } from './reference-fields';
import { at, entriesOf, itemsOf, textAt, type Value } from './value';

/** What is known of a build on its way up through the kustomizations. */
export class Gathered {
  objects: EffectiveObject[] = [];
  readonly vars: Value[] = [];
  references: readonly Reference[] = references;
  readonly #fields = new Map<string, readonly Field[]>();

  /** Fields that `configurations:` adds to those that kustomize knows, by their name there. */
  fields(name: string): readonly Field[] {
    return this.#fields.get(name) ?? [];
  }

  configure(configuration: Value): void {
    for (const [name, value] of entriesOf(configuration)) {
      if (name === 'nameReference') this.references = [...this.references, ...itemsOf(value).map(referenceOf)];
      else this.#add(name, itemsOf(value).map(fieldOf));
    }
  }

  /** What a kustomization below has learned holds here too; its objects are for the caller. */
  take(below: Gathered): void {
    this.vars.push(...below.vars);
    this.references = [...new Set([...this.references, ...below.references])];
    for (const [name, fields] of below.#fields) this.#add(name, fields);
  }

  #add(name: string, fields: readonly Field[]): void {
    this.#fields.set(name, [...this.fields(name), ...fields]);
  }
}

function referenceOf(value: Value): Reference {
  return {
    kind: textAt(value, 'kind') ?? '',
    group: textAt(value, 'group'),
    version: textAt(value, 'version'),
    fields: itemsOf(at(value, 'fieldSpecs')).map(fieldOf),
  };
}

export function fieldOf(value: Value): Field {
  return {
    path: textAt(value, 'path') ?? '',
    kind: textAt(value, 'kind') || undefined,
    group: textAt(value, 'group') || undefined,
    version: textAt(value, 'version') || undefined,
    create: textAt(value, 'create') === 'true',
  };
}
