import { at, copyOf, equal, type List, type Mapping, textAt, type Value } from './value';

/**
 * Applies the operations of a JSON patch in place. Gives the first one that can't be applied, with the reason.
 *
 * @source https://www.rfc-editor.org/rfc/rfc6902 (2013)
 */
export function applyJsonPatch(target: Mapping, operations: readonly Value[]): string | undefined {
  for (const operation of operations) {
    const fault = apply(target, operation);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function apply(target: Mapping, operation: Value): string | undefined {
  const name = textAt(operation, 'op') ?? '';
  const path = textAt(operation, 'path') ?? '';
  const steps = stepsOf(path);
  const [from, value] = [textAt(operation, 'from') ?? '', at(operation, 'value')];
  const missing = `${name} ${path}: there is nothing at this path`;
  switch (name) {
    case 'add':
      return value !== undefined && put(target, steps, copyOf(value), 'add') ? undefined : missing;
    case 'replace':
      return value !== undefined && put(target, steps, copyOf(value), 'replace') ? undefined : missing;
    case 'remove':
      return take(target, steps) === undefined ? missing : undefined;
    case 'move': {
      const moved = take(target, stepsOf(from));
      return moved !== undefined && put(target, steps, moved, 'add') ? undefined : missing;
    }
    case 'copy': {
      const found = at(target, ...stepsOf(from));
      return found !== undefined && put(target, steps, copyOf(found), 'add') ? undefined : missing;
    }
    case 'test':
      return equal(at(target, ...steps), value) ? undefined : `test ${path}: the value is another one`;
    default:
      return `'${name}' is no operation`;
  }
}

function stepsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function parentOf(target: Mapping, steps: readonly string[]): { parent: Mapping | List; last: string } | undefined {
  const last = steps.at(-1);
  const parent = at(target, ...steps.slice(0, -1));
  return last === undefined || parent === undefined || parent.type === 'scalar' ? undefined : { parent, last };
}

function put(target: Mapping, steps: readonly string[], value: Value, how: 'add' | 'replace'): boolean {
  const place = parentOf(target, steps);
  if (place === undefined) return false;
  const { parent, last } = place;
  if (parent.type === 'mapping') {
    if (how === 'replace' && !parent.entries.has(last)) return false;
    parent.entries.set(last, value);
    return true;
  }
  const index = last === '-' ? parent.items.length : Number(last);
  if (!Number.isInteger(index) || index < 0 || index > parent.items.length - (how === 'replace' ? 1 : 0)) return false;
  parent.items.splice(index, how === 'replace' ? 1 : 0, value);
  return true;
}

function take(target: Mapping, steps: readonly string[]): Value | undefined {
  const place = parentOf(target, steps);
  if (place === undefined) return undefined;
  const { parent, last } = place;
  const found = at(parent, last);
  if (parent.type === 'mapping') parent.entries.delete(last);
  else if (found !== undefined) parent.items.splice(Number(last), 1);
  return found;
}
