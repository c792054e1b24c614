import type { Link } from '../lint/chain';
import { strings } from '../lint/config-globs';
import { conditions, type Exception } from '../lint/levels';
import type { AnyRule } from '../lint/rule';
import { folderOf, join, relative } from '../text/paths';
import { printBlock, usualLayout } from '../yaml/print';
import { belowTop, type ConfigOptions, checkConfigs, configsOf, firstOf } from './config';
import { mayHold, rulesIn } from './rules';
import { visibleLines } from './visible';

/** Prints what is in force for a path, in the words of a config file, and which one says so. */
export function inForceCommand(name: string, options: ConfigOptions, rules: readonly AnyRule[]): number {
  const root = process.cwd();
  const configs = configsOf(root, options, failure => {
    throw new Error(failure);
  });
  const first = firstOf(root, [name]);
  checkConfigs(configs, [first]);
  const config = configs.of(first);
  const [decider] = configs.deciding([first]);
  const links = decider?.chain.links ?? [];
  const baseline = decider?.named && relative(folderOf(decider.path), decider.named.path);
  const scopes = scopesIn(decider?.path ?? '', links);
  const changed = rulesIn(config, rules).filter(({ why }) => why.startsWith('rules: '));
  const overrides = config.exceptions
    .filter(exception => mayHold(exception, first))
    .map(exception => inWords(exception, decider?.path ?? '', links));
  const settings = {
    extends: config.extends,
    kubernetes: String(config.target.kubernetes),
    rules: Object.fromEntries(changed.map(({ rule, level }) => [rule.id, level])),
    ignore: links.flatMap(link => listIn(link, 'ignore').map(glob => asSeenFrom(decider?.path ?? '', link, glob))),
    ...(baseline ? { baseline } : {}),
    exemptNamespaces: links.flatMap(link => listIn(link, 'exemptNamespaces')),
    ...(config.honors.length > 0 ? { honor: config.honors } : {}),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(overrides.length > 0 ? { overrides } : {}),
  };
  const from = decider && belowTop(decider.path);
  const heads = [
    `# ${name}: ${from === undefined ? 'no config file, so all is as it is by default' : `${from} decides`}`,
    // The nearest first: each has the last word on those below it.
    ...links
      .toReversed()
      .flatMap(({ path, depth }) => (depth > 0 ? `#${'  '.repeat(depth)} extends ${belowTop(path)}` : [])),
    ...(configs.ignores(first) ? ['# Nothing is said of it: it is left out.'] : []),
  ];
  process.stdout.write(visibleLines(`${[...heads, ...printBlock(settings, usualLayout)].join('\n')}\n`));
  return 0;
}

const listIn = ({ document: { root } }: Link, name: string) => strings(root.at(name));

/** Those of the nearest file that has some. */
function scopesIn(path: string, links: readonly Link[]): readonly object[] {
  const scopesOf = ({ document: { root } }: Link) => root.at('scopes').items();
  const link = links.findLast(one => scopesOf(one).length > 0);
  if (link === undefined) return [];
  return scopesOf(link).map(scope => ({
    ...Object(scope.value),
    paths: strings(scope.at('paths')).map(glob => asSeenFrom(path, link, glob)),
  }));
}

function inWords({ node, rules }: Exception, path: string, links: readonly Link[]): object {
  const link = links.find(({ document }) => document === node?.document);
  const asSeen = (glob: string) => (link ? asSeenFrom(path, link, glob) : glob);
  const given = conditions.flatMap(name => {
    const all = node ? strings(node.at(name)) : [];
    return all.length > 0 ? [[name, name === 'files' ? all.map(asSeen) : all]] : [];
  });
  return { ...Object.fromEntries(given), rules: Object.fromEntries(rules) };
}

/** A glob counts from the folder of its own file. */
function asSeenFrom(path: string, { path: own }: Link, glob: string): string {
  return path === own ? glob : relative(folderOf(path), join(folderOf(own), glob));
}
