import { RE2JS } from 're2js';
import { type EffectiveObject, spaceOf } from './object';
import { at, entriesOf, textAt, type Value } from './value';

/** The objects that the target of a patch selects, by expressions for all their names so far. */
export function selected(objects: readonly EffectiveObject[], target: Value): EffectiveObject[] {
  const wants = (field: string) => {
    const text = textAt(target, field);
    return text === undefined || text === '' ? undefined : anchored(text);
  };
  const [group, version, kind] = [wants('group'), wants('version'), wants('kind')];
  const [name, namespace] = [wants('name'), wants('namespace')];
  const labels = textAt(target, 'labelSelector');
  const annotations = textAt(target, 'annotationSelector');
  return objects.filter(object => {
    const { id, ids } = object;
    return (
      group?.matches(id.group) !== false &&
      version?.matches(id.version) !== false &&
      kind?.matches(id.kind) !== false &&
      (name === undefined || ids.some(one => name.matches(one.name))) &&
      (namespace === undefined || ids.some(one => namespace.matches(spaceOf(one)))) &&
      (labels === undefined || isSelected(labels, at(object.value, 'metadata', 'labels'))) &&
      (annotations === undefined || isSelected(annotations, at(object.value, 'metadata', 'annotations')))
    );
  });
}

/** The objects that a replacement names, each field as it is written. */
export function named(objects: readonly EffectiveObject[], selector: Value): EffectiveObject[] {
  const fields = ['group', 'version', 'kind', 'name', 'namespace'] as const;
  const wanted = fields.map(field => [field, textAt(selector, field) ?? ''] as const).filter(([, text]) => text !== '');
  const labels = textAt(selector, 'labelSelector');
  const annotations = textAt(selector, 'annotationSelector');
  return objects.filter(
    ({ ids, value }) =>
      ids.some(id => wanted.every(([field, text]) => (field === 'namespace' ? spaceOf(id) : id[field]) === text)) &&
      (labels === undefined || isSelected(labels, at(value, 'metadata', 'labels'))) &&
      (annotations === undefined || isSelected(annotations, at(value, 'metadata', 'annotations'))),
  );
}

/** A whole text as a Go expression, which takes linear time whatever it is; one that can't be read matches nothing. */
export function anchored(text: string): { matches(other: string): boolean } {
  try {
    return RE2JS.compile(text.replace(/^\^/, '').replace(/\$$/, ''));
  } catch {
    return { matches: () => false };
  }
}

/** A selector as `kubectl -l` takes it: `a=b,c!=d,e in (f,g),h,!i`. */
export function isSelected(selector: string, labels: Value | undefined): boolean {
  const values = entriesOf(labels);
  return partsOf(selector).every(text => {
    const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
    if (set) {
      const wanted = (set[3] ?? '').split(',').map(one => one.trim());
      const isIn = values.has(set[1] ?? '') && wanted.includes(textAt(values.get(set[1] ?? '')) ?? '');
      return isIn === (set[2] === 'in');
    }
    const equation = /^([^=!\s]+)\s*(==?|!=)\s*(\S*)$/.exec(text);
    if (equation) {
      const isEqual = textAt(values.get(equation[1] ?? '')) === equation[3];
      return isEqual === (equation[2] !== '!=');
    }
    return text.startsWith('!') ? !values.has(text.slice(1).trim()) : values.has(text);
  });
}

/** What stands between the commas that are in no brackets. */
function partsOf(selector: string): string[] {
  const parts: string[] = [];
  let part = '';
  let isInside = false;
  for (const character of selector) {
    if (character === ',' && !isInside) {
      parts.push(part);
      part = '';
    } else part += character;
    if (character === '(' || character === ')') isInside = character === '(';
  }
  return [...parts, part].map(one => one.trim()).filter(one => one !== '');
}
