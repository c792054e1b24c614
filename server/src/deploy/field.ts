import { memo } from '../text/maps';
import type { Node } from '../yaml/node';
import type { ObjectId } from './object';
import { isUntouched, type Mapping, unwritten, type Value } from './value';

/** A field of some kinds of objects, as kustomize writes them: `spec/template/metadata/labels`. */
export interface Field {
  readonly path: string;
  readonly kind?: string | undefined;
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  /** Whether it is made where it is missing. */
  readonly create?: boolean | undefined;
}

export function isFieldOf(field: Field, id: ObjectId): boolean {
  return (
    (field.kind === undefined || field.kind === id.kind) &&
    (field.group === undefined || field.group === id.group) &&
    (field.version === undefined || field.version === id.version)
  );
}

/** The steps of a path: a slash in a key is written `\/`, and a list on the way may be marked by `[]`. */
export const stepsOf = memo(({ path }: Field): readonly string[] =>
  path
    .split(/(?<!\\)\//)
    .filter(step => step !== '')
    .map(step => step.replaceAll('\\/', '/').replace(/\[\]$/, '')),
);

/** Visits each place that the path of a field leads to, through all items of the lists on its way. */
export function reach(
  value: Value | undefined,
  field: Field,
  made: { readonly by: Node } | undefined,
  visit: (parent: Mapping, key: string) => void,
): void {
  const steps = stepsOf(field);
  if (value && made === undefined && isUntouched(value) && lacks(value.at, steps)) return;
  reachFrom(value, steps, 0, made, visit);
}

/** Where a step is not in the text it need not be looked for. */
function lacks({ document: { text } }: Node, steps: readonly string[]): boolean {
  return steps.some(step => !text.includes(step));
}

function reachFrom(
  value: Value | undefined,
  steps: readonly string[],
  index: number,
  made: { readonly by: Node } | undefined,
  visit: (parent: Mapping, key: string) => void,
): void {
  const step = steps[index];
  if (value?.type === 'list') for (const item of value.items) reachFrom(item, steps, index, made, visit);
  if (value?.type !== 'mapping' || step === undefined) return;
  const next = value.entries.get(step);
  const isMissing = next === undefined || (next.type === 'scalar' && next.value === null);
  if (isMissing && made === undefined) return;
  if (index === steps.length - 1) {
    visit(value, step);
    return;
  }
  if (isMissing && made !== undefined) value.entries.set(step, unwritten(made.by));
  reachFrom(value.entries.get(step), steps, index + 1, made, visit);
}
