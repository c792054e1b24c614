import { looksLikeCorefile, looksLikeOverride } from '../corefile/detect';
import { parseCorefile, parseOverride } from '../corefile/parse';
import type { Corefile } from '../corefile/syntax';
import type { Version } from '../corefile/versions';
import { coreDnsWith, coreDnsWorkloadKinds, releaseOf } from '../kube/dns/coredns';
import { type CorefileForm, corefilesIn } from '../kube/dns/corefiles';
import type { Workload } from '../kube/pods/workload';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import { embeddedText } from '../yaml/embedded';
import { blockScalarAt } from './block-scalar';

/** The Corefile that a cursor is in: a file, or a value of a ConfigMap. */
export interface CorefileSpot {
  readonly corefile: Corefile;
  /** Of the cursor in the text of the Corefile. */
  readonly offset: number;
  /** The release that reads it; undefined for versions of Kubernetes without CoreDNS. */
  readonly coreDns: Version | undefined;
  /** A range of the Corefile as a range of the file. */
  toFile(range: Range): Range;
}

/**
 * The Corefile at an offset of a file. Block scalars are read as they are typed, so that it is found in a document that
 * is no YAML at the moment, and on the blank line at the end of a value, which YAML leaves out of it. `kubernetes` is the version that the manifests are for.
 */
export function corefileAt(
  workspace: Workspace,
  path: string,
  offset: number,
  kubernetes: string,
): CorefileSpot | undefined {
  const file = workspace.files.get(path);
  const text = file && corefileTextAt(file, offset);
  return text && { ...text, coreDns: releaseOf(workloadOf(workspace, file, offset), kubernetes)?.version };
}

/** What can be said of it without knowing what reads it. */
export type CorefileText = Omit<CorefileSpot, 'coreDns'>;

export function corefileTextAt(file: SourceFile, offset: number): CorefileText | undefined {
  if (file.role === 'corefile') return { corefile: parseCorefile(file.text), offset, toFile: range => range };
  return inBlockScalar(file.text, offset) ?? inScalar(file, offset);
}

/** What runs CoreDNS with the ConfigMap at an offset, if the workspace shows it. */
function workloadOf(workspace: Workspace, file: SourceFile, offset: number): Workload | undefined {
  const placed = file.documents.findLast(({ start }) => start <= offset);
  const configMap = file.resources.find(({ kind, document, node: { tree } }) => {
    if (kind !== 'ConfigMap' || document !== placed?.document || tree === undefined) return false;
    return tree.start <= offset - placed.start && offset - placed.start <= tree.end;
  });
  const view = configMap && workspace.viewsOf(configMap)[0];
  const made = configMap && view?.madeOf(configMap);
  return view && made && coreDnsWith(made, view.namespaceOf(made).of(...coreDnsWorkloadKinds));
}

function inBlockScalar(text: string, offset: number): CorefileText | undefined {
  const scalar = blockScalarAt(text, offset);
  if (scalar === undefined) return undefined;
  const document = documentAround(text, offset);
  if (!isConfigMap.test(document)) return undefined;
  const form = formOf(scalar.key, scalar.text, customName.test(document));
  const corefile = form && read(scalar.text, form);
  return corefile && { corefile, offset: scalar.offset, toFile: scalar.toFile };
}

/** Looser than the reading of a manifest, as this one may be half typed. */
const isConfigMap = /(?:^|[\s{,])["']?kind["']?[ \t]*:[ \t]*["']?ConfigMap\b/;
const customName = /(?:^|[\s"':])coredns-custom\b/;

function documentAround(text: string, offset: number): string {
  const before = text.lastIndexOf('\n---', offset - 1);
  const after = text.indexOf('\n---', offset);
  return text.slice(Math.max(before, 0), after < 0 ? text.length : after);
}

/** As `corefilesIn` decides it, for a text that may be empty yet. */
function formOf(key: string, text: string, isCustom: boolean): CorefileForm | undefined {
  if (key.endsWith('.override')) return isCustom || looksLikeOverride(parseOverride(text)) ? 'override' : undefined;
  if (key === 'Corefile') return 'whole';
  if (key.endsWith('.server') && isCustom) return 'server';
  return !/^\s*[{[<]/.test(text) && looksLikeCorefile(text) ? 'whole' : undefined;
}

function read(text: string, form: CorefileForm): Corefile {
  return form === 'override' ? parseOverride(text) : parseCorefile(text);
}

/** Quoted values, JSON included. Of a block scalar only what `inBlockScalar` found is inside. */
function inScalar(file: SourceFile, offset: number): CorefileText | undefined {
  const placed = file.documents.findLast(({ start }) => start <= offset);
  if (placed === undefined) return undefined;
  const { document, start } = placed;
  for (const resource of file.resources) {
    if (resource.document !== document) continue;
    const value = corefilesIn(resource).find(({ node: { tree, document: own } }) => {
      if (own !== document || tree?.type !== 'scalar' || /^(?:literal|folded)$/.test(tree.style)) return false;
      return tree.start < offset - start && offset - start < tree.end;
    });
    const text = value && embeddedText(value.node);
    if (value === undefined || text === undefined) continue;
    const toFile = (range: Range): Range => {
      const host = text.toHost(range);
      return { start: start + host.start, end: start + host.end };
    };
    const inside = offsetIn(text.text.length, offset, at => toFile({ start: at, end: at }).start);
    return inside === undefined ? undefined : { corefile: value.corefile, offset: inside, toFile };
  }
  return undefined;
}

/** The offset of a value that stands at an offset of the file; undefined inside of an escape sequence or a fold. */
function offsetIn(length: number, offset: number, inFile: (at: number) => number): number | undefined {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inFile(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return inFile(low) === offset ? low : undefined;
}
