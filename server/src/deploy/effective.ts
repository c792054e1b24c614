import { builtResource, type Resource, resourceAt } from '../kube/resource';
import { builtNode } from '../yaml/built-node';
import type { EffectiveObject } from './object';
import { isUntouched, type Mapping, type Value } from './value';

/** The object that a build makes; the one that is written, where the build leaves it as it is. */
export function resourceOf({ value }: EffectiveObject): Resource | undefined {
  const isFile = value.at.document.host === undefined;
  return isFile && isAsWritten(value) ? resourceAt(value.at) : builtResource(builtNode(value));
}

function isAsWritten(value: Value): boolean {
  const { at } = value;
  if (isUntouched(value)) return true;
  if (value.type === 'scalar') return value.value === (at.string ?? at.number ?? at.boolean ?? null);
  if (value.type === 'list') {
    const { items } = value;
    return items.length === at.items().length && items.every((item, i) => item.at === at.at(i) && isAsWritten(item));
  }
  return !value.isMade && value.entries.size === at.entries().length && hasItsEntries(value);
}

function hasItsEntries({ entries, at }: Mapping): boolean {
  for (const [key, value] of entries) if (value.at !== at.at(key) || !isAsWritten(value)) return false;
  return true;
}

/** Whether two builds make the same of the same places: then what was known of the one holds for the other. */
export function isSame(a: Value, b: Value): boolean {
  if (a.at !== b.at) return false;
  if (isUntouched(a) && isUntouched(b)) return true;
  if (a.type === 'scalar') return b.type === 'scalar' && a.value === b.value;
  if (a.type === 'list') {
    return (
      b.type === 'list' && a.items.length === b.items.length && a.items.every((item, i) => isSameAt(item, b.items[i]))
    );
  }
  if (b.type !== 'mapping' || a.entries.size !== b.entries.size) return false;
  for (const [key, value] of a.entries) if (!isSameAt(value, b.entries.get(key))) return false;
  return true;
}

const isSameAt = (a: Value, b: Value | undefined) => b !== undefined && isSame(a, b);
