// Runs the tests of a rule, or of all rules of an area: their pages, and the laws that every fix keeps; for an area, as
// for `npm test -- --unit`, on a sample.
//
//   npm run test:rule <area>/<name>               or an area, or the path of a rule or of its page
//   npm run test:rule <area>/<name> -- --update   first rewrites the marks and diffs in the pages
//   npm run test:watch <area>/<name>              the pages, and again after each change; all rules without a name

import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './run.mjs';
import { root } from './vscode-web/builds.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { update: { type: 'boolean' }, watch: { type: 'boolean' } },
});
const rules = path.join(root, 'server', 'src', 'rules');
const pages = 'test/rules.test.ts';
const laws = 'test/laws.test.ts';

process.exit(await main(positionals[0]));

async function main(argument) {
  if (argument === undefined && !options.watch) {
    return misused('usage: npm run test:rule <area>/<name> [-- --update]');
  }
  const wanted = idOf(argument ?? '');
  if (!isRule(wanted) && !isArea(wanted)) return misused(`There is no rule or area '${wanted}'.${alike(wanted)}`);
  const env = { RULES: wanted };
  if (options.watch) return run('vitest', ['--watch', pages], env);
  if (options.update) {
    const code = await run('vitest', ['run', pages], { ...env, UPDATE: '1' });
    if (code !== 0) return code;
  }
  return run('vitest', ['run', pages, laws], { ...env, ...(isRule(wanted) && { THOROUGH: '1' }) });
}

/** The id in a path: an editor names the open file, and a shell completes paths. */
function idOf(argument) {
  const [, id] = /(?:server\/src\/rules|test\/cases)\/(.+?)(?:\.ts|\.md)?$/.exec(argument.replaceAll('\\', '/')) ?? [];
  return (id ?? argument).replace(/\/$/, '');
}

function isRule(id) {
  return ['ts', 'md'].every(ending => fs.existsSync(path.join(rules, `${id}.${ending}`)));
}

function isArea(name) {
  return fs.statSync(path.join(rules, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The rules whose names hold what was typed last. */
function alike(id) {
  const files = fs.readdirSync(rules, { recursive: true }).map(file => file.replaceAll(path.sep, '/'));
  const ids = files.filter(file => /^[^/]+\/[^/]+\.md$/.test(file)).map(file => file.slice(0, -'.md'.length));
  const found = ids.filter(each => each.includes(id.split('/').at(-1))).sort();
  return found.length === 0 ? '' : `\nDid you mean one of these?\n${found.map(each => `  ${each}`).join('\n')}`;
}

function misused(message) {
  console.error(message);
  return 2;
}
