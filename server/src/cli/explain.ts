import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AnyRule } from '../lint/rule';

/** Prints the page of a rule: the packaged copy, or the one in the sources. */
export function explain(id: string, rules: readonly AnyRule[]): number {
  const rule = rules.find(candidate => candidate.id === id);
  if (rule === undefined) {
    const area = rules
      .filter(candidate => candidate.id.includes(id))
      .map(candidate => `  ${candidate.id}  ${candidate.title}`);
    process.stderr.write(`There is no rule '${id}'.${area.length > 0 ? ` Do you mean:\n${area.join('\n')}` : ''}\n`);
    return 2;
  }
  const page = [
    path.join(__dirname, 'rules', `${id}.md`),
    path.join(__dirname, '..', 'server', 'src', 'rules', `${id}.md`),
  ].find(file => fs.existsSync(file));
  process.stdout.write(
    page === undefined ? `${rule.id}: ${rule.title} (${rule.severity})\n` : fs.readFileSync(page, 'utf8'),
  );
  return 0;
}
