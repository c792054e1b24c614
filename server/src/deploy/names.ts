import { add, memo } from '../text/maps';
import { isFieldOf, reach } from './field';
import { type EffectiveObject, spaceOf } from './object';
import type { Reference } from './reference-fields';
import { isClusterScopedInKustomize } from './scoped';
import { isNull, type Mapping, scalar, textAt, type Value } from './value';

/**
 * Lets references follow the objects that have been renamed or moved.
 *
 * @source kubernetes-sigs/kustomize:api/filters/nameref/nameref.go (5.5.0)
 */
export function followNames(objects: readonly EffectiveObject[], references: readonly Reference[]): void {
  const changed = objects.filter(({ former }) => former.length > 0);
  if (changed.length === 0) return;
  const byFormerName = new Map<string, EffectiveObject[]>();
  for (const object of changed) {
    for (const name of new Set(object.former.map(id => id.name))) add(byFormerName, name, object);
  }
  for (const referrer of objects) {
    const { id } = referrer;
    for (const { reference, field } of fieldsByKind(references)(id.kind)) {
      if (!isFieldOf(field, id)) continue;
      reach(referrer.value, field, undefined, (parent, key) => {
        const follow = (value: Value | undefined) => followed(value, referrer, reference, byFormerName);
        const value = parent.entries.get(key);
        if (value?.type === 'list') value.items = value.items.map(item => follow(item) ?? item);
        else {
          const next = follow(value);
          if (next !== undefined) parent.entries.set(key, next);
        }
      });
    }
  }
}

/** The fields that objects of a kind may have. */
const fieldsByKind = memo((references: readonly Reference[]) => {
  const all = references.flatMap(reference => reference.fields.map(field => ({ reference, field })));
  const known = new Map<string, typeof all>();
  return (kind: string): typeof all => {
    const found = known.get(kind) ?? all.filter(({ field }) => field.kind === undefined || field.kind === kind);
    known.set(kind, found);
    return found;
  };
});

type ByName = ReadonlyMap<string, readonly EffectiveObject[]>;

function followed(
  value: Value | undefined,
  referrer: EffectiveObject,
  reference: Reference,
  byName: ByName,
): Value | undefined {
  if (isNull(value) || value === undefined) return undefined;
  if (value.type === 'mapping') return followedMapping(value, referrer, reference, byName);
  if (value.type !== 'scalar' || typeof value.value !== 'string') return undefined;
  const target = targetOf(value.value, undefined, referrer, reference, byName);
  return target === undefined ? undefined : scalar(target.id.name, value.at);
}

/** `{ name, namespace }`, as subjects and webhooks have it. */
function followedMapping(
  value: Mapping,
  referrer: EffectiveObject,
  reference: Reference,
  byName: ByName,
): Value | undefined {
  const name = textAt(value, 'name');
  if (name === undefined) return undefined;
  const target = targetOf(name, textAt(value, 'namespace'), referrer, reference, byName);
  if (target === undefined) return undefined;
  const placeOf = (field: string) => value.entries.get(field)?.at ?? value.at;
  value.entries.set('name', scalar(target.id.name, placeOf('name')));
  if (target.id.namespace !== '') value.entries.set('namespace', scalar(target.id.namespace, placeOf('namespace')));
  return value;
}

function targetOf(
  name: string,
  namespace: string | undefined,
  referrer: EffectiveObject,
  { kind, group, version }: Reference,
  byName: ByName,
): EffectiveObject | undefined {
  const roleGroup = textAt(referrer.value, 'roleRef', 'kind');
  const isFree = isClusterScopedInKustomize(referrer.id) || namespace !== undefined;
  let candidates = (byName.get(name) ?? []).filter(
    object =>
      object.former.some(
        id =>
          id.name === name &&
          id.kind === kind &&
          (group === undefined || id.group === group) &&
          (version === undefined || id.version === version) &&
          (namespace === undefined || isClusterScopedInKustomize(id) || spaceOf(id) === namespace),
      ) &&
      (isFree || isClusterScopedInKustomize(object.id) || spaceOf(object.id) === spaceOf(referrer.id)) &&
      (!['Role', 'ClusterRole'].includes(kind) || roleGroup === undefined || roleGroup === kind),
  );
  if (candidates.length > 1) candidates = candidates.filter(object => affixesOf(object) === affixesOf(referrer));
  const [first] = candidates;
  return candidates.every(({ id }) => id.name === first?.id.name) ? first : undefined;
}

const affixesOf = ({ prefixes, suffixes }: EffectiveObject) => `${prefixes.join('/')}|${suffixes.join('/')}`;
