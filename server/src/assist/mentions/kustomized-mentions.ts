import { isRemote, type SourceText } from '../../deploy/sources';
import type { Resource } from '../../kube/resource';
import { folderOf, join } from '../../text/paths';
import { embeddedDocument } from '../../yaml/embedded';
import type { Node } from '../../yaml/node';
import { type Mention, meaningOf, type Spot, valueAt } from './mention';

type Reads = ReadonlyMap<string, unknown>;

/** What a kustomization names: files, the objects that its patches are for, and its namespace. */
export function kustomizedMentionsOf({ node: root }: Resource, path: string, reads: Reads): Mention[] {
  const folder = folderOf(path);
  const namespace = root.at('namespace');
  return [
    ...filesIn(root, folder),
    ...patchesIn(root).flatMap(one => patchMentions(one, folder, reads)),
    ...selectedIn(root).flatMap(objectSelected),
    ...(namespace.string
      ? [{ at: valueAt(namespace), means: meaningOf('Namespace', namespace.string), sort: 'namespaces' } as const]
      : []),
  ];
}

const itemsOf = (root: Node, ...fields: readonly string[]) => fields.flatMap(field => root.at(field).items());

/** Entries that are paths, or texts in place; and fields of entries that are paths. */
function filesIn(root: Node, folder: string): Mention[] {
  const generators = itemsOf(root, 'configMapGenerator', 'secretGenerator');
  const charts = itemsOf(root, 'helmCharts', 'helmChartInflationGenerator');
  const paths = [
    ...itemsOf(
      root,
      ...['resources', 'bases', 'components', 'patchesStrategicMerge', 'configurations', 'crds', 'generators'],
      ...['transformers', 'validators'],
    ),
    ...itemsOf(root, 'patches', 'patchesJson6902', 'replacements').map(item => item.at('path')),
    root.at('openapi', 'path'),
    ...generators.flatMap(one => [...one.at('envs').items(), one.at('env')]),
    ...charts.flatMap(chart => [chart.at('valuesFile'), ...chart.at('additionalValuesFiles').items()]),
  ];
  const inputs = generators.flatMap(one => one.at('files').items());
  return [
    ...paths.flatMap(node => fileMention(valueAt(node), node.string, folder)),
    ...inputs.flatMap(node => {
      const text = node.string ?? '';
      const start = text.indexOf('=') + 1;
      return fileMention({ node, part: { start, end: text.length } }, text.slice(start), folder);
    }),
  ];
}

function fileMention(at: Spot, reference: string | undefined, folder: string): Mention[] {
  if (reference === undefined || reference === '' || reference.includes('\n') || isRemote(reference)) return [];
  return [{ at, means: { about: 'file', path: join(folder, reference) }, sort: 'files' }];
}

/** A patch in place or in a file, and what it says it is for. */
interface Patch {
  readonly text: Node;
  readonly target: Node | undefined;
}

const patchesIn = (root: Node): readonly Patch[] => [
  ...itemsOf(root, 'patchesStrategicMerge').map(text => ({ text, target: undefined })),
  ...itemsOf(root, 'patches', 'patchesJson6902').flatMap(item => {
    const target = item.at('target').isMapping ? item.at('target') : undefined;
    return [{ text: item.at('path').exists ? item.at('path') : item.at('patch'), target }];
  }),
];

function patchMentions({ text, target }: Patch, folder: string, reads: Reads): Mention[] {
  if (target !== undefined) return objectSelected(target);
  return rootsOf(text, folder, reads).flatMap(root =>
    patched(root.at('kind').string, root.at('metadata', 'name'), root.at('metadata', 'namespace')),
  );
}

/** The object that a patch is for, by the names that the kustomization knows it by. */
function patched(kind: string | undefined, name: Node, namespace: Node | undefined): Mention[] {
  const home: Mention[] = namespace?.string
    ? [{ at: valueAt(namespace), means: meaningOf('Namespace', namespace.string), sort: 'patches' }]
    : [];
  if (kind === undefined || name.string === undefined) return home;
  const means = { ...meaningOf(kind, name.string), isAsWritten: true } as const;
  return [{ at: valueAt(name), means, sort: 'patches' }, ...home];
}

function rootsOf(text: Node, folder: string, reads: Reads): readonly Node[] {
  const written = text.string ?? '';
  if (written.includes('\n') || /^\s*[[{]/.test(written)) {
    const document = embeddedDocument(text);
    return document && document.problems.length === 0 ? [document.root] : [];
  }
  const read = reads.get(join(folder, written));
  return isText(read) ? read.documents.filter(({ problems }) => problems.length === 0).map(({ root }) => root) : [];
}

const isText = (read: unknown): read is SourceText => typeof read === 'object' && read !== null && 'documents' in read;

/** Sources and targets of replacements, and objects of vars. */
const selectedIn = (root: Node): readonly Node[] => [
  ...itemsOf(root, 'replacements').flatMap(item => [
    item.at('source'),
    ...item
      .at('targets')
      .items()
      .map(one => one.at('select')),
  ]),
  ...itemsOf(root, 'vars').map(item => item.at('objref')),
];

/** An expression selects more than one name: it is no name. */
function objectSelected(target: Node): Mention[] {
  const isName = ({ string }: Node) => string !== undefined && /^[a-z0-9.-]+$/.test(string);
  const [kind, name, namespace] = [target.at('kind').string, target.at('name'), target.at('namespace')];
  return patched(isName(name) ? kind : undefined, name, isName(namespace) ? namespace : undefined);
}
