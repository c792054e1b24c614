// What action.yml runs: lints once, annotates, writes the reports, and sums up.
//
//   node ci/action.mjs <cli.js>     its inputs are LINT_… of the environment

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const { env } = process;
const severities = ['error', 'warning', 'info', 'hint'];

const folder = fs.mkdtempSync(path.join(env.RUNNER_TEMP ?? os.tmpdir(), 'kube-netlint-'));
const json = path.join(folder, 'findings.json');
const sarif = env.LINT_SARIF_FILE || (env.LINT_UPLOAD_SARIF === 'true' ? path.join(folder, 'findings.sarif') : '');

const { status } = spawnSync(process.execPath, [process.argv[2], ...options(), '--', ...paths()], { stdio: 'inherit' });
const findings = fs.existsSync(json) ? JSON.parse(fs.readFileSync(json, 'utf8')).findings : undefined;
if (findings) {
  append(env.GITHUB_STEP_SUMMARY, summary(findings));
  append(env.GITHUB_OUTPUT, `errors=${count(findings, 'error')}\nwarnings=${count(findings, 'warning')}\n`);
}
if (sarif && fs.existsSync(sarif)) append(env.GITHUB_OUTPUT, `sarif-file=${sarif}\n`);
process.exitCode = status ?? 2;

function options() {
  const formats = [env.LINT_ANNOTATIONS === 'true' ? 'github' : 'pretty', `json=${json}`, sarif && `sarif=${sarif}`];
  const baseline = env.LINT_BASELINE ? ['--baseline', env.LINT_BASELINE] : [];
  const more = (env.LINT_ARGS ?? '').split(/\s+/).filter(Boolean);
  return [...formats.filter(Boolean).flatMap(format => ['--format', format]), ...baseline, ...more];
}

/** One a line, as paths may have spaces. */
function paths() {
  return (env.LINT_PATHS ?? '.')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

function count(list, severity) {
  return list.filter(finding => finding.severity === severity).length;
}

/** Counts by severity, and which rules speak most: what a reviewer wants to know before the lines. */
function summary(list) {
  const title = '### Kubernetes Network Lint\n\n';
  if (list.length === 0) return `${title}No findings.\n`;
  const counts = severities.map(severity => count(list, severity));
  const rules = [...new Set(list.map(({ rule }) => rule))].map(rule => list.filter(finding => finding.rule === rule));
  const loudest = rules.sort(
    ([a], [b]) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1),
  );
  return [
    `${title}| errors | warnings | infos | hints |\n| --: | --: | --: | --: |`,
    `| ${counts.join(' | ')} |\n`,
    '| rule | severity | findings | files |\n| --- | --- | --: | --: |',
    ...loudest.map(of => {
      const files = new Set(of.map(({ file }) => file)).size;
      return `| \`${of[0].rule}\` | ${of[0].severity} | ${of.length} | ${files} |`;
    }),
    '',
  ].join('\n');
}

function append(file, text) {
  if (file) fs.appendFileSync(file, text);
}
