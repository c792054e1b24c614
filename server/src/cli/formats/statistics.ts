import type { AnyRule, Finding } from '../../lint/rule';
import { grouped } from '../../text/maps';
import { counted } from '../../text/words';
import type { Outcome } from '../outcome';
import { table } from '../table';

/** How often each rule speaks, instead of what it says. */
export function statistics({ findings }: Outcome): string {
  const byRule = [...grouped(findings, ({ rule }: Finding): AnyRule => rule)];
  byRule.sort(([a, some], [b, others]) => others.length - some.length || (a.id < b.id ? -1 : 1));
  const rows = byRule.map(([{ id, title }, own]) => [String(own.length), own[0]?.severity ?? '', id, title]);
  const total = `${counted(findings.length, 'finding')} of ${counted(byRule.length, 'rule')}`;
  return `${table(rows)}${findings.length === 0 ? 'No findings' : total}\n`;
}
