import { isWorkload, podSpecOf } from '../kube/pods/workload';
import type { Resource } from '../kube/resource';
import { memo } from '../text/maps';
import type { Range } from '../text/range';
import { visible } from '../text/visible';
import { inWords } from '../text/words';
import type { SourceFile } from '../workspace/source-file';
import { extentOf } from '../yaml/find';
import type { Node } from '../yaml/node';
import { type ManifestPart, type OutlineEntry, within } from './outline-entry';

/** The objects of a file by kind and name, each with what of it matters to the network. */
export const objectsIn = memo((file: SourceFile): readonly OutlineEntry[] => {
  const starts = new Map(file.documents.map(({ document, start }) => [document, start]));
  return file.resources.map(resource => objectEntry(resource, starts.get(resource.document) ?? 0));
});

/** `Deployment web`, as an editor lists and finds it. */
export const labelOf = ({ kindName, name }: Resource) => visible(`${kindName} ${name.text ?? '(unnamed)'}`);

/** @own the kinds that are told apart by their symbols */
export function partOf(resource: Resource): ManifestPart {
  const { kindName } = resource;
  if (isWorkload(resource)) return 'workload';
  if (kindName === 'Service') return 'service';
  if (kindName === 'Namespace') return 'namespace';
  if (kindName === 'ConfigMap' || kindName === 'Secret') return 'settings';
  if (/Polic(?:y|ies)$/.test(kindName)) return 'policy';
  return /^(?:Ingress|Gateway|HTTPProxy|VirtualService|\w*Route\w*)$/.test(kindName) ? 'route' : 'object';
}

/** More of one object than anybody reads. */
const most = 200;

function objectEntry(resource: Resource, start: number): OutlineEntry {
  const { name, node } = resource;
  const children = partsOf(resource).slice(0, most);
  const range = placed(start, extentOf(node));
  return {
    kind: partOf(resource),
    name: labelOf(resource),
    detail: visible(resource.namespace ?? ''),
    range,
    selection: within(range, placed(start, name.isEmpty ? node.at('kind').range : name.range)),
    children: children.map(part => partEntry(part, start, range)),
  };
}

/** A part of an object, before it has a place in a file. */
interface Part {
  readonly kind: ManifestPart;
  readonly name: string;
  readonly detail: string;
  readonly node: Node;
  readonly children: readonly Part[];
}

function partEntry({ kind, name, detail, node, children }: Part, start: number, outer: Range): OutlineEntry {
  const range = within(outer, placed(start, extentOf(node)));
  return {
    kind,
    // An outline with a nameless entry is refused as a whole.
    name: visible(name) || '(unnamed)',
    detail: visible(detail),
    range,
    selection: range,
    children: children.map(child => partEntry(child, start, range)),
  };
}

const placed = (start: number, range: Range): Range => ({ start: start + range.start, end: start + range.end });

function partsOf(resource: Resource): readonly Part[] {
  if (isWorkload(resource)) return containersIn(podSpecOf(resource));
  const spec = resource.at('spec');
  if (resource.kindName === 'Service') return spec.at('ports').items().map(servicePort);
  if (partOf(resource) === 'policy')
    return ['ingress', 'egress'].flatMap(direction => rulesIn(spec.at(direction), direction));
  if (resource.kindName === 'Ingress') return spec.at('rules').items().map(hostRule);
  if (resource.kindName === 'Gateway') return spec.at('listeners').items().map(listener);
  if (partOf(resource) === 'route') return rulesIn(spec.at('rules'), 'rule');
  if (partOf(resource) === 'settings') return ['data', 'stringData'].flatMap(field => entriesIn(resource.at(field)));
  return [];
}

const containersIn = (spec: Node) =>
  ['initContainers', 'containers'].flatMap(field =>
    spec
      .at(field)
      .items()
      .slice(0, most)
      .map((node): Part => {
        const ports = node.at('ports').items().slice(0, most).map(containerPort);
        return { kind: 'container', name: textAt(node, 'name'), detail: textAt(node, 'image'), node, children: ports };
      }),
  );

function containerPort(node: Node): Part {
  return portPart(node, textAt(node, 'containerPort'), '');
}

function servicePort(node: Node): Part {
  const target = textAt(node, 'targetPort');
  return portPart(node, textAt(node, 'port'), target === '' ? '' : `→ ${target}`);
}

function portPart(node: Node, number: string, more: string): Part {
  const [name, protocol] = [textAt(node, 'name'), textAt(node, 'protocol')];
  const detail = [name === '' ? '' : number, protocol, more].filter(text => text !== '').join(' ');
  return { kind: 'port', name: name || number, detail, node, children: [] };
}

function hostRule(node: Node): Part {
  const paths = node.at('http', 'paths').items().slice(0, most).map(pathRule);
  return { kind: 'rule', name: textAt(node, 'host') || '*', detail: '', node, children: paths };
}

function pathRule(node: Node): Part {
  const service = node.at('backend', 'service');
  const port = textAt(service.at('port'), 'name') || textAt(service.at('port'), 'number');
  const name = textAt(service, 'name');
  const detail = name === '' ? '' : `→ ${name}${port === '' ? '' : `:${port}`}`;
  return { kind: 'rule', name: textAt(node, 'path') || '/', detail, node, children: [] };
}

function listener(node: Node): Part {
  const detail = [textAt(node, 'protocol'), textAt(node, 'port'), textAt(node, 'hostname')];
  return {
    kind: 'port',
    name: textAt(node, 'name'),
    detail: detail.filter(text => text !== '').join(' '),
    node,
    children: [],
  };
}

/** Rules have no names: their number, and what they speak of. */
function rulesIn(list: Node, word: string): readonly Part[] {
  return list
    .items()
    .slice(0, most)
    .map((node, index): Part => {
      const fields = node
        .entries()
        .slice(0, 5)
        .map(({ key }) => String(key));
      return { kind: 'rule', name: `${word} ${index + 1}`, detail: inWords(fields), node, children: [] };
    });
}

function entriesIn(node: Node): readonly Part[] {
  return node
    .entries()
    .slice(0, most)
    .map((entry): Part => ({ kind: 'entry', name: String(entry.key), detail: '', node: entry, children: [] }));
}

const textAt = (node: Node, key: string) => node.at(key).text ?? '';
