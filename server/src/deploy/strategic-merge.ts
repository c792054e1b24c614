import { lacksValues } from '../yaml/built-node';
import {
  at,
  copyOf,
  entriesOf,
  equal,
  isNull,
  isUntouched,
  itemsOf,
  type List,
  list,
  type Mapping,
  mapping,
  textAt,
  type Value,
} from './value';

/**
 * The fields by which items of a list are told apart, in objects of Kubernetes' own groups. Other lists are replaced.
 *
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (1.32: x-kubernetes-list-map-keys, x-kubernetes-patch-merge-key)
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  schedulingGates: ['name'],
  resourceClaims: ['name'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
  ownerReferences: ['uid'],
  webhooks: ['name'],
  matchConditions: ['name'],
};

/**
 * A strategic merge patch, as kustomize applies it. Gives undefined where the patch deletes the object.
 *
 * @source kubernetes-sigs/kustomize:kyaml/yaml/merge2 and kyaml/yaml/walk (5.5.0)
 */
export function patched(target: Value, patch: Value, isBuiltIn: boolean): Value | undefined {
  return merged(target, patch, { parent: '', field: '', isBuiltIn });
}

/** The field that is merged, and the one around it. */
interface Place {
  readonly parent: string;
  readonly field: string;
  readonly isBuiltIn: boolean;
}

/** The keys of a list that is merged. Lists of one name can be told apart differently, by where they are. */
function keysOf({ parent, field, isBuiltIn }: Place, items: readonly Value[]): readonly string[] | undefined {
  const has = (key: string) => items.some(item => at(item, key) !== undefined);
  if (!isBuiltIn) return undefined;
  if (field === 'ports')
    return has('containerPort') ? ['containerPort', 'protocol'] : has('port') ? ['port', 'protocol'] : undefined;
  if (field === 'secrets') return has('name') ? ['name'] : undefined;
  if (field === 'imagePullSecrets') return parent === 'spec' ? ['name'] : undefined; // a ServiceAccount's are replaced
  return Object.hasOwn(mergeKeys, field) ? mergeKeys[field] : undefined;
}

const isDirective = (key: string) => key.startsWith('$');

function merged(target: Value | undefined, patch: Value, place: Place): Value | undefined {
  if (isNull(patch)) return undefined;
  if (patch.type === 'mapping') return mergedMapping(target, patch, place);
  if (patch.type === 'list') return mergedList(target, patch, place);
  // A patch that repeats what is there does not bring it.
  return target?.type === 'scalar' && target.value === patch.value ? target : patch;
}

function mergedMapping(target: Value | undefined, patch: Mapping, place: Place): Value | undefined {
  const directive = textAt(patch, '$patch');
  if (directive === 'delete') return undefined;
  const isWhole = directive === 'replace' || target?.type !== 'mapping';
  const made = isWhole ? mapping(patch.at) : target;
  for (const [key, value] of patch.entries) {
    if (isDirective(key)) continue;
    const next = merged(made.entries.get(key), value, { ...place, parent: place.field, field: key });
    if (next === undefined) made.entries.delete(key);
    else made.entries.set(key, next);
  }
  dropNulls(made);
  return made;
}

/** A patched object keeps no field without a value, wherever it stands; a `null` that is written stays. */
function dropNulls(value: Value): void {
  if (value.type !== 'mapping' || (isUntouched(value) && !lacksValues(value.at))) return;
  for (const [key, entry] of value.entries) {
    if (isNull(entry) && entry.at.source === '') value.entries.delete(key);
    else dropNulls(entry);
  }
}

function mergedList(target: Value | undefined, patch: List, place: Place): Value {
  const isReplace = (item: Value) => textAt(item, '$patch') === 'replace' && entriesOf(item).size === 1;
  const items = patch.items.filter(item => !isReplace(item));
  const current = itemsOf(target);
  if (place.field === 'finalizers') {
    return list([...items, ...current.filter(one => !items.some(item => equal(item, one)))], patch.at);
  }
  const keys = keysOf(place, [...items, ...current]);
  if (keys === undefined || items.length < patch.items.length) return list(items.map(withoutDirectives), patch.at);
  const written = keys.filter(key => [...items, ...current].some(item => at(item, key) !== undefined));
  let left = [...current];
  let added: Value[] = [];
  for (const item of items) {
    const next = merged(left.find(isSame(item, written)), item, place);
    if (next === undefined) left = left.filter(one => !isSame(item, written)(one));
    else added = [...added.filter(one => !isSame(item, written)(one)), next];
  }
  return list(prepended(added, left, written), target?.at ?? patch.at);
}

/**
 * Items of a patch come first, then those that were there. Of two keys, one that is left out stands for any: what was
 * there wins, and what a patch says of a port that names its protocol elsewhere is lost.
 */
function prepended(added: readonly Value[], left: readonly Value[], keys: readonly string[]): Value[] {
  let all = [...added];
  for (const item of left) {
    const index = all.findIndex(isSame(item, keys));
    if (keys.length > 1) all = [...all.filter(one => !mayBeSame(item, keys)(one)), item];
    else if (index === -1) all.push(item);
    else all[index] = item;
  }
  return all;
}

const isSame = (item: Value, keys: readonly string[]) => (other: Value) =>
  keys.length > 0 && keys.every(key => textAt(other, key) === textAt(item, key));

const mayBeSame = (item: Value, keys: readonly string[]) => (other: Value) =>
  keys.every(key => [textAt(item, key), textAt(other, key)].includes(undefined) || isSame(item, [key])(other));

function withoutDirectives(value: Value): Value {
  const made = copyOf(value);
  if (made.type === 'mapping') {
    for (const key of [...made.entries.keys()]) if (isDirective(key)) made.entries.delete(key);
  }
  return made;
}
