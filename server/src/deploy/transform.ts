import type { Node } from '../yaml/node';
import { unprefixed } from './default-fields';
import { type Field, isFieldOf, reach } from './field';
import type { EffectiveObject } from './object';
import { isClusterScopedInKustomize } from './scoped';
import { anchored } from './select';
import { at, entriesOf, isNull, itemsOf, type Mapping, scalar, textAt, unwritten, type Value } from './value';

/** Adds entries to the mappings that the fields name: labels, annotations. */
export function addEntries(
  objects: readonly EffectiveObject[],
  entries: Value | undefined,
  fields: readonly Field[],
  by: Node,
): void {
  for (const [key, value] of entriesOf(entries)) {
    eachPlace(objects, fields, by, (parent, last) => {
      const found = parent.entries.get(last);
      const target = found?.type === 'mapping' ? found : unwritten(by);
      if (found !== target) parent.entries.set(last, target);
      target.entries.set(key, scalar(textAt(value) ?? '', value.at));
    });
  }
}

/** Visits the places of fields in the objects that have them. */
export function eachPlace(
  objects: readonly EffectiveObject[],
  fields: readonly Field[],
  by: Node,
  visit: (parent: Mapping, key: string, object: EffectiveObject) => void,
): void {
  for (const object of objects) {
    const { id } = object;
    for (const field of fields) {
      if (!isFieldOf(field, id)) continue;
      const made = field.create === true ? { by } : undefined;
      reach(object.value, field, made, (parent, key) => visit(parent, key, object));
    }
  }
}

export function addAffix(
  objects: readonly EffectiveObject[],
  affix: string,
  side: 'prefix' | 'suffix',
  by: Node,
): void {
  for (const object of objects) {
    const { id } = object;
    if (unprefixed.some(field => isFieldOf(field, id)) || id.name === '') continue;
    object.rename(side === 'prefix' ? affix + id.name : id.name + affix, by);
    (side === 'prefix' ? object.prefixes : object.suffixes).push(affix);
  }
}

export function setNamespace(
  objects: readonly EffectiveObject[],
  namespace: string,
  by: Node,
  fields: readonly Field[],
  { isUnsetOnly = false, renamesNamespaces = true, subjects = 'defaultOnly' }: NamespaceOptions = {},
): void {
  const set = (parent: Mapping, key: string) => {
    if (!isUnsetOnly || isNull(parent.entries.get(key))) parent.entries.set(key, scalar(namespace, by));
  };
  for (const object of objects) {
    const { kind, group, namespace: own } = object.id;
    const isNamespace = kind === 'Namespace' && group === '';
    if (isNamespace && renamesNamespaces && !isUnsetOnly) object.rename(namespace, by);
    else if (!isClusterScopedInKustomize(object.id) && (own === '' || !isUnsetOnly)) object.moveTo(namespace, by);
    if ((kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') || subjects === 'none') continue;
    for (const subject of itemsOf(at(object.value, 'subjects'))) {
      const isAccount = textAt(subject, 'kind') === 'ServiceAccount';
      const isMeant = isAccount && (subjects === 'allServiceAccounts' || textAt(subject, 'name') === 'default');
      if (isMeant && subject.type === 'mapping') set(subject, 'namespace');
    }
  }
  eachPlace(objects, fields, by, set);
}

/** What a NamespaceTransformer of a file may say besides. */
export interface NamespaceOptions {
  /** Whether what names a namespace keeps it. */
  readonly isUnsetOnly?: boolean;
  /** Whether a Namespace is called so too: by a file only where its fields say so. */
  readonly renamesNamespaces?: boolean;
  /** The subjects of bindings that get it: `none`, `allServiceAccounts`, or those called `default`. */
  readonly subjects?: string | undefined;
}

export function setReplicas(
  objects: readonly EffectiveObject[],
  name: string,
  count: Value,
  fields: readonly Field[],
): void {
  const named = objects.filter(({ ids }) => ids.some(id => id.name === name));
  eachPlace(named, fields, count.at, (parent, key) => parent.entries.set(key, count));
}

/** What an entry of `images:` changes: every `image` of a container, wherever containers are. */
export function setImages(objects: readonly EffectiveObject[], image: Value, fields: readonly Field[]): void {
  const name = textAt(image, 'name') ?? '';
  const expression = anchored(name);
  const isMeant = (one: string) => one === name || expression.matches(one); // it may be an expression
  const change = (parent: Mapping, key: string) => {
    const found = parent.entries.get(key);
    const text = textAt(found);
    const next = text === undefined ? undefined : renamed(text, image, isMeant);
    if (next !== undefined && next !== text) parent.entries.set(key, scalar(next, image.at));
  };
  for (const object of objects) {
    if (object.id.kind === 'CustomResourceDefinition') continue;
    eachContainer(object.value, container => {
      if (container.entries.has('image')) change(container, 'image');
    });
  }
  eachPlace(objects, fields, image.at, change);
}

function eachContainer(value: Value, visit: (container: Mapping) => void): void {
  if (value.type === 'list') for (const item of value.items) eachContainer(item, visit);
  if (value.type !== 'mapping') return;
  for (const [key, entry] of value.entries) {
    if (key === 'containers' || key === 'initContainers') {
      for (const item of itemsOf(entry)) if (item.type === 'mapping') visit(item);
    } else eachContainer(entry, visit);
  }
}

/**
 * The name of an image after a change.
 *
 * @source kubernetes-sigs/kustomize:api/filters/imagetag/updater.go (5.5.0)
 */
function renamed(text: string, image: Value, isMeant: (name: string) => boolean): string | undefined {
  const { name, tag, digest } = parts(text);
  if (!isMeant(name)) return undefined;
  const next = { name: textAt(image, 'newName') || name, tag, digest };
  const [newTag, newDigest, suffix] = [textAt(image, 'newTag'), textAt(image, 'digest'), textAt(image, 'tagSuffix')];
  if (newTag && newDigest) return `${next.name}:${newTag}@${newDigest}`;
  if (newTag) return `${next.name}:${newTag}`;
  if (newDigest) return `${next.name}@${newDigest}`;
  return next.name + (tag === '' ? '' : `:${tag}${suffix ?? ''}`) + (digest === '' ? '' : `@${digest}`);
}

function parts(text: string): { name: string; tag: string; digest: string } {
  const [rest = '', digest = ''] = text.split('@');
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return colon === -1
    ? { name: rest, tag: '', digest }
    : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
