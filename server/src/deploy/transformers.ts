import { join } from '../text/paths';
import type { Node } from '../yaml/node';
import * as defaults from './default-fields';
import type { Field } from './field';
import { fieldOf, type Gathered } from './gathered';
import { applyPatch, type Patch } from './patch';
import { replace } from './replacement';
import type { Sources } from './sources';
import { addAffix, addEntries, setImages, setNamespace, setReplicas } from './transform';
import { at, isNull, itemsOf, textAt, type Value, valueIn } from './value';

/** Something that could not be done as it is written. */
export interface Fault {
  readonly message: string;
  readonly by: Value;
}

/**
 * Does what the fields of a kustomization say, in kustomize's order.
 *
 * @source kubernetes-sigs/kustomize:api/internal/target/kusttarget_configplugin.go (5.5.0)
 */
export function transform(gathered: Gathered, kustomization: Value, folder: string, sources: Sources): Fault[] {
  const { objects } = gathered;
  const faults: Fault[] = [];
  const field = (name: string) => at(kustomization, name);
  const patch = (by: Value, one: Patch) => {
    const message = applyPatch(objects, one, folder, sources);
    if (message !== undefined) faults.push({ message, by });
  };
  for (const item of itemsOf(field('patchesStrategicMerge'))) patch(item, { content: item });
  for (const item of itemsOf(field('patches'))) patchBy(item, patch);
  const namespace = textAt(field('namespace'));
  if (namespace) {
    setNamespace(objects, namespace, placeOf(field('namespace'), kustomization), [
      ...defaults.namespaceFields,
      ...gathered.fields('namespace'),
    ]);
  }
  for (const [name, side] of [
    ['namePrefix', 'prefix'],
    ['nameSuffix', 'suffix'],
  ] as const) {
    const affix = textAt(field(name));
    if (affix) addAffix(objects, affix, side, placeOf(field(name), kustomization));
  }
  for (const label of itemsOf(field('labels')))
    addEntries(objects, at(label, 'pairs'), labelFields(label, gathered), label.at);
  const selectors = [...defaults.selectorFields, ...gathered.fields('commonLabels')];
  addEntries(objects, field('commonLabels'), selectors, placeOf(field('commonLabels'), kustomization));
  const annotations = [...defaults.annotationFields, ...gathered.fields('commonAnnotations')];
  addEntries(objects, field('commonAnnotations'), annotations, placeOf(field('commonAnnotations'), kustomization));
  for (const item of itemsOf(field('patchesJson6902'))) patchBy(item, patch);
  const replicas = [...defaults.replicaFields, ...gathered.fields('replicas')];
  for (const item of itemsOf(field('replicas'))) {
    const count = at(item, 'count');
    if (count) setReplicas(objects, textAt(item, 'name') ?? '', count, replicas);
  }
  for (const name of ['images', 'imageTags']) {
    for (const item of itemsOf(field(name))) setImages(objects, item, gathered.fields('images'));
  }
  faults.push(...replaceAll(gathered, field('replacements'), folder, sources));
  return faults;
}

const placeOf = (value: Value | undefined, otherwise: Value): Node => (value ?? otherwise).at;

function patchBy(item: Value, patch: (by: Value, one: Patch) => void): void {
  const content = ['patch', 'patches', 'path', 'jsonOp'].map(name => at(item, name)).find(value => !isNull(value));
  if (content) patch(item, { content, target: at(item, 'target'), options: at(item, 'options') });
}

function labelFields(label: Value, gathered: Gathered): readonly Field[] {
  const own = itemsOf(at(label, 'fields')).map(fieldOf);
  if (textAt(label, 'includeSelectors') === 'true') {
    return [...own, ...defaults.selectorFields, ...gathered.fields('commonLabels')];
  }
  const inTemplates = textAt(label, 'includeTemplates') === 'true' ? defaults.templateLabelFields : [];
  return [...own, ...inTemplates, ...defaults.labelFields];
}

function replaceAll({ objects }: Gathered, all: Value | undefined, folder: string, sources: Sources): Fault[] {
  return itemsOf(all).flatMap(item => {
    const path = textAt(item, 'path');
    if (path === undefined) return faultOf(replace(objects, item), item);
    const documents = sources.documents(join(folder, path));
    if (documents === undefined) return [{ message: 'there is no such file', by: item }];
    return documents
      .map(document => valueIn(document.root))
      .flatMap(value => (value.type === 'list' ? value.items : [value]))
      .flatMap(one => faultOf(replace(objects, one), item));
  });
}

const faultOf = (message: string | undefined, by: Value): Fault[] => (message === undefined ? [] : [{ message, by }]);

const isBesideMetadata = ({ path }: Field) => path !== 'metadata/name' && path !== 'metadata/namespace';

/** Does what an object in a file of `transformers:` says. */
export function transformBy(gathered: Gathered, config: Value, folder: string, sources: Sources): Fault[] {
  const { objects } = gathered;
  const own = itemsOf(at(config, 'fieldSpecs')).map(fieldOf);
  const faults: Fault[] = [];
  const patch = (by: Value, one: Patch) => faults.push(...faultOf(applyPatch(objects, one, folder, sources), by));
  switch (textAt(config, 'kind')) {
    case 'LabelTransformer':
      addEntries(objects, at(config, 'labels'), own, config.at);
      break;
    case 'AnnotationsTransformer':
      addEntries(objects, at(config, 'annotations'), own, config.at);
      break;
    case 'NamespaceTransformer':
      setNamespace(objects, textAt(config, 'metadata', 'namespace') ?? '', config.at, own.filter(isBesideMetadata), {
        isUnsetOnly: textAt(config, 'unsetOnly') === 'true',
        renamesNamespaces: own.some(({ path, kind }) => path === 'metadata/name' && kind === 'Namespace'),
        subjects: textAt(config, 'setRoleBindingSubjects'),
      });
      break;
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer':
      addAffix(objects, textAt(config, 'prefix') ?? '', 'prefix', config.at);
      addAffix(objects, textAt(config, 'suffix') ?? '', 'suffix', config.at);
      break;
    case 'PatchTransformer':
    case 'PatchJson6902Transformer':
      patchBy(config, patch);
      break;
    case 'PatchStrategicMergeTransformer':
      for (const item of itemsOf(at(config, 'paths'))) patch(item, { content: item });
      if (textAt(config, 'patches') !== undefined) patchBy(config, patch);
      break;
    case 'ImageTagTransformer': {
      const image = at(config, 'imageTag');
      if (image) setImages(objects, image, own);
      break;
    }
    case 'ReplicaCountTransformer': {
      const count = at(config, 'replica', 'count');
      if (count) setReplicas(objects, textAt(config, 'replica', 'name') ?? '', count, own);
      break;
    }
    case 'ReplacementTransformer':
      faults.push(...replaceAll(gathered, at(config, 'replacements'), folder, sources));
      break;
    default:
      faults.push({ message: `what a transformer '${textAt(config, 'kind')}' does is not known here`, by: config });
  }
  return faults;
}
