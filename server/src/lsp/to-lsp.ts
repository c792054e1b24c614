import { type Diagnostic, DiagnosticSeverity, type Range as LspRange } from 'vscode-languageserver';
import { version } from '../../../package.json';
import { locate } from '../lint/place';
import type { Finding, Place, Severity } from '../lint/rule';
import { pageOf } from '../lint/rule-page';
import { LineIndex } from '../text/lines';
import { add, memo } from '../text/maps';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';
import type { Surroundings } from './client';
import { tagsByRule } from './tags';

export const source = 'kube-netlint';

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export const linesOf = memo((file: SourceFile): LineIndex => new LineIndex(file.text));

export function toLspRange(file: SourceFile, { start, end }: Range): LspRange {
  const index = linesOf(file);
  return { start: index.positionAt(start), end: index.positionAt(end) };
}

/** The file and range of a place. */
export function placeIn(workspace: Workspace, at: Place): { file: SourceFile; range: Range } | undefined {
  const { document, range } = locate(at);
  const found = workspace.placeOf(document);
  if (found === undefined) return undefined;
  return { file: found.file, range: { start: found.start + range.start, end: found.start + range.end } };
}

/** What a finding is found again by, in the text that it was found in. */
export interface FindingKey {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export function keyOfFinding(finding: Finding, { start, end }: Range): FindingKey {
  return { rule: finding.rule.id, start, end, message: finding.message };
}

export function isKeyOf(key: FindingKey, finding: Finding, { start, end }: Range): boolean {
  return key.rule === finding.rule.id && key.start === start && key.end === end && key.message === finding.message;
}

/** Diagnostics by file. */
export function diagnosticsOf(
  workspace: Workspace,
  findings: readonly Finding[],
  { client, uriOf }: Surroundings,
): Map<string, Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const place = placeIn(workspace, finding.at);
    if (place === undefined) continue;
    const related = finding.related.flatMap(({ at, message }) => {
      const there = placeIn(workspace, at);
      return there
        ? [{ location: { uri: uriOf(there.file.path), range: toLspRange(there.file, there.range) }, message }]
        : [];
    });
    const scopes = finding.scopes.length > 0 ? ` [${finding.scopes.join(', ')}]` : '';
    const tag = client.diagnosticTags ? tagsByRule.get(finding.rule.id) : undefined;
    const diagnostic: Diagnostic = {
      range: toLspRange(place.file, place.range),
      severity: severities[finding.severity],
      source,
      code: finding.rule.id,
      codeDescription: { href: pageOf(finding.rule.id, version) },
      message: finding.message + scopes,
      ...(tag ? { tags: [tag] } : {}),
      ...(client.relatedInformation && related.length > 0 ? { relatedInformation: related } : {}),
      ...(client.diagnosticData ? { data: keyOfFinding(finding, place.range) } : {}),
    };
    add(byFile, place.file.path, diagnostic);
  }
  return byFile;
}

/** More of one file than anybody reads: an editor that is sent thousands stands still. */
const mostOfFile = 100;

/** The gravest of a file's diagnostics, in their order, and a word about the others. */
export function capped(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length <= mostOfFile) return [...diagnostics];
  const gravity = ({ severity }: Diagnostic) => severity ?? DiagnosticSeverity.Hint;
  const gravest = [...diagnostics].sort((a, b) => gravity(a) - gravity(b)).slice(0, mostOfFile);
  const shown = new Set(gravest);
  const start = { line: 0, character: 0 };
  const more: Diagnostic = {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source,
    message: `${diagnostics.length - mostOfFile} more findings in this file are not shown here; the command line shows all.`,
  };
  return [more, ...diagnostics.filter(diagnostic => shown.has(diagnostic))];
}
