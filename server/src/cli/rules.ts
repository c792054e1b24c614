import { version } from '../../../package.json';
import type { Config } from '../lint/config';
import { strings } from '../lint/config-globs';
import { engineRules } from '../lint/engine-rules';
import {
  areaOf,
  type conditions,
  decidingOn,
  type Exception,
  isQuiet,
  levelOf,
  saidIn,
  type Words,
} from '../lint/levels';
import type { AnyRule } from '../lint/rule';
import { pageOf } from '../lint/rule-page';
import { type ConfigOptions, checkConfigs, configsOf, firstOf } from './config';
import { checkNames, type RuleNames, selects } from './fix';
import { printed } from './formats/json';
import { table } from './table';
import { visibleLines } from './visible';

export interface RulesOptions extends ConfigOptions, RuleNames {
  readonly format: 'table' | 'json';
}

/** Prints the rules, or those that are selected: how loud each is for a path, and what says so. */
export function rulesCommand(path: string, options: RulesOptions, rules: readonly AnyRule[]): number {
  checkNames(options, rules);
  const failures: string[] = [];
  const root = process.cwd();
  const configs = configsOf(root, options, failure => failures.push(failure));
  const first = firstOf(root, [path]);
  checkConfigs(configs, [first]);
  const listed = rulesIn(configs.of(first), rules, first).filter(({ rule }) => selects(options)(rule));
  const rows = listed.map(({ rule, level, why }) => [level, rule.id, why, rule.title]);
  const objects = listed.map(({ rule: { id, title, severity }, level, why }) => ({
    id,
    title,
    url: pageOf(id, version),
    severity,
    level,
    why,
  }));
  process.stdout.write(options.format === 'json' ? printed(objects) : visibleLines(table(rows)));
  for (const failure of failures) process.stderr.write(visibleLines(`${failure}\n`));
  return failures.length > 0 ? 2 : 0;
}

/** Every rule, the engine's own among them, with its level and what decides on it for a path, or where none is named. */
export function rulesIn(config: Config, rules: readonly AnyRule[], path?: string) {
  const all = [...rules, ...engineRules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return all.map(rule => {
    const subject = path === undefined ? undefined : { path };
    const level = levelOf(rule, config, subject);
    const by = subject && decidingOn(rule, config, subject);
    const later = config.exceptions.slice(by ? config.exceptions.indexOf(by) + 1 : 0);
    const others = later.flatMap(exception => {
      const said = saidIn(exception.rules, rule, config);
      return path !== undefined && said && mayHold(exception, path) ? [`${said} for ${titleOf(exception)}`] : [];
    });
    const why = [by ? `overrides: ${nameIn(by.rules, rule)}` : reasonOf(rule, config), ...others].join('; ');
    return { rule, level: level === 'own' ? rule.severity : level, why };
  });
}

/** Whether an exception may hold for something in a file, or for a file of a folder. */
export const mayHold = (exception: Exception, path: string) => isFolder(path) || exception.isIn(path);

const isFolder = (path: string) => path === '' || path.endsWith('/');

/** What an exception is for: `Service, Ingress named web-* in shop, files test/**`. */
function titleOf({ node }: Exception): string {
  const listed = (name: (typeof conditions)[number], before: string) => {
    const all = node ? strings(node.at(name)) : [];
    return all.length > 0 ? `${before}${all.join(', ')}` : undefined;
  };
  const objects = [listed('kinds', '') ?? 'objects', listed('names', 'named '), listed('namespaces', 'in ')];
  const isOfObjects = ['kinds', 'names', 'namespaces'].some(name => node?.at(name).exists);
  const about = isOfObjects ? objects.filter(Boolean).join(' ') : undefined;
  return [about, listed('files', 'files ')].filter(Boolean).join(', ') || 'all';
}

const nameIn = (words: Words, rule: AnyRule) => (words.has(rule.id) ? rule.id : areaOf(rule.id));

function reasonOf(rule: AnyRule, config: Config): string {
  if (saidIn(config.rules, rule, config) !== undefined) return `rules: ${nameIn(config.rules, rule)}`;
  if (rule.default !== 'off') return 'by default';
  return isQuiet(rule, config) ? 'off by default' : 'extends: all';
}
