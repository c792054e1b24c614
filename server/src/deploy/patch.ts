import { join } from '../text/paths';
import type { YamlDocument } from '../yaml/document';
import { applyJsonPatch } from './json-patch';
import { type EffectiveObject, idOf, isSameObject } from './object';
import { isBuiltIn } from './scoped';
import { selected } from './select';
import { documentsIn, type Sources } from './sources';
import { patched } from './strategic-merge';
import { at, copyOf, itemsOf, type Mapping, textAt, type Value, valueIn, within } from './value';

/** An entry of `patches:`, or of one of its older forms. */
export interface Patch {
  /** The text itself, or the path of a file. */
  readonly content: Value;
  readonly target?: Value | undefined;
  readonly options?: Value | undefined;
}

/** Applies a patch to the objects that it names. Gives why it can't. */
export function applyPatch(
  objects: EffectiveObject[],
  patch: Patch,
  folder: string,
  sources: Sources,
): string | undefined {
  const documents = documentsOf(patch.content, folder, sources);
  if (documents === undefined) return `there is no file '${textAt(patch.content)}'`;
  for (const { root, problems } of documents) {
    const fault = problems.length > 0 ? 'the patch can not be read' : applyOne(objects, valueIn(root), patch);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A text of several lines, or one that begins as a list or a mapping does, is the patch itself; another is a path. */
function documentsOf(content: Value, folder: string, sources: Sources): readonly YamlDocument[] | undefined {
  const text = textAt(content) ?? '';
  const isInline = text.includes('\n') || /^\s*[[{]/.test(text);
  return isInline ? documentsIn(content) : sources.documents(join(folder, text));
}

function applyOne(objects: EffectiveObject[], patch: Value, entry: Patch): string | undefined {
  if (patch.type === 'list') return applyOperations(objects, patch, entry);
  if (patch.type === 'mapping') return applyMerge(objects, patch, entry);
  return patch.value === null ? undefined : 'it is neither an object nor a list of operations';
}

function applyOperations(objects: EffectiveObject[], operations: Value, { target }: Patch): string | undefined {
  if (target === undefined) return 'a patch of operations has no target';
  for (const object of selected(objects, target)) {
    const fault = applyJsonPatch(object.value, itemsOf(operations));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function applyMerge(objects: EffectiveObject[], document: Mapping, patch: Patch): string | undefined {
  const { target, options } = patch;
  const named = idOf(document);
  const targets = target
    ? selected(objects, target)
    : objects.filter(({ ids }) => ids.some(id => isSameObject(id, named)));
  if (targets.length === 0 && target === undefined) return `there is no ${named.kind} '${named.name}' to patch`;
  for (const object of targets) {
    const { id } = object;
    const fitting = fitted(document, object, options);
    const next = patched(object.value, fitting, isBuiltIn(id));
    if (next?.type === 'mapping') object.value = next;
    else objects.splice(objects.indexOf(object), 1);
    if (next !== undefined && object.id.name !== id.name) object.former.push(id);
  }
  return undefined;
}

/** The patch without what only says whom it is for. */
function fitted(document: Mapping, object: EffectiveObject, options: Value | undefined): Mapping {
  const made = copyOf(document);
  if (made.type !== 'mapping') return document;
  const own = object.value;
  if (textAt(options, 'allowKindChange') !== 'true') {
    for (const field of ['apiVersion', 'kind']) {
      const value = own.entries.get(field);
      if (value) made.entries.set(field, value);
    }
  }
  const metadata = within(made, 'metadata', document.at);
  for (const field of ['name', 'namespace']) {
    if (field === 'name' && textAt(options, 'allowNameChange') === 'true') continue;
    const value = at(own, 'metadata', field);
    if (value) metadata.entries.set(field, value);
    else metadata.entries.delete(field);
  }
  return made;
}
