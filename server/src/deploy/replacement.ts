import { dottedSteps, spotsAt } from './field-path';
import type { EffectiveObject } from './object';
import { named } from './select';
import { at, copyOf, itemsOf, scalar, textAt, type Value } from './value';

/**
 * Copies a value from one object to others, as `replacements:` says. Gives why it can't.
 *
 * @source kubernetes-sigs/kustomize:api/filters/replacement/replacement.go (5.5.0)
 */
export function replace(objects: readonly EffectiveObject[], replacement: Value): string | undefined {
  const source = at(replacement, 'source');
  const value = source === undefined ? at(replacement, 'sourceValue') : sourceValue(objects, source);
  if (value === undefined) return 'the value that it copies is not there';
  for (const target of itemsOf(at(replacement, 'targets'))) {
    const select = at(target, 'select');
    if (select === undefined) continue;
    const rejected = new Set(itemsOf(at(target, 'reject')).flatMap(reject => named(objects, reject)));
    const paths = itemsOf(at(target, 'fieldPaths')).flatMap(path => textAt(path) ?? []);
    for (const object of named(objects, select)) {
      if (rejected.has(object)) continue;
      for (const path of paths.length === 0 ? ['metadata.name'] : paths) {
        if (!write(object, path, value, target)) return `${object.id.kind} '${object.id.name}' has no field '${path}'`;
      }
    }
  }
  return undefined;
}

/** The value, of the one object that the source names. */
function sourceValue(objects: readonly EffectiveObject[], source: Value): Value | undefined {
  const [object, another] = named(objects, source);
  if (object === undefined || another !== undefined) return undefined;
  const path = textAt(source, 'fieldPath') ?? 'metadata.name';
  const [spot] = spotsAt(object.value, dottedSteps(path));
  const delimiter = textAt(source, 'options', 'delimiter');
  const found = spot?.value;
  if (found === undefined || delimiter === undefined || found.type !== 'scalar') return found;
  const index = Number(textAt(source, 'options', 'index') ?? 0);
  const part = String(found.value).split(delimiter)[index];
  return part === undefined ? undefined : scalar(part, found.at);
}

/** Whether there was a place to write to. */
function write(object: EffectiveObject, path: string, value: Value, target: Value): boolean {
  const creates = textAt(target, 'options', 'create') === 'true';
  const delimiter = textAt(target, 'options', 'delimiter');
  const index = Number(textAt(target, 'options', 'index') ?? 0);
  const name = object.id.name;
  const spots = spotsAt(object.value, dottedSteps(path), creates ? target.at : undefined);
  for (const spot of spots) {
    if (delimiter === undefined || spot.value?.type !== 'scalar') spot.set(copyOf(value));
    else {
      const parts = String(spot.value.value ?? '').split(delimiter);
      const part = textAt(value) ?? '';
      if (index < 0) parts.unshift(part);
      else if (index >= parts.length) parts.push(part);
      else parts[index] = part;
      spot.set(scalar(parts.join(delimiter), value.at));
    }
  }
  if (object.id.name !== name) object.former.push({ ...object.id, name });
  return spots.length > 0;
}
