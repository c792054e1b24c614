import type { AnyRule } from './rule';
import { unusedRule } from './suppressions';
import { configRule, syntaxRule } from './syntax';
import { unlistedRule } from './unlisted';

/** What the engine says itself, in the name of rules that check nothing. */
export const engineRules: readonly AnyRule[] = [syntaxRule, unlistedRule, unusedRule, configRule];

/** Where the page of a rule lies, in the repository and in the package. */
export function pathOfPage(rule: string): string {
  const folder = engineRules.some(({ id }) => id === rule) ? 'lint/pages' : 'rules';
  return `server/src/${folder}/${rule}.md`;
}
