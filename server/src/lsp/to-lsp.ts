import { type Diagnostic, DiagnosticSeverity, type Range as LspRange } from 'vscode-languageserver';
import { locate } from '../lint/place';
import type { Finding, Place, Severity } from '../lint/rule';
import { LineIndex } from '../text/lines';
import { add, memo } from '../text/maps';
import type { Range } from '../text/range';
import type { SourceFile } from '../workspace/source-file';
import type { Workspace } from '../workspace/workspace';

export const source = 'kube-netlint';

/** Where the page of a rule can be read. */
export function pageOf(rule: string): string {
  return `https://github.com/kube-netlint/kube-netlint/blob/main/server/src/rules/${rule}.md`;
}

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

/** Diagnostics by file. */
export function diagnosticsOf(
  workspace: Workspace,
  findings: readonly Finding[],
  uriOf: (path: string) => string,
  hasRelated: boolean,
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
    const diagnostic: Diagnostic = {
      range: toLspRange(place.file, place.range),
      severity: severities[finding.severity],
      source,
      code: finding.rule.id,
      codeDescription: { href: pageOf(finding.rule.id) },
      message: finding.message + scopes,
      ...(hasRelated && related.length > 0 ? { relatedInformation: related } : {}),
    };
    add(byFile, place.file.path, diagnostic);
  }
  return byFile;
}
