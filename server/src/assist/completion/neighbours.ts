import { isClusterScoped } from '../../kube/kinds';
import { labelsOf } from '../../kube/labels';
import { containerPortsOf, isWorkload, podTemplateOf, type Workload } from '../../kube/pods/workload';
import type { Resource } from '../../kube/resource';
import { serviceSelectorOf } from '../../kube/services/service';
import { folderOf } from '../../text/paths';
import type { SourceFile } from '../../workspace/source-file';
import type { Workspace } from '../../workspace/workspace';
import { needsQuotes } from '../../yaml/print';
import { type Snippet, withDefault, withLabel } from './snippet-body';

/** What stands near a place where something new is written: what it will most likely be about. */
export interface Neighbours {
  readonly namespace: string | undefined;
  /** Whether objects here name it themselves, rather than leave that to whatever applies them. */
  readonly isNamespaceWritten: boolean;
  readonly workload: Workload | undefined;
  readonly service: Resource | undefined;
}

/** Of the objects above in the same file, the nearest; else of those of the same folder, where there is one only. */
export function neighboursAt(workspace: Workspace, file: SourceFile, offset: number): Neighbours {
  const above = file.resources.filter(resource => {
    const start = file.documents.find(({ document }) => document === resource.document)?.start ?? 0;
    return start < offset;
  });
  const own = above.length > 0 ? above : file.resources;
  const beside = own.length > 0 ? own : inFolder(workspace, folderOf(file.path));
  const nearest = <T>(all: readonly T[]) => (own.length > 0 || all.length === 1 ? all.at(-1) : undefined);
  const workload = nearest(beside.filter(isWorkload));
  const services = beside.filter(resource => resource.is('Service'));
  const labels = workload && labelsOf(podTemplateOf(workload).at('metadata', 'labels'));
  const namespaces = new Set(beside.flatMap(resource => namespaceOf(workspace, resource) ?? []));
  const last = own.flatMap(resource => namespaceOf(workspace, resource) ?? []).at(-1);
  return {
    namespace: last ?? (namespaces.size === 1 ? [...namespaces][0] : undefined),
    isNamespaceWritten: own.some(({ writtenNamespace }) => writtenNamespace !== undefined),
    workload,
    service: labels ? services.findLast(service => serviceSelectorOf(service)?.matches(labels)) : nearest(services),
  };
}

/** So many objects tell nothing of what a new one is about. */
const most = 50;

function inFolder(workspace: Workspace, folder: string): readonly Resource[] {
  const builds = workspace.builds.filter(build => build.folder === folder);
  const members = builds.flatMap(build => build.members);
  return members.length > most ? [] : members.map(({ resource }) => resource);
}

function namespaceOf(workspace: Workspace, resource: Resource): string | undefined {
  if (resource.kind === 'Namespace') return resource.name.string;
  if (resource.isClusterScoped) return undefined;
  if (resource.namespace !== undefined) return resource.namespace;
  const view = workspace.viewsOf(resource)[0];
  const { name, isAssumed } = view?.namespaceOf(view.madeOf(resource) ?? resource) ?? {
    name: undefined,
    isAssumed: true,
  };
  return isAssumed ? undefined : name;
}

/** A label that tells the pods of a workload from others. */
export function labelOf(workload: Workload): readonly [key: string, value: string] | undefined {
  const selector = [...labelsOf(workload.at('spec', 'selector', 'matchLabels'))];
  const labels = selector.length > 0 ? selector : [...labelsOf(podTemplateOf(workload).at('metadata', 'labels'))];
  const usual = ['app', 'app.kubernetes.io/name', 'k8s-app'];
  return labels.find(([key]) => usual.includes(key)) ?? labels[0];
}

/** A snippet with what is around in place of its defaults, where that is known. */
export function filled(snippet: Snippet, about: Readonly<Record<string, Filling | undefined>>): string {
  let body = snippet.body.join('\n');
  for (const [number, what] of Object.entries(snippet.fill ?? {})) {
    const filling = about[what];
    if (filling === undefined) continue;
    if (typeof filling === 'string') body = isPlain(filling) ? withDefault(body, number, filling) : body;
    else if (filling.every(isPlain)) body = withLabel(body, number, ...filling);
  }
  return body;
}

/** Objects that name no namespace, in the one that those around them name. */
export function homed(body: string, { namespace = '', isNamespaceWritten }: Neighbours): string {
  if (!isNamespaceWritten || !isPlain(namespace)) return body;
  const homedIn = (manifest: string): string => {
    const [, apiVersion = ''] = /^apiVersion: (\S+)$/m.exec(manifest) ?? [];
    const [, kind = ''] = /^kind: (\S+)$/m.exec(manifest) ?? [];
    if (/^ {2}namespace: /m.test(manifest) || isClusterScoped(apiVersion, kind)) return manifest;
    return manifest.replace(/^metadata:\n {2}name: .+$/m, head => `${head}\n  namespace: ${namespace}`);
  };
  return body.split('\n---\n').map(homedIn).join('\n---\n');
}

/** A text, or a label. */
export type Filling = string | readonly [key: string, value: string];

/** What stands in a manifest may be anything: a default is a name that needs no quotes. */
const isPlain = (text: string) =>
  /^[A-Za-z0-9][\w./-]{0,252}$/.test(text) && (/^\d+$/.test(text) || !needsQuotes(text));

/** By the words of `fill`. */
export function fillingsOf({
  namespace,
  workload,
  service,
}: Omit<Neighbours, 'isNamespaceWritten'>): Readonly<Record<string, Filling | undefined>> {
  const port = workload && containerPortsOf(workload)[0];
  return {
    namespace,
    label: workload && labelOf(workload),
    workload: workload?.name.string,
    service: service?.name.string ?? workload?.name.string,
    port: port === undefined ? undefined : String(port.number),
    servicePort: service?.at('spec', 'ports', 0, 'port').text,
  };
}
