import type { Severity } from '../../lint/rule';
import { visible } from '../../text/visible';
import type { Outcome } from '../outcome';
import { spotOf } from './spot';

const commands: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations of a pull request. */
export function github({ workspace, findings }: Outcome): string {
  const lines = findings.map(({ at, rule, severity, message }) => {
    const { file, range } = spotOf(workspace, at);
    const { start, end } = range;
    // Columns count only within one line.
    const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
    const properties = { file, line: start.line, endLine: end.line, ...columns, title: `kube-netlint: ${rule.id}` };
    const named = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
    return `::${commands[severity]} ${named.join(',')}::${dataText(message)}\n`;
  });
  return lines.join('');
}

/** A message may have lines; what else would control anything is visible. */
function dataText(text: string): string {
  return text.split('\n').map(visible).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

const propertyText = (text: string) => dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
