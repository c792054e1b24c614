import type { Resource } from '../kube/resource';
import { isVendored } from '../workspace/vendored';
import { type Loudness, levelOf, levels } from './levels';
import type { AnyRule, Severity, Subject } from './rule';

interface Said {
  readonly rule: AnyRule;
  /** How loud the rule says it. */
  readonly own: Severity;
  readonly path: string;
  readonly owner: Resource | undefined;
  /** What it is about, in each place where the object is applied. */
  readonly subjects: readonly Subject[];
}

/**
 * How loud a finding is, or undefined where it is not shown. What the config says of its rule decides, and where it says
 * this of one place and that of another, the loudest. Of files that others wrote faults are good to know, and advice helps
 * nobody, unless all rules are asked for.
 */
export function heard({ rule, own, path, owner, subjects }: Said, config: Loudness): Severity | undefined {
  const said = new Set(subjects.map(subject => levelOf(rule, config, subject)));
  if (said.delete('own')) said.add(unasked({ own, path, owner }, config));
  const loudest = levels.find(level => said.has(level));
  return loudest === 'off' ? undefined : loudest;
}

function unasked({ own, path, owner }: Pick<Said, 'own' | 'path' | 'owner'>, config: Loudness): Severity | 'off' {
  if (config.extends === 'all' || !isVendored(path, owner)) return own;
  return own === 'error' || own === 'warning' ? 'info' : 'off';
}
