import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(__dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-cli-'));
// Three folders below the root, as in the sources, and not in dist/, which another test makes anew meanwhile.
const cli = path.join(root, 'node_modules', '.cache', 'kube-netlint', 'cli.js');

const faulty = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  verbose: yes # a word
`;

beforeAll(async () => {
  await build({
    entryPoints: [path.join(root, 'server', 'src', 'cli', 'main.ts')],
    outfile: cli,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  write('app/faulty.yaml', faulty);
  write('clean/clean.yaml', faulty.replace('yes', '"yes"'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
}

function run(args: readonly string[], input = '') {
  return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', input });
}

describe('exit codes', () => {
  test('0 without findings, 1 with, 2 for what can not be done', () => {
    expect(run(['clean']).status).toBe(0);
    expect(run(['lint', 'app']).status).toBe(1);
    expect(run(['nowhere'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nowhere: there is no such file or folder'),
    });
    expect(run(['--format', 'nonsense', 'app']).status).toBe(2);
    expect(run(['--kubernetes', 'new', 'app']).status).toBe(2);
    expect(run(['--help']).status).toBe(0);
  });

  test('follow the floor and the limit of warnings', () => {
    write('hints/.kube-netlint.yaml', 'rules:\n  api: info\n');
    write('hints/a.yaml', faulty);
    expect(run(['hints']).status).toBe(0);
    expect(run(['hints']).stdout).toContain('api/wrong-type');
    expect(run(['hints', '--severity', 'info']).status).toBe(1);
    expect(run(['hints', '--severity', 'error']).stdout).not.toContain('api/wrong-type');
    write('hints/.kube-netlint.yaml', 'rules:\n  api/wrong-type: warning\n');
    expect(run(['hints', '--max-warnings', '1']).status).toBe(0);
    expect(run(['hints', '--max-warnings', '0']).status).toBe(1);
  });

  test('2 for a config file that is not valid, which is named', () => {
    write('bad/.kube-netlint.yaml', 'rules:\n  api: loud\n');
    write('bad/a.yaml', faulty);
    const { status, stderr } = run(['bad']);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /bad[/\\]\.kube-netlint\.yaml:2: Unknown value 'loud' of 'api'\. Use one of 'error', .* or 'off'\./,
    );
  });
});

test('JSON has the form that others rely on', () => {
  const output: unknown = JSON.parse(run(['app', '--format', 'json']).stdout);
  expect(output).toEqual({
    version: 1,
    kubernetes: '1.35',
    files: 1,
    resources: 1,
    findings: [
      {
        rule: 'api/wrong-type',
        title: 'Values of annotations, labels, ConfigMaps and sysctls are strings',
        url: expect.stringMatching(/\/rules\/api\/wrong-type\.md$/),
        severity: 'error',
        message: expect.stringContaining('yes'),
        file: 'app/faulty.yaml',
        document: 0,
        range: { start: { line: 6, column: 12 }, end: { line: 6, column: 15 } },
        resource: { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: null },
        scopes: [],
        fingerprint: expect.any(String),
        related: [],
        fixes: [
          {
            title: 'Put quotes around yes',
            safe: true,
            edits: [
              {
                file: 'app/faulty.yaml',
                range: { start: { line: 6, column: 12 }, end: { line: 6, column: 15 } },
                text: '"yes"',
              },
            ],
            creates: [],
          },
        ],
      },
    ],
    skipped: [],
    notes: [],
  });
});

test('pretty output draws the line', () => {
  const { stdout } = run(['app']);
  expect(stdout).toContain('app/faulty.yaml:6:12');
  expect(stdout).toContain('6 |   verbose: yes # a word');
  expect(stdout).toContain('  |            ^^^');
  expect(stdout).not.toContain('\u001b[');
});

describe('a single file', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: books}\nspec: {containers: [{name: web, image: "web:1"}]}\n';
  const deny =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: books}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n';
  const opened = (...args: readonly string[]) => run(['--severity', 'hint', ...args]).stdout;

  test('is judged with what lies around it, and it alone is reported', () => {
    write('books/.git/HEAD', '');
    write('books/app/web.yaml', pod);
    expect(opened('books/app/web.yaml')).toContain('missing-default-deny-ingress');
    write('books/policies/deny.yaml', deny);
    write('books/policies/faulty.yaml', faulty);
    expect(opened('books/app/web.yaml')).toBe('No findings in 1 file read\n');
    expect(opened('books')).toContain('api/wrong-type');
    expect(opened('books/policies/faulty.yaml', 'books/app/web.yaml')).toContain('1 error in 1 file of 2');
  });

  test('is fixed alone', () => {
    write('pair/.git/HEAD', '');
    write('pair/a.yaml', faulty.replace('yes', 'true'));
    write('pair/b.yaml', faulty.replace('yes', 'true'));
    run(['--fix', 'pair/a.yaml']);
    expect(fs.readFileSync(path.join(folder, 'pair/a.yaml'), 'utf8')).toContain('"true"');
    expect(fs.readFileSync(path.join(folder, 'pair/b.yaml'), 'utf8')).not.toContain('"true"');
  });
});

test('what builds can not follow is told, and how much of it in the summary', () => {
  write('remote/kustomization.yaml', 'resources: [a.yaml, https://example.com/b.yaml]\n');
  write('remote/a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
  expect(run(['remote']).stdout).toBe(
    'No findings in 2 files read; 1 reference of kustomizations not followed, see --format json\n',
  );
  expect(JSON.parse(run(['--format', 'json', 'remote']).stdout).notes).toEqual([
    "not followed: remote, resources[1] 'https://example.com/b.yaml': it is somewhere else, and nothing is fetched",
  ]);
});

test('of standard input nothing is called missing', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: books}\nspec: {containers: [{name: web, image: "web:1"}]}\n';
  expect(run(['-'], pod).stdout).toContain('No findings');
});

test('standard input is a workspace', () => {
  expect(run(['-'], faulty)).toMatchObject({ status: 1, stdout: expect.stringContaining('api/wrong-type') });
  expect(run(['-'], '').status).toBe(2);
});

test('--diff shows what --fix writes', () => {
  write('fix/a.yaml', `\uFEFF${faulty}`);
  const diff = run(['fix', '--diff']);
  expect(diff.stdout).toContain('-  verbose: yes # a word\n+  verbose: "yes" # a word\n');
  expect(fs.readFileSync(path.join(folder, 'fix/a.yaml'), 'utf8')).toBe(`\uFEFF${faulty}`);
  expect(run(['fix', '--fix']).status).toBe(0);
  expect(fs.readFileSync(path.join(folder, 'fix/a.yaml'), 'utf8')).toBe(`\uFEFF${faulty.replace('yes', '"yes"')}`);
});

test('ignored files are left out unless they are named', () => {
  write('repo/.gitignore', 'build/\n*.local.yaml\n');
  write('repo/build/a.yaml', faulty);
  write('repo/b.local.yaml', faulty);
  expect(run(['repo'])).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing was read') });
  write('repo/c.yaml', faulty.replace('yes', '"yes"'));
  expect(run(['repo']).status).toBe(0);
  expect(run(['repo/build/a.yaml']).status).toBe(1);
  write('repo/.kube-netlint.yaml', 'ignore: ["vendored"]\n');
  write('repo/vendored/a.yaml', faulty);
  expect(run(['repo']).status).toBe(0);
});

test('comments and annotations silence a rule, and one without effect is reported', () => {
  write('quiet/a.yaml', faulty.replace('  verbose', '  # kube-netlint-ignore api: known\n  verbose'));
  write('quiet/b.yaml', faulty.replace('# a word', '# kube-netlint-ignore api/wrong-type'));
  write('quiet/c.yaml', `# kube-netlint-ignore api/wrong-type: all of it\n${faulty}`);
  write(
    'quiet/d.yaml',
    faulty.replace('metadata:', 'metadata:\n  annotations:\n    kube-netlint.dev/ignore: "api/wrong-type"'),
  );
  write('quiet/e.yaml', `# kube-netlint-ignore-file api/wrong-type: all\n${faulty}---\n${faulty}`);
  expect(run(['quiet'])).toMatchObject({ status: 0 });
  write('loud/a.yaml', `${faulty.replace('yes', '"yes"')}  # kube-netlint-ignore api, nonsense\n`);
  const { stdout } = run(['loud']);
  expect(stdout).toContain("Ignoring 'api' has no effect");
  expect(stdout).toContain("Unknown rule or area 'nonsense'");
});

test('what can not be read is named, and the rest is linted', () => {
  write('odd/a.yaml', faulty);
  write('odd/binary.yaml', 'apiVersion: v1\0');
  fs.symlinkSync('..', path.join(folder, 'odd', 'loop'));
  fs.symlinkSync('nowhere.yaml', path.join(folder, 'odd', 'dangling.yaml'));
  write('odd/broken.yaml', 'apiVersion: v1\nkind: "Service\n');
  const output: { findings: { rule: string }[]; skipped: unknown } = JSON.parse(
    run(['odd', '--format', 'json']).stdout,
  );
  expect(output.findings.map(({ rule }) => rule)).toEqual(['api/wrong-type', 'yaml/syntax']);
  expect(output.skipped).toEqual([{ file: 'odd/binary.yaml', reason: 'not a text file' }]);
});

test('explain prints the page of a rule', () => {
  expect(run(['explain', 'api/wrong-type']).stdout).toContain('# `api/wrong-type`');
  expect(run(['explain', 'wrong'])).toMatchObject({ status: 2, stderr: expect.stringContaining('api/wrong-type') });
});

test('render: what a kustomization is built to, and what could not be followed', () => {
  write('base/kustomization.yaml', 'resources: [shop.yaml]\n');
  write('base/shop.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n');
  write('prod/kustomization.yaml', 'resources: [../base, "https://example.test/x?ref=1"]\nnamespace: prod\n');
  const { stdout, stderr, status } = run(['render', 'prod']);
  expect(stdout).toBe('apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n  namespace: prod\n');
  expect(stderr).toBe(
    "not followed: prod, resources[1] 'https://example.test/x?ref=1': it is somewhere else, and nothing is fetched\n",
  );
  expect(status).toBe(0);
  expect(run(['render', 'gone'])).toMatchObject({ status: 2, stderr: 'kube-netlint: gone: there is no such folder\n' });
  expect(run(['render', 'app']).stderr).toContain('there is no kustomization in it');
});

test('connectivity and isolate: what is allowed, and policies that keep the known calls', () => {
  const workload = (name: string, env: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: i, env: [${env}], ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}
`;
  write('net/all.yaml', `${workload('web', '{name: API_URL, value: "http://api"}')}---\n${workload('api', '')}`);
  const pair = 'shop/web[Deployment] => shop/api[Deployment]';
  expect(run(['connectivity', 'net']).stdout).toContain(`${pair} : All Connections\n`);
  const { stdout } = run(['isolate', 'net', '--namespace', 'shop']);
  write('net/policies.yaml', stdout);
  const isolated = run(['connectivity', 'net']).stdout;
  expect(isolated).toContain(`${pair} : TCP 8080\n`);
  expect(isolated).not.toContain('shop/api[Deployment] => shop/web[Deployment]');
  expect(run(['isolate', 'net'])).toMatchObject({ stdout: '', stderr: expect.stringContaining('Nothing to add') });
  expect(run(['isolate', 'net', '--namespace', 'none']).status).toBe(2);
  expect(run(['connectivity', 'clean', '--format', 'json']).status).toBe(0);
});

test('the language server outlives what nobody caught', async () => {
  write('hook.cjs', 'setTimeout(() => { Promise.reject(new Error("boom")); throw new Error("bang"); }, 300);');
  const hook = ['--require', path.join(folder, 'hook.cjs')];
  const server = spawn(process.execPath, [...hook, cli, 'server', '--stdio'], { cwd: folder });
  const heard = { out: '', err: '' };
  server.stdout.on('data', data => {
    heard.out += data;
  });
  server.stderr.on('data', data => {
    heard.err += data;
  });
  await expect.poll(() => heard.err, { timeout: 20_000 }).toMatch(/bang[\s\S]*boom|boom[\s\S]*bang/);
  const params = { processId: null, rootUri: null, capabilities: {} };
  const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
  await expect.poll(() => heard.out, { timeout: 20_000 }).toContain('serverInfo');
  const ended = new Promise(resolve => server.on('exit', resolve));
  server.stdin.end();
  expect(await ended).toBe(1);
});
