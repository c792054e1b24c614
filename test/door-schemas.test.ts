/** Files that other programs read, held against what those programs publish of them: see test/schemas/README.md. */
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import Ajv from 'ajv';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

const root = path.resolve(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string) => fs.readdirSync(path.join(root, folder)).map(file => `${folder}/${file}`);

const forms = filesIn('.github/ISSUE_TEMPLATE').filter(file => !file.endsWith('/config.yml'));

test.each([
  ...forms.map(form => [form, 'github-issue-forms']),
  ['.github/ISSUE_TEMPLATE/config.yml', 'github-issue-config'],
  ['.github/dependabot.yml', 'dependabot-2.0'],
  ['.pre-commit-hooks.yaml', 'pre-commit-hooks'],
  ['ci/gitlab.yml', 'gitlab-ci'],
])('%s is as %s wants it', (file, name) => {
  // Of old drafts the checker knows all but the name.
  const { $schema, id, ...schema } = JSON.parse(read(`test/schemas/${name}.json`));
  const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  check(parse(read(file)));
  const wrong = (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  expect(wrong).toEqual([]);
});

describe("GitHub's own reader", () => {
  // It imports JSON as bundlers do, and Node does not.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-actions-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const entry = 'node_modules/@actions/languageservice/dist/index.js';
  const outfile = path.join(folder, 'actions.cjs');
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  const { validate }: typeof import('@actions/languageservice') = createRequire(__filename)(outfile);

  const diagnosticsOf = async (file: string, text = read(file)) => {
    const found = await validate(TextDocument.create(`file:///${text.length}/${file}`, 'yaml', 0, text));
    return found.map(({ range, message }) => `${file}:${range.start.line + 1}: ${message}`);
  };

  test.each(['action.yml', ...filesIn('.github/workflows')])('has nothing to say of %s', async file =>
    expect(await diagnosticsOf(file)).toEqual([]),
  );

  test('has nothing to say of the workflow in the README, whose inputs the action has', async () => {
    const [, example = ''] = /```yaml\n(# \.github\/workflows\/[\s\S]+?)```/.exec(read('README.md')) ?? [];
    expect(await diagnosticsOf('.github/workflows/network.yml', example)).toEqual([]);
    const { jobs } = parse(example);
    const [, { with: given }] = jobs.network.steps;
    expect(Object.keys(given)).toContain('connectivity');
    const { inputs } = parse(read('action.yml'));
    expect(Object.keys(given).filter(name => !(name in inputs))).toEqual([]);
  });

  test.each([
    ['action.yml', 'using: composite', 'using: compost'],
    ['.github/workflows/ci.yml', 'runs-on:', 'run-on:'],
    ['.github/workflows/release.yml', 'github.ref_name', 'github.ref_nam'],
  ])('would say something of a slip in %s', async (file, right, wrong) =>
    expect(await diagnosticsOf(file, read(file).replace(right, wrong))).not.toEqual([]),
  );
});

test('what names a version names this one', () => {
  const { version }: { readonly version: string } = JSON.parse(read('package.json'));
  const named = ['ci/gitlab.yml', 'README.md'].flatMap(file =>
    [...read(file).matchAll(/(?:\/|@|rev: )v(\d+\.\d+\.\d+)/g)].map(([, each]) => `${file} ${each}`),
  );
  expect(named.filter(each => !each.endsWith(` ${version}`))).toEqual([]);
  expect(named).not.toEqual([]);
});
