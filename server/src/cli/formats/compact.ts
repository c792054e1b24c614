import { visible } from '../../text/visible';
import type { Outcome } from '../outcome';
import { withoutCommands } from '../visible';
import { spotOf } from './spot';

/** A line each, as compilers print them: what Vim, Emacs and `grep` read without being told how. */
export function compact({ workspace, findings }: Outcome): string {
  const lines = findings.map(({ at, rule, severity, message }) => {
    const { file, range } = spotOf(workspace, at);
    const [what = ''] = message.split('\n');
    return visible(`${file}:${range.start.line}:${range.start.column}: ${severity}: ${what} [${rule.id}]`);
  });
  return withoutCommands(lines.map(line => `${line}\n`).join(''));
}
