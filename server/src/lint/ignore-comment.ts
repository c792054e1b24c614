import { linesOf } from '../text/lines';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { YamlDocument } from '../yaml/document';
import { Node } from '../yaml/node';
import type { FileEdits } from './fix';
import { areaOf } from './levels';
import { locate, stringAround } from './place';
import type { Finding } from './rule';
import { headAt } from './suppressions';

/**
 * A comment that silences the rule of a finding there, and as little else as a comment can: on a line of its own above it,
 * or above the string that it is in; behind it where such a line would speak for the whole document. Undefined where no
 * comment can stand.
 */
export function ignoreEdits(workspace: Workspace, finding: Finding): FileEdits | undefined {
  const { document, range } = locate(finding.at);
  const place = workspace.placeOf(document);
  if (place === undefined || isJson(place.file, document)) return undefined;
  const { file, start } = place;
  const { text, path } = file;
  const lines = linesOf(file);
  const string = takesComments(finding) ? undefined : stringAround(finding.at);
  const { line } = lines.positionAt(start + (string ? string.keyRange.start : range.start));
  const at = lines.offsetAt({ line, character: 0 });
  const comment = `# kube-netlint-ignore ${finding.rule.id}`;
  const isFirst = headAt(file, at) !== undefined;
  const written = lines.line(line).replace(/\r?\n$/, '');
  const end = at + written.length;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^ */.exec(written)?.[0] ?? '';
  const edit = isFirst
    ? { range: { start: end, end }, text: ` ${comment}` }
    : { range: { start: at, end: at }, text: `${indent}${comment}${eol}` };
  return { changed: new Map([[path, [edit]]]), created: new Map(), bereft: [] };
}

/** A comment at the head of the file, that silences the rule in all of it. */
export function ignoreFileEdits(workspace: Workspace, finding: Finding): FileEdits | undefined {
  const { document } = locate(finding.at);
  const place = workspace.placeOf(document);
  if (place === undefined || isJson(place.file, document)) return undefined;
  const { text, path } = place.file;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edit = { range: { start: 0, end: 0 }, text: `# kube-netlint-ignore-file ${finding.rule.id}${eol}` };
  return { changed: new Map([[path, [edit]]]), created: new Map(), bereft: [] };
}

/** A Corefile, and YAML in a ConfigMap, know comments; whatever else a string holds may not. */
function takesComments({ rule, at }: Finding): boolean {
  const node = at instanceof Node ? at : at.in;
  const string = node.document.host?.node ?? node;
  if (string.written.style !== 'literal') return false;
  if (node.document.host === undefined) return areaOf(rule.id) === 'coredns' || areaOf(rule.id) === 'corefile';
  return !/^\s*[[{]/.test(node.document.text);
}

/** JSON has no comments, in whatever file it is. */
function isJson({ path }: SourceFile, { text }: YamlDocument): boolean {
  if (path.endsWith('.json')) return true;
  if (!/^\s*(?:---\s+)?\{/.test(text)) return false;
  try {
    JSON.parse(text.replace(/^\s*---\s/, ''));
    return true;
  } catch {
    return false;
  }
}
