import { type EffectiveObject, spaceOf } from './object';
import { at, entriesOf, textAt, type Value } from './value';

/** The objects that the target of a patch, or the selector of a replacement, names: by all their names so far. */
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
      group?.test(id.group) !== false &&
      version?.test(id.version) !== false &&
      kind?.test(id.kind) !== false &&
      (name === undefined || ids.some(one => name.test(one.name))) &&
      (namespace === undefined || ids.some(one => namespace.test(spaceOf(one)))) &&
      (labels === undefined || isSelected(labels, at(object.value, 'metadata', 'labels'))) &&
      (annotations === undefined || isSelected(annotations, at(object.value, 'metadata', 'annotations')))
    );
  });
}

/** Go's expressions and ours agree in what names are matched with; what can't be read matches nothing. */
function anchored(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text.replace(/^\^/, '').replace(/\$$/, '')})$`);
  } catch {
    return /(?!)/;
  }
}

/** A selector as `kubectl -l` takes it: `a=b,c!=d,e in (f,g),h,!i`. */
export function isSelected(selector: string, labels: Value | undefined): boolean {
  const values = entriesOf(labels);
  const parts = selector.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return parts.every(part => {
    const text = part.trim();
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
