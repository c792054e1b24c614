/** What action.yml says of connectivity, in repositories as a pull request has them. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine } from './command-line';
import { policy, two } from './connectivity/texts';

const root = path.resolve(__dirname, '..');
const { folder, write } = commandLine();
const full = (name: string) => path.join(folder, name);
const script = path.join(root, 'ci', 'connectivity.mjs');

const git = (where: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: full(where),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

const commit = (message: string) => {
  git('origin', 'add', '.');
  git('origin', 'commit', '--quiet', '--message', message);
  return git('origin', 'rev-parse', 'HEAD');
};

const closed = policy('b', '{podSelector: {matchLabels: {app: b}}}');
let old = '';

/** GitHub checks out one commit, the merge; its base may be newer than what the event says. */
beforeAll(() => {
  fs.mkdirSync(full('origin'));
  git('origin', 'init', '--quiet', '--initial-branch', 'main');
  write('origin/shop/all.yaml', two);
  old = commit('first');
  git('origin', 'checkout', '--quiet', '-b', 'change');
  write('origin/shop/closed.yaml', closed.replace(/^---\n/, ''));
  write('origin/new/all.yaml', two);
  commit('close');
  git('origin', 'checkout', '--quiet', 'main');
  write('origin/shop/newer.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: newer}\n');
  commit('second');
  git('origin', 'checkout', '--quiet', '--detach');
  git('origin', 'merge', '--quiet', '--no-ff', '--message', 'merge', 'change');
  git('origin', 'branch', 'merged');
  git('.', 'clone', '--quiet', '--depth', '1', '--branch', 'merged', `file://${full('origin')}`, 'clone');
  // A program that writes down what it is told, and knows one comment, if any.
  write('bin/gh', `#!/bin/sh\necho "$*" >> "$TOLD"\ncase $* in *--jq*) echo "$KNOWN" ;; esac\nexit "$GH_CODE"\n`);
  fs.chmodSync(full('bin/gh'), 0o755);
}, 60_000);

function act(inputs: Readonly<Record<string, string>>, code = 0) {
  for (const name of ['output', 'summary', 'told']) write(name, '');
  const env = {
    ...process.env,
    PATH: `${full('bin')}${path.delimiter}${process.env['PATH']}`,
    GITHUB_OUTPUT: full('output'),
    GITHUB_STEP_SUMMARY: full('summary'),
    GITHUB_REPOSITORY: 'we/shop',
    RUNNER_TEMP: folder,
    TOLD: full('told'),
    KNOWN: '',
    GH_CODE: String(code),
    DIFF_BASE: old,
    DIFF_PULL_REQUEST: '7',
    ...inputs,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, full('cli.js')], {
    cwd: full('clone'),
    env,
    encoding: 'utf8',
  });
  const read = (name: string) => fs.readFileSync(full(name), 'utf8');
  expect(git('clone', 'worktree', 'list').split('\n')).toHaveLength(1);
  return { status, stdout, stderr, summary: read('summary'), output: read('output'), told: read('told') };
}

test('the summary says what is closed, and where it is written', () => {
  const { status, stdout, summary, output, told } = act({ DIFF_PATH: 'shop' });
  expect({ status, stdout, told }).toEqual({ status: 0, stdout: '', told: '' });
  expect(summary).toContain('**2 connections closed.**');
  const [, file = ''] = /^connectivity-file=(.+)\n$/.exec(output) ?? [];
  expect(fs.readFileSync(file, 'utf8')).toBe(`<!-- kube-netlint connectivity -->\n${summary}`);
});

test('a folder that is new is compared with nothing, and an unknown one is an error', () => {
  expect(act({ DIFF_PATH: 'new' }).summary).toContain('2 peers added');
  expect(act({ DIFF_PATH: 'gone' })).toMatchObject({ status: 2, summary: '', output: '', told: '' });
});

test('without a pull request there is nothing to compare', () => {
  expect(act({ DIFF_BASE: '' })).toMatchObject({ status: 0, stdout: expect.stringMatching(/^::notice /), summary: '' });
});

test('one comment is written, and written anew', () => {
  const asked = { DIFF_PATH: 'shop', DIFF_COMMENT: 'true' };
  const writing = (to: string) =>
    expect.stringMatching(new RegExp(`\\napi ${to} --field body=@\\S+\\.md --silent\\n$`));
  expect(act(asked).told).toEqual(writing('repos/we/shop/issues/7/comments'));
  expect(act({ ...asked, KNOWN: '42' }).told).toEqual(writing('--method PATCH repos/we/shop/issues/comments/42'));
  const unchanged = { ...asked, DIFF_PATH: 'shop/all.yaml' };
  expect(act(unchanged).told.split('\n')).toHaveLength(2);
  expect(act({ ...unchanged, KNOWN: '42' }).told).toContain('PATCH');
});

test('what may not be written is a warning: the summary has it', () => {
  const { status, stdout, summary } = act({ DIFF_PATH: 'shop', DIFF_COMMENT: 'true' }, 1);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^::warning .+pull-requests: write/);
  expect(summary).toContain('closed');
});

test('action.yml gives it its inputs, takes its output, and asks for it only by name', () => {
  const { runs, outputs, inputs } = parse(fs.readFileSync(path.join(root, 'action.yml'), 'utf8'));
  const step = runs.steps.find(({ id }: { readonly id?: string }) => id === 'connectivity');
  const text = fs.readFileSync(script, 'utf8');
  const given = Object.keys(step.env).filter(name => name.startsWith('DIFF_'));
  expect(given.sort()).toEqual([...new Set(text.match(/(?<=env\.)DIFF_\w+/g))].sort());
  expect(outputs['connectivity-file'].value).toContain('steps.connectivity.outputs.connectivity-file');
  expect(step.if).toContain("inputs.connectivity != ''");
  expect([inputs.connectivity.default, inputs['connectivity-comment'].default]).toEqual(['', 'false']);
});
