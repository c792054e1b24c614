import { plainValue } from '../yaml/scalar';
import { isUntouched, type Mapping, scalar, textAt, type Value } from './value';

/** `${NAME}`, `${NAME:=default}` and `${NAME:-default}`. */
const variable = /\$\{([A-Za-z_]\w*)(?::[=-]((?:[^}$]|\$(?!\{))*))?\}/g;

/**
 * Fills in what Flux' `postBuild` gives values for, in an object that doesn't refuse it. What has no value stays.
 *
 * @source https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution (v1, 2026-11-29)
 */
export function substitute(object: Mapping, values: ReadonlyMap<string, string>): void {
  const refuses = ['labels', 'annotations'].some(
    field => textAt(object, 'metadata', field, 'kustomize.toolkit.fluxcd.io/substitute') === 'disabled',
  );
  if (!refuses) for (const [key, value] of object.entries) object.entries.set(key, filled(value, values));
}

function filled(value: Value, values: ReadonlyMap<string, string>): Value {
  if (isUntouched(value) && !value.at.source.includes('${')) return value;
  if (value.type === 'list') value.items = value.items.map(item => filled(item, values));
  if (value.type === 'mapping') {
    for (const [key, entry] of value.entries) value.entries.set(key, filled(entry, values));
  }
  if (value.type !== 'scalar' || typeof value.value !== 'string' || !value.value.includes('${')) return value;
  // Behind the last brace no variable ends, and one would be looked for from each place where it might begin.
  const end = value.value.lastIndexOf('}') + 1;
  const filledIn = value.value
    .slice(0, end)
    .replace(variable, (whole, name: string, other?: string) => values.get(name) ?? other ?? whole);
  const text = filledIn + value.value.slice(end);
  if (text === value.value) return value;
  return scalar(value.at.style === 'plain' ? plainValue(text) : text, value.at);
}
