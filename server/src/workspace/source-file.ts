import type { ManifestFile } from '../deploy/files';
import { holdsPlaceholder } from '../kube/placeholder';
import { mayBeManifest, resourcesIn } from '../kube/resource';
import { isSameList } from '../text/maps';
import { join } from '../text/paths';
import { splitDocuments, YamlDocument } from '../yaml/document';
import { configNames } from './config-names';
import { isTemplate, isTemplateDocument, isTemplateName } from './template';

export type Role = 'manifests' | 'kustomization' | 'chart' | 'config' | 'corefile' | 'template' | 'other';

/** A file of the workspace, read. Paths have `/` and count from the workspace root. */
export interface SourceFile extends ManifestFile {
  readonly role: Role;
}

/** Larger files are named, not read: no manifest that people write comes near. */
export const sizeLimit = 10 * 1024 * 1024;

export function isConfig(path: string): boolean {
  const own = path.slice(path.lastIndexOf('/') + 1);
  return configNames.some(name => name === own);
}

/** Where the config file of a folder may be: the first that is there counts. */
export const configPathsIn = (folder: string) => configNames.map(name => join(folder, name));

export function readSource(path: string, text: string, old?: SourceFile): SourceFile {
  const role = roleOf(path, text);
  const nothing = { path, text, role, documents: [], resources: [], skipped: undefined };
  if (text.length > sizeLimit) return { ...nothing, text: '', role: 'other', skipped: tooLarge(text.length) };
  if (text.includes('\0')) return { ...nothing, role: 'other', skipped: 'not a text file' };
  if (role === 'corefile') return { ...nothing, documents: [{ start: 0, document: textDocument(text, old) }] };
  if (role === 'template') return { ...nothing, skipped: 'a template: only what it renders to can be checked' };
  if (role === 'other') return nothing;
  const documents = splitDocuments(text, old?.documents, slice => !readWithComments.test(slice));
  if (role !== 'manifests') return { ...nothing, documents };
  const templated = documents.filter(({ document }) => mayBeManifest(document.text) && isTemplateDocument(document));
  const plain = templated.length === 0 ? documents : documents.filter(placed => !templated.includes(placed));
  const resources = plain.flatMap(({ document }) => (fitsJson(path, document.text) ? resourcesIn(document) : []));
  return {
    ...nothing,
    documents,
    resources: old && isSameList(old.resources, resources) ? old.resources : resources,
    skipped: templated.length > 0 ? 'holds templates: only what they render to can be checked' : undefined,
  };
}

/** Readers look at comments too, for what a policy is meant to do, and at the whole of what a chart is told. */
const readWithComments = /networkpolic|middlewares/i;

function textDocument(text: string, old: SourceFile | undefined): YamlDocument {
  const [same] = old?.role === 'corefile' ? old.documents : [];
  return same?.document.text === text ? same.document : YamlDocument.ofText(text);
}

export function tooLarge(size: number): string {
  return `larger than ${sizeLimit / 1024 / 1024} MB (${Math.ceil(size / 1024 / 1024)} MB)`;
}

/** JSON counts when it is a Kubernetes object: `package.json` and the like never are. */
function fitsJson(path: string, text: string): boolean {
  return !path.endsWith('.json') || /"apiVersion"\s*:/.test(text);
}

/** Whether a file of this name would be read, if it were there. */
export function isReadable(path: string): boolean {
  return (
    path !== '..' &&
    !path.startsWith('../') &&
    /\.(?:ya?ml|json|corefile)$|(?:^|\/)(?:Kustomization|Corefile)$/i.test(path)
  );
}

function roleOf(path: string, text: string): Role {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isTemplateName(name) && holdsPlaceholder(text)) return 'template';
  if (isConfig(path)) return 'config';
  if (/^kustomization\.ya?ml$|^Kustomization$/.test(name)) return isTemplate(text) ? 'template' : 'kustomization';
  if (name === 'Chart.yaml') return 'chart';
  if (name === 'Corefile' || name.endsWith('.corefile')) return 'corefile';
  if (!/\.(?:ya?ml|json)$/i.test(name)) return 'other';
  return mayBeManifest(text) ? 'manifests' : 'other';
}
