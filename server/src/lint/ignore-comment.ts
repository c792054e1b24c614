import { LineIndex } from '../text/lines';
import type { Workspace } from '../workspace/workspace';
import { Node } from '../yaml/node';
import type { FileEdits } from './fix';
import { locate } from './place';
import type { Finding } from './rule';

/** A comment line above a finding that silences its rule there; undefined where a comment can't stand. */
export function ignoreEdits(workspace: Workspace, finding: Finding): FileEdits | undefined {
  const { document, range } = locate(finding.at);
  const place = workspace.placeOf(document);
  if (place === undefined || place.file.path.endsWith('.json') || !commentFits(finding)) return undefined;
  const { text, path } = place.file;
  const lines = new LineIndex(text);
  const { line } = lines.positionAt(place.start + range.start);
  const at = lines.offsetAt({ line, character: 0 });
  const indent = /^ */.exec(lines.line(line))?.[0] ?? '';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const comment = `${indent}# kube-netlint-ignore ${finding.rule.id}${eol}`;
  return { changed: new Map([[path, [{ range: { start: at, end: at }, text: comment }]]]), created: new Map() };
}

/** Inside a string of several lines a new line is text, unless the text is a language in which # begins a comment. */
function commentFits({ at }: Finding): boolean {
  const node = at instanceof Node ? at : at.in;
  const host = node.document.host?.node ?? (at instanceof Node ? undefined : at.in);
  if (host === undefined || host.parent === undefined) return true;
  return host.style === 'literal' || !/\n/.test(host.source);
}
