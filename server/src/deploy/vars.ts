import type { Steps } from '../text/steps';
import type { Field } from './field';
import { dottedSteps, spotsAt } from './field-path';
import { type EffectiveObject, groupOf } from './object';
import { eachPlace } from './transform';
import { at, type Mapping, scalar, textAt, type Value } from './value';

/** Puts the values of `vars:` where `$(NAME)` stands, an object at a step. Gives the vars whose values are not found. */
export function* resolveVars(
  objects: readonly EffectiveObject[],
  vars: readonly Value[],
  fields: readonly Field[],
): Steps<Value[]> {
  const found = vars.map(one => ({ one, value: valueMeant(objects, one) }));
  const values = new Map(found.map(({ one, value }) => [textAt(one, 'name') ?? '', value]));
  const expanded = (value: Value | undefined): Value | undefined => {
    if (value?.type === 'list') value.items = value.items.map(item => expanded(item) ?? item);
    if (value?.type === 'mapping')
      for (const [key, entry] of value.entries) value.entries.set(key, expanded(entry) ?? entry);
    if (value?.type !== 'scalar' || typeof value.value !== 'string') return value;
    const whole = values.get(/^\$\(([-._a-zA-Z0-9]+)\)$/.exec(value.value)?.[1] ?? '\0');
    if (whole !== undefined) return whole;
    const text = value.value.replace(/\$(\$)?\(([-._a-zA-Z0-9]+)\)/g, (all, escaped, name) =>
      escaped ? all.slice(1) : (textAt(values.get(name)) ?? all),
    );
    return text === value.value ? value : scalar(text, value.at);
  };
  const [first] = vars;
  if (first !== undefined) {
    for (const object of objects) {
      if (object.isClosed && !mayHold(object.value.at.document.text, values.keys())) continue;
      eachPlace([object], fields, first.at, (parent: Mapping, key) => {
        const next = expanded(parent.entries.get(key));
        if (next !== undefined) parent.entries.set(key, next);
      });
      yield;
    }
  }
  return found.filter(({ value }) => value === undefined).map(({ one }) => one);
}

/** Whether a text may hold vars, or what is only spelled like one. */
function mayHold(text: string, names: Iterable<string>): boolean {
  return text.includes('$$(') || [...names].some(name => text.includes(`$(${name})`));
}

function valueMeant(objects: readonly EffectiveObject[], one: Value): Value | undefined {
  const reference = at(one, 'objref');
  const { group, version } = groupOf(textAt(reference, 'apiVersion') ?? '');
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map(field => textAt(reference, field));
  const object = objects.find(({ ids }) =>
    ids.some(
      id =>
        id.kind === kind &&
        id.name === name &&
        (version === '' || (id.group === group && id.version === version)) &&
        (namespace === undefined || id.namespace === namespace),
    ),
  );
  if (object === undefined) return undefined;
  const path = textAt(one, 'fieldref', 'fieldpath') ?? textAt(one, 'fieldref', 'fieldPath') ?? 'metadata.name';
  return spotsAt(object.value, dottedSteps(path))[0]?.value;
}
