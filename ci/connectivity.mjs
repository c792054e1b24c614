// What action.yml runs where it is asked for: what a pull request opens and closes in the network, for its summary and a
// comment.
//
//   node ci/connectivity.mjs <cli.js>     its inputs are DIFF_… of the environment

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const { env } = process;
/** Begins our comment: the next run writes it anew. */
const marker = '<!-- kube-netlint connectivity -->';

const base = baseCommit();
if (base === undefined) {
  console.log('::notice title=kube-netlint::connectivity is compared in pull requests: there is none here');
} else {
  const folder = fs.mkdtempSync(path.join(env.RUNNER_TEMP ?? os.tmpdir(), 'kube-netlint-'));
  const before = path.join(folder, 'before');
  must('git', ['worktree', 'add', '--detach', before, base]);
  try {
    compare(folder, before);
  } finally {
    run('git', ['worktree', 'remove', '--force', before]);
  }
}

/** The commit that a pull request is merged into: the first parent of the merge, which is there, or what GitHub says. */
function baseCommit() {
  if (!env.DIFF_BASE) return undefined;
  const parents = must('git', ['cat-file', '-p', 'HEAD']).match(/^parent \S+/gm) ?? [];
  const commit = parents.length === 2 ? parents[0].slice('parent '.length) : env.DIFF_BASE;
  // A checkout has the last commit alone.
  if (run('git', ['cat-file', '-e', `${commit}^{tree}`]).status !== 0)
    must('git', ['fetch', '--no-tags', '--depth=1', 'origin', commit]);
  return commit;
}

function compare(folder, before) {
  const sides = [before, '.'].map(side => sideOf(path.join(side, env.DIFF_PATH || '.'), folder));
  const args = ['connectivity', 'diff', '--format', 'md', '--exit-code', '--', ...sides];
  const { status, stdout, stderr } = run(process.execPath, [process.argv[2], ...args]);
  process.stderr.write(stderr);
  if (status !== 0 && status !== 1) {
    process.exitCode = 2;
    return;
  }
  const file = path.join(folder, 'connectivity.md');
  fs.writeFileSync(file, `${marker}\n${stdout}`);
  append(env.GITHUB_STEP_SUMMARY, stdout);
  append(env.GITHUB_OUTPUT, `connectivity-file=${file}\n`);
  if (env.DIFF_COMMENT === 'true') comment(file, status === 1);
}

/** A folder that is on one side only is compared with an empty one. */
function sideOf(side, folder) {
  if (fs.existsSync(side)) return side;
  const empty = path.join(folder, 'empty');
  fs.mkdirSync(empty, { recursive: true });
  return empty;
}

/** One comment for each pull request, and none where there never was something to say. */
function comment(file, isChanged) {
  const comments = `repos/${env.GITHUB_REPOSITORY}/issues`;
  const of = `${comments}/${env.DIFF_PULL_REQUEST}/comments`;
  const ours = `.[] | select(.user.type == "Bot" and (.body | startswith("${marker}"))) | .id`;
  const found = run('gh', ['api', '--paginate', of, '--jq', ours]);
  const [id] = found.stdout.split('\n').filter(Boolean);
  if (found.status === 0 && id === undefined && !isChanged) return;
  const to = id === undefined ? [of] : ['--method', 'PATCH', `${comments}/comments/${id}`];
  const written = found.status === 0 ? run('gh', ['api', ...to, '--field', `body=@${file}`, '--silent']) : found;
  // A pull request of a fork may not write: the summary has it all the same.
  if (written.status !== 0)
    console.log('::warning title=kube-netlint::the comment was not written: does the job have `pull-requests: write`?');
}

function must(program, args) {
  const { status, stdout, stderr, error } = run(program, args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error ?? stderr}`);
  return stdout;
}

function run(program, args) {
  const { stdout, stderr, ...end } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { ...end, stdout: stdout ?? '', stderr: stderr ?? '' };
}

function append(file, text) {
  if (file) fs.appendFileSync(file, text);
}
