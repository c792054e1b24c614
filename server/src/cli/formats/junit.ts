import type { Finding } from '../../lint/rule';
import { grouped } from '../../text/maps';
import { isAtLeast, type Outcome } from '../outcome';
import { spotOf } from './spot';
import { type Element, xml } from './xml';

/**
 * A suite for each file, a test for each finding: what makes the command fail is a failure, the rest is told of a test
 * that passes. A file without findings is a test that passes.
 */
export function junit({ workspace, files, findings, floor = 'warning' }: Outcome): string {
  const byFile = grouped(findings, ({ at }) => spotOf(workspace, at).file);
  const isFailure = ({ severity }: Finding) => isAtLeast(severity, floor);
  const caseOf = (finding: Finding): Element => {
    const { file, range } = spotOf(workspace, finding.at);
    const { rule, severity, message } = finding;
    const place = `${file}:${range.start.line}:${range.start.column}`;
    const text = `${place}: ${severity}: ${message}`;
    const [what = ''] = message.split('\n');
    return {
      name: 'testcase',
      attributes: { name: `${rule.id} (${range.start.line}:${range.start.column})`, classname: file, time: 0 },
      content: [
        isFailure(finding)
          ? { name: 'failure', attributes: { type: severity, message: what }, content: text }
          : { name: 'system-out', content: text },
      ],
    };
  };
  const suites = files.map(({ path }): Element => {
    const own = byFile.get(path) ?? [];
    const passed = { name: 'testcase', attributes: { name: 'no findings', classname: path, time: 0 } };
    const counts = { tests: Math.max(1, own.length), failures: own.filter(isFailure).length, errors: 0 };
    return {
      name: 'testsuite',
      attributes: { name: path, ...counts, time: 0 },
      content: own.length === 0 ? [passed] : own.map(caseOf),
    };
  });
  const tests = files.reduce((sum, { path }) => sum + Math.max(1, byFile.get(path)?.length ?? 0), 0);
  const counts = { tests, failures: findings.filter(isFailure).length, errors: 0 };
  return xml({ name: 'testsuites', attributes: { name: 'kube-netlint', ...counts, time: 0 }, content: suites });
}
