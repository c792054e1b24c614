/** What a stranger meets first names scripts, tasks and lines that must be there: nobody would notice here if not. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';

const root = path.resolve(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));

/** The scripts that a text tells people or machines to run; `npm test` and `npm start` need no `run`. */
function scriptsIn(text: string): string[] {
  const named = [...text.matchAll(/\bnpm (?:run (?:--?[a-z]+ )*([\w:-]+)|(test|start)\b)/g)];
  return named.map(([, script, short]) => script ?? short ?? '');
}

const filesIn = (folder: string, ending: string) =>
  fs
    .readdirSync(path.join(root, folder))
    .filter(file => file.endsWith(ending))
    .map(file => `${folder}/${file}`);
const workflows = filesIn('.github/workflows', '.yml');
const forms = filesIn('.github/ISSUE_TEMPLATE', '.yml').filter(file => !file.endsWith('/config.yml'));

function yamlIn(file: string): unknown {
  const document = parseDocument(read(file));
  expect([...document.errors, ...document.warnings].map(({ message }) => message)).toEqual([]);
  return document.toJS();
}

test.each(['README.md', 'CONTRIBUTING.md', '.github/pull_request_template.md', ...workflows])(
  '%s names scripts that exist',
  file => {
    const named = scriptsIn(read(file));
    expect(named).not.toEqual([]);
    expect(named.filter(script => scripts[script] === undefined)).toEqual([]);
  },
);

test('docs/coming-from.md names rules that exist', () => {
  const rules = new Set([...read('server/src/rules/README.md').matchAll(/^\| \[?`([\w/-]+)`/gm)].map(([, id]) => id));
  const named = [...read('docs/coming-from.md').matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(id => id !== 'kube-netlint.dev/ignore' && !rules.has(id))).toEqual([]);
});

test.each(workflows)('%s may only read, and takes actions by their major version', file => {
  expect(yamlIn(file)).toMatchObject({ permissions: { contents: 'read' }, concurrency: { group: expect.any(String) } });
  const actions = [...read(file).matchAll(/\buses: (.*)/g)].map(([, action = '']) => action);
  expect(actions).not.toEqual([]);
  expect(actions.filter(action => !/^[\w-]+\/[\w-]+@v\d+$/.test(action))).toEqual([]);
});

test('the workflow runs on Linux what the README says', () => {
  const commands = [...read('.github/workflows/ci.yml').matchAll(/- run: (.*)/g)].map(([, command]) => command);
  expect(commands).toEqual(['npm ci && npm test', 'npm ci && npm test -- --unit']);
  expect(read('README.md')).toContain(`\n${commands[0]}\n`);
});

describe.each(forms)('the form %s', file => {
  interface Field {
    readonly type: string;
    readonly id: string;
    readonly attributes: { readonly label: string };
  }

  test('has a name, a description and fields', () => {
    const text = expect.stringMatching(/./);
    expect(yamlIn(file)).toMatchObject({ name: text, description: text, body: expect.any(Array) });
    const { body }: { readonly body: readonly Field[] } = parseDocument(read(file)).toJS();
    for (const field of body) expect(field).toMatchObject({ id: text, attributes: { label: text } });
    expect(body.filter(({ type }) => !['input', 'textarea', 'dropdown', 'checkboxes'].includes(type))).toEqual([]);
    expect(new Set(body.map(({ id }) => id)).size).toBe(body.length);
    expect(new Set(body.map(({ attributes }) => attributes.label)).size).toBe(body.length);
  });
});

test('the chooser of forms is sound', () =>
  expect(yamlIn('.github/ISSUE_TEMPLATE/config.yml')).toMatchObject({ contact_links: expect.any(Array) }));

describe('the pictures of the README', () => {
  const shown = [
    ...read('README.md').matchAll(
      /<picture>\n {2}<source media="\(prefers-color-scheme: dark\)" srcset="(.*)">\n {2}<img src="(.*)" width="(\d+)" alt="(.+)">\n<\/picture>/g,
    ),
  ].map(([, dark = '', light = '', width]) => ({ dark, light, width: Number(width) }));
  const files = ['dark', 'light'].flatMap(theme => filesIn(`docs/images/${theme}`, '.png'));

  test('are all that there are, dark and light', () => {
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.flatMap(({ dark, light }) => [dark, light]).sort()).toEqual([...files].sort());
    expect(read('README.md').match(/docs\/images/g)).toHaveLength(files.length);
  });

  test.each(shown)('are of twice the size: $dark', ({ dark, light, width }) => {
    expect([dark, light].map(widthOf)).toEqual([2 * width, 2 * width]);
    expect(width).toBeLessThanOrEqual(830); // as wide as GitHub shows a page
  });

  test('are small', () => {
    const sizes = files.map(file => fs.statSync(path.join(root, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
  });

  test('are those of the series, and of the other pages', () => {
    const series = read('scripts/pictures/series.mjs');
    expect(files.filter(file => !series.includes(`${path.basename(file, '.png')}`))).toEqual([]);
    const pages = ['docs/marketplace.md', ...filesIn('docs/walkthrough', '.md')];
    const named = pages.flatMap(page =>
      [...read(page).matchAll(/images\/(dark\/[\w-]+\.png)/g)].map(([, file]) => file),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(file => !files.includes(`docs/images/${file}`))).toEqual([]);
  });
});

/** As its head says it. */
const widthOf = (file: string) => fs.readFileSync(path.join(root, file)).readUInt32BE(16);

test('the badges of the README claim no package that is not published', () => {
  const badges = [...read('README.md').matchAll(/\[!\[[^\]]*\]\(([^)]*)\)\]/g)].map(([, url = '']) => url);
  const { repository, license } = JSON.parse(read('package.json'));
  const home = repository.url.replace(/\.git$/, '');
  expect(badges).toEqual([
    `${home}/actions/workflows/ci.yml/badge.svg`,
    `https://img.shields.io/badge/licence-${license}-blue`,
  ]);
});

describe('.vscode', () => {
  interface Task {
    readonly label: string;
    readonly script: string;
    readonly problemMatcher: {
      readonly pattern: { readonly regexp: string };
      readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
    };
  }
  interface Launch {
    readonly name: string;
    readonly preLaunchTask?: string;
    readonly program?: string;
  }
  const { tasks }: { readonly tasks: readonly [Task, ...Task[]] } = JSON.parse(withoutComments('.vscode/tasks.json'));
  const launch: { readonly configurations: readonly Launch[] } = JSON.parse(withoutComments('.vscode/launch.json'));

  test('starts tasks that exist, which run scripts that exist', () => {
    const wanted = launch.configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []);
    expect(wanted.filter(label => !tasks.some(task => task.label === label))).toEqual([]);
    expect(tasks.filter(({ script }) => scripts[script] === undefined)).toEqual([]);
  });

  test('starts programs that exist or are built', () => {
    const built = read('scripts/bundles.mjs');
    const programs = launch.configurations.flatMap(({ program }) => program?.replace(/^.*\}\//, '') ?? []);
    const isThere = (file: string) => fs.existsSync(path.join(root, file)) || built.includes(`outfile: '${file}'`);
    expect(programs.filter(program => !isThere(program))).toEqual([]);
    expect(isThere('dist/extension.js')).toBe(true);
  });

  test('reads what esbuild.mjs prints', () => {
    const lines = [...read('esbuild.mjs').matchAll(/'(\[watch\] .*)'/g)].map(([, line = '']) => line);
    expect(lines).toHaveLength(2);
    const { pattern, background } = tasks[0].problemMatcher;
    expect(lines[0]).toMatch(new RegExp(background.beginsPattern));
    expect(lines[1]).toMatch(new RegExp(background.endsPattern));
    const groups = new RegExp(pattern.regexp).exec('a/b.ts:1:11: error: Unexpected ";"');
    expect(groups?.slice(1)).toEqual(['a/b.ts', '1', '11', 'error', 'Unexpected ";"']);
  });
});

/** VS Code's own files are JSON in which a line may be a comment. */
function withoutComments(file: string): string {
  return read(file).replace(/^ *\/\/.*$/gm, '');
}
