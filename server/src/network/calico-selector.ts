import type { Operator, Requirement } from '../kube/labels';
import type { Node } from '../yaml/node';

/**
 * What a Calico selector surely demands, as requirements that all must hold. Alternatives, negated groups and words
 * this reader doesn't know are left out, so the requirements match at least what the selector matches.
 */
export function calicoSelectorOf(text: string, node: Node): readonly Requirement[] {
  if (text.length > 10_000 || text.includes('||')) return [];
  return text.split('&&').flatMap(term => termOf(term.trim(), node) ?? []);
}

const key = '([A-Za-z0-9_./-]+)';
const quoted = `(?:"([^"]*)"|'([^']*)')`;
const existence = new RegExp(`^(!?)\\s*has\\(\\s*${key}\\s*\\)$`);
const comparison = new RegExp(`^${key}\\s*(==|!=)\\s*${quoted}$`);
const membership = new RegExp(`^${key}\\s+(in|not\\s+in)\\s*\\{([^{}]*)\\}$`);

function termOf(term: string, node: Node): Requirement | undefined {
  const exists = existence.exec(term);
  if (exists) return requirement(exists[2], exists[1] === '!' ? 'DoesNotExist' : 'Exists', [], node);
  const compares = comparison.exec(term);
  if (compares) return requirement(compares[1], operatorOf(compares[2]), [compares[3] ?? compares[4] ?? ''], node);
  const members = membership.exec(term);
  if (members === null) return undefined;
  const values = [...(members[3] ?? '').matchAll(new RegExp(quoted, 'g'))].map(match => match[1] ?? match[2] ?? '');
  return requirement(members[1], operatorOf(members[2]), values, node);
}

const operatorOf = (word: string | undefined): Operator => (word === '==' || word === 'in' ? 'In' : 'NotIn');

function requirement(
  label: string | undefined,
  operator: Operator,
  values: readonly string[],
  node: Node,
): Requirement | undefined {
  return label === undefined ? undefined : { key: label, operator, values: new Set(values), node };
}
