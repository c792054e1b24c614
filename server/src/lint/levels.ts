import type { Node } from '../yaml/node';
import { holding, matcher, strings } from './config-globs';
import type { AnyRule, Severity, Subject } from './rule';

export type Level = Severity | 'off';

/** The loudest first. */
export const levels: readonly Level[] = ['error', 'warning', 'info', 'hint', 'off'];

/** By rule id or area; the more exact one wins. */
export type Words = ReadonlyMap<string, Level>;

/** What decides how loud a finding is, beside its rule. */
export interface Loudness {
  readonly extends: 'recommended' | 'all';
  readonly rules: Words;
  /** Of those that hold for a finding, and name its rule or area, the last one decides. */
  readonly exceptions: readonly Exception[];
}

/** An entry of `overrides:`, or what a nearer file says of rules in spite of it. */
export interface Exception {
  readonly rules: Words;
  /** As it is written; undefined where it has no conditions. */
  readonly node: Node | undefined;
  /** Whether it may hold for what is in a file. */
  isIn(path: string): boolean;
  holdsFor(subject: Subject): boolean;
}

export const conditions = ['kinds', 'names', 'namespaces', 'files'] as const;

export function exceptionOf(node: Node, relative: (path: string) => string): Exception {
  const given = (name: (typeof conditions)[number]) => node.at(name).exists;
  const kinds = new Set(strings(node.at('kinds')));
  const isInFiles = holding(strings(node.at('files')), relative);
  const [isName, isNamespace] = [matcher(strings(node.at('names'))), matcher(strings(node.at('namespaces')))];
  const isIn = (path: string) => !given('files') || isInFiles(path);
  return {
    rules: wordsIn(node.at('rules')),
    node,
    isIn,
    holdsFor: ({ path, owner, namespace }) =>
      isIn(path) &&
      (!given('kinds') || kinds.has(owner?.kindName ?? '')) &&
      (!given('names') || isName(owner?.name.text ?? '')) &&
      (!given('namespaces') || isNamespace(namespace ?? '')),
  };
}

/** Has the last word, whatever exceptions there are before it. */
export const always = (rules: Words): Exception => ({
  rules,
  node: undefined,
  isIn: () => true,
  holdsFor: () => true,
});

export function wordsIn(rules: Node): Words {
  return wordsOf(rules.entries().map(entry => [String(entry.key), levelText(entry)]));
}

export function wordsOf(said: readonly (readonly [id: string, text: string])[]): Words {
  const known = said.flatMap(([id, text]) => {
    const level = levels.find(candidate => candidate === text);
    return level === undefined ? [] : [[id, level] as const];
  });
  return new Map(known);
}

/** `off` and `on` are booleans for a YAML 1.1 reader: `off` is what people mean by it. */
function levelText(node: Node): string {
  return node.boolean === false ? 'off' : (node.text ?? '');
}

/** An area that is named later has the last word on rules that were named before: so the nearer file decides. */
export function over(before: Words, after: Words): Words {
  const old = Array.from(before, ([id, level]) => [id, after.get(areaOf(id)) ?? level] as const);
  return new Map([...old, ...after]);
}

/**
 * The level of a rule: its id, else its area, else its own severity; rules that are off by default need a word. Exceptions
 * count for what they hold for, and for nothing where no finding is in question.
 */
export function levelOf(rule: AnyRule, config: Loudness, subject?: Subject): Level | 'own' {
  const by = subject && decidingOn(rule, config, subject);
  return (by && saidIn(by.rules, rule, config)) ?? saidIn(config.rules, rule, config) ?? own(rule, config);
}

/** The exception that decides on findings of a rule about something. */
export function decidingOn(rule: AnyRule, config: Loudness, subject: Subject): Exception | undefined {
  return config.exceptions.findLast(
    exception => saidIn(exception.rules, rule, config) !== undefined && exception.holdsFor(subject),
  );
}

/** What is said of a rule: an area does not turn on what is off by default. */
export function saidIn(words: Words, rule: AnyRule, config: Loudness): Level | undefined {
  const named = words.get(rule.id);
  if (named !== undefined) return named;
  const area = words.get(areaOf(rule.id));
  return area !== undefined && area !== 'off' && isQuiet(rule, config) ? undefined : area;
}

const own = (rule: AnyRule, config: Loudness) => (isQuiet(rule, config) ? 'off' : 'own');

/** Whether it is off unless somebody names it. */
export const isQuiet = (rule: AnyRule, config: Loudness) => rule.default === 'off' && config.extends !== 'all';

/** Whether a rule may have something to say anywhere. */
export function isOnSomewhere(rule: AnyRule, config: Loudness): boolean {
  const isOn = ({ rules }: Exception) => (saidIn(rules, rule, config) ?? 'off') !== 'off';
  return levelOf(rule, config) !== 'off' || config.exceptions.some(isOn);
}

/** Whether a rule is off for all in a file, or for some of it. */
export function isOffAt(path: string, rule: AnyRule, config: Loudness): boolean {
  const isOff = (one: Exception) => saidIn(one.rules, rule, config) === 'off' && one.isIn(path);
  return levelOf(rule, config) === 'off' || config.exceptions.some(isOff);
}

export function areaOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}
