import { join } from '../text/paths';
import { splitDocuments } from '../yaml/document';
import { applyJsonPatch } from './json-patch';
import { type EffectiveObject, type ObjectId, spaceOf } from './object';
import { isBuiltIn } from './scoped';
import { selected } from './select';
import type { Sources } from './sources';
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
  if (documents === undefined) return `${textAt(patch.content)} is not there`;
  const faults = documents.map(document =>
    document.type === 'list'
      ? applyOperations(objects, document, patch)
      : document.type === 'mapping'
        ? applyMerge(objects, document, patch)
        : undefined,
  );
  return faults.find(fault => fault !== undefined);
}

/** A text with a line end is the patch; else it is a path, unless there is no such file. */
function documentsOf(content: Value, folder: string, sources: Sources): Value[] | undefined {
  if (content.type !== 'scalar') return [content];
  const text = textAt(content) ?? '';
  const isInline = text.includes('\n') || /^\s*[[{]/.test(text);
  const documents = isInline
    ? splitDocuments(text).map(({ document }) => document)
    : sources.documents(join(folder, text));
  return documents?.map(document => valueIn(document.root));
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
  const named = target === undefined ? idOf(document) : undefined;
  const targets =
    target === undefined
      ? objects.filter(object => named !== undefined && object.ids.some(id => isNamed(id, named)))
      : selected(objects, target);
  if (targets.length === 0 && target === undefined) return `nothing to patch: ${named?.kind} '${named?.name}'`;
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

function idOf(document: Mapping): ObjectId {
  const apiVersion = textAt(document, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(document, 'kind') ?? '',
    name: textAt(document, 'metadata', 'name') ?? '',
    namespace: textAt(document, 'metadata', 'namespace') ?? '',
  };
}

const isNamed = (id: ObjectId, wanted: ObjectId) =>
  id.group === wanted.group &&
  id.version === wanted.version &&
  id.kind === wanted.kind &&
  id.name === wanted.name &&
  spaceOf(id) === spaceOf(wanted);
