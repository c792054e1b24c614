/** What action.yml runs, with a command line that only writes down what it is told. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(__dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-action-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const told = path.join(folder, 'told.json');
const cli = path.join(folder, 'cli.js');
fs.writeFileSync(
  cli,
  `const fs = require('fs');
  const args = process.argv.slice(2);
  fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify(args));
  for (const arg of args) {
    const [, file] = /^(?:json|sarif)=(.*)/.exec(arg) ?? [];
    if (file) fs.writeFileSync(file, process.env.FINDINGS);
  }
  process.exitCode = Number(process.env.CODE);`,
);

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
}

function act(inputs: Readonly<Record<string, string>>, findings: readonly Finding[] = [], code = 0) {
  const [output, summary] = ['output', 'summary'].map(name => path.join(folder, name));
  for (const file of [output, summary]) if (file) fs.writeFileSync(file, '');
  const env = {
    ...process.env,
    ...inputs,
    FINDINGS: JSON.stringify({ findings }),
    CODE: String(code),
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
  };
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'ci', 'action.mjs'), cli], { env });
  expect(String(stderr)).toBe('');
  const args: readonly string[] = JSON.parse(fs.readFileSync(told, 'utf8'));
  const text = (file: string | undefined) => (file ? fs.readFileSync(file, 'utf8') : '');
  return { status, args, output: text(output), summary: text(summary) };
}

test('it lints what is named, with the formats that are asked for', () => {
  const { args } = act({ LINT_PATHS: 'base\nover lays\n', LINT_ARGS: '--severity error', LINT_ANNOTATIONS: 'true' });
  const formats = args.filter((_, index) => args[index - 1] === '--format');
  expect(formats).toEqual(['github', expect.stringMatching(/^json=/)]);
  expect(args.slice(4)).toEqual(['--severity', 'error', '--', 'base', 'over lays']);
});

test('it leaves known findings out, and writes the report that code scanning wants', () => {
  const { args, output } = act({ LINT_BASELINE: 'known.json', LINT_UPLOAD_SARIF: 'true', LINT_ANNOTATIONS: 'false' });
  expect(args.join(' ')).toMatch(/--format pretty --format json=\S+ --format sarif=\S+ --baseline known.json -- \.$/);
  expect(output).toMatch(/^sarif-file=.+\.sarif$/m);
});

test('it counts, the gravest first, and fails as the command line does', () => {
  const findings = [
    { rule: 'dns/low-ndots', severity: 'hint', file: 'a.yaml' },
    { rule: 'service/no-match', severity: 'error', file: 'a.yaml' },
    { rule: 'service/no-match', severity: 'error', file: 'b.yaml' },
  ];
  const { status, output, summary } = act({}, findings, 1);
  expect(status).toBe(1);
  expect(output).toBe('errors=2\nwarnings=0\n');
  expect(summary).toBe(`### Kubernetes Network Lint

| errors | warnings | infos | hints |
| --: | --: | --: | --: |
| 2 | 0 | 0 | 1 |

| rule | severity | findings | files |
| --- | --- | --: | --: |
| \`service/no-match\` | error | 2 | 2 |
| \`dns/low-ndots\` | hint | 1 | 1 |
`);
});

test('it says when there is nothing', () =>
  expect(act({}).summary).toBe('### Kubernetes Network Lint\n\nNo findings.\n'));

test('action.yml gives it its inputs, and takes its outputs', () => {
  const script = fs.readFileSync(path.join(root, 'ci', 'action.mjs'), 'utf8');
  const { runs, outputs } = parse(fs.readFileSync(path.join(root, 'action.yml'), 'utf8'));
  const given = Object.keys(runs.steps.find((step: { readonly id?: string }) => step.id === 'lint').env);
  const taken = new Set(script.match(/(?<=env\.)LINT_\w+/g));
  expect(given.sort()).toEqual([...taken].sort());
  const own = Object.keys(outputs).filter(name => outputs[name].value.includes('steps.lint.'));
  expect(own).toHaveLength(3);
  for (const name of own) expect(script).toContain(`${name}=`);
});
