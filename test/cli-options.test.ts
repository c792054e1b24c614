import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkConfig } from '../server/src/lint/config-check';
import { newConfig } from '../server/src/lint/new-config';
import { YamlDocument } from '../server/src/yaml/document';
import { commandLine } from './command-line';

const { folder, write, run, pipe } = commandLine();
const full = (name: string) => path.join(folder, name);

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';
const sound = faulty.replace('yes', '"yes"');

beforeAll(() => {
  write('repo/a.yaml', faulty);
  write('repo/b.yaml', `${faulty}  loud: no\n`);
  write('hints/a.yaml', faulty);
  write('hints/.kube-netlint.yaml', 'rules: {api: hint}\n');
  write('clean/a.yaml', sound);
  fs.mkdirSync(full('empty'));
});

test('--quiet shows what makes the command fail, and nothing where all is well', () => {
  expect(run('hints').stdout).toContain('api/wrong-type');
  expect(run('hints', '--quiet')).toEqual({ stdout: '', stderr: '', status: 0 });
  expect(run('clean', '--quiet')).toEqual({ stdout: '', stderr: '', status: 0 });
  expect(run('repo', '--quiet').stdout).toBe(run('repo').stdout);
});

test('--statistics counts by rule', () => {
  expect(run('repo', '--statistics')).toMatchObject({
    stdout:
      '3  error  api/wrong-type  Values of annotations, labels, ConfigMaps and sysctls are strings\n3 findings of 1 rule\n',
    status: 1,
  });
  expect(run('clean', '--statistics').stdout).toBe('No findings\n');
});

test('--exit-zero is for what is found, not for what goes wrong', () => {
  expect(run('repo', '--exit-zero')).toMatchObject({ stdout: expect.stringContaining('api/wrong-type'), status: 0 });
  expect(run('repo', '--exit-zero', '--diff').status).toBe(0);
  expect(run('repo', '--exit-zero', 'gone').status).toBe(2);
});

describe('files', () => {
  test('--exclude leaves some out, as a glob from where the command runs', () => {
    const { stdout, status } = run('.', '--exclude', 'repo/a.*', '--exclude', 'hints', '--format', 'compact', '.');
    expect({ status, files: [...new Set(stdout.match(/^[^:]+/gm))] }).toEqual({ status: 1, files: ['repo/b.yaml'] });
    expect(run('repo', '--exclude', '((a))', '.')).toMatchObject({ stdout: '', status: 2 });
  });

  test('--no-ignore reads what .gitignore and the config file leave out', () => {
    write('left/.gitignore', 'build/\n');
    write('left/build/a.yaml', faulty);
    write('left/vendor/b.yaml', faulty);
    write('left/.kube-netlint.yaml', 'ignore: [vendor]\n');
    expect(run('left').status).toBe(0);
    const { stdout } = run('left', '--no-ignore', '--format', 'compact');
    expect(stdout.match(/^[^:]+/gm)).toEqual(['build/a.yaml', 'vendor/b.yaml']);
    expect(run('left', '--no-ignore', '--ignore', 'api', '--format', 'compact').stdout).toBe('');
  });

  test('--stdin-filename says what standard input is, and what is around it', () => {
    write('around/.git/HEAD', '');
    write('around/.kube-netlint.yaml', 'ignore: [left]\nrules: {api: warning}\n');
    write('around/app/web.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {}\n');
    const named = (file: string, text = faulty) =>
      pipe('around', text, '--format', 'compact', '--stdin-filename', file, '-');
    expect(named('app/web.yaml').stdout).toMatch(/^app\/web\.yaml:6:12: warning:/);
    expect(named('new/web.yaml').stdout).toMatch(/^new\/web\.yaml:6:12: warning:/);
    expect(named('left/web.yaml')).toMatchObject({ stdout: '', stderr: expect.stringContaining('leaves out 1 file') });
    expect(named('app')).toMatchObject({ stdout: '', status: 2 });
    const fixed = pipe('around', faulty, '--fix', '--stdin-filename', 'app/web.yaml', '-');
    expect(fixed.stdout).toBe(sound);
    expect(fs.readFileSync(full('around/app/web.yaml'), 'utf8')).toContain('kind: Pod');
  });
});

describe('having found nothing', () => {
  const told = (where: string, ...args: string[]) => {
    const { stderr, status } = run(where, ...args);
    return `${status} ${stderr.trimEnd()}`;
  };

  test('is fine where something was judged', () => expect(told('clean')).toBe('0 '));

  test('is a failure where nothing was read', () => {
    expect(told('.', 'empty')).toBe(
      '2 nothing was read: no YAML, JSON or Corefile in empty that no .gitignore leaves out',
    );
    expect(pipe('.', '\n', '-')).toMatchObject({ stderr: 'nothing was read: standard input is empty\n', status: 2 });
  });

  test('is told from where nothing is Kubernetes, a template, or left out', () => {
    write('others/values.yaml', 'replicas: 1\n');
    expect(told('others')).toBe('0 nothing was judged: no Kubernetes objects in 1 file');
    write('others/web.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ x }}}\n');
    expect(told('others')).toBe(
      '0 nothing was judged: no Kubernetes objects in 2 files, and 1 file not analysed: see --format json',
    );
    expect(told('clean', '--exclude', '**')).toBe(
      '0 nothing was judged: the config file or --exclude leaves out 1 file',
    );
    write('others/svc.yaml', sound);
    expect(told('others')).toBe('0 ');
  });
});

describe('colours', () => {
  const isColored = (env: Record<string, string>, ...args: string[]) =>
    execFileSync(process.execPath, [full('cli.js'), '--exit-zero', ...args, '.'], {
      cwd: full('repo'),
      encoding: 'utf8',
      env,
    }).includes('\u001b[');

  test.each<[boolean, Record<string, string>, string[]]>([
    [false, {}, []],
    [true, { FORCE_COLOR: '1' }, []],
    [false, { FORCE_COLOR: '0' }, []],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, []],
    [true, { NO_COLOR: '1' }, ['--color', 'always']],
    [false, { FORCE_COLOR: '1' }, ['--color', 'never']],
    [false, { FORCE_COLOR: '1' }, ['--format', 'compact']],
  ])('%s with %j %j', (expected, env, args) => expect(isColored(env, ...args)).toBe(expected));
});

test('rules lists them, how loud each is and why', () => {
  const { stdout } = run('hints', 'rules', '--select', 'api,dns/default-policy');
  expect(stdout).toMatch(/^hint +api\/wrong-type +rules: api +Values/m);
  expect(stdout).toMatch(/^warning +dns\/default-policy +by default +Pods/m);
  const listed = JSON.parse(run('hints', 'rules', '--format', 'json', '--ignore', 'dns').stdout);
  expect(listed).toContainEqual({
    id: 'api/wrong-type',
    title: expect.any(String),
    url: expect.stringContaining('api/wrong-type.md'),
    severity: 'error',
    level: 'hint',
    why: 'rules: api',
  });
  expect(listed).toContainEqual(expect.objectContaining({ level: 'off', why: 'off by default' }));
  expect(listed.filter(({ id }: { id: string }) => id.startsWith('dns/'))).toEqual([]);
  expect(run('hints', 'rules', '--select', 'ingres')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("'ingress'"),
  });
});

test('config prints what is in force for a path, in the words of a config file', () => {
  const { stdout } = run('.', 'config', 'hints/a.yaml');
  expect(stdout.split('\n')[0]).toBe(`# hints/a.yaml: ${fs.realpathSync(full('hints/.kube-netlint.yaml'))} decides`);
  expect(checkConfig(new YamlDocument(stdout))).toEqual([]);
  expect(stdout).toContain('api/wrong-type: hint');
  expect(run('.', 'config', '--kubernetes', '1.36').stdout).toContain('kubernetes: "1.36"');
  write('wrong/.kube-netlint.yaml', 'rules: {api: loud}\n');
  expect(run('.', 'config', 'wrong')).toMatchObject({ stdout: '', status: 2 });
});

test('config shows what a config file extends, and a way that is broken is one sentence', () => {
  write(
    'chain/team.yaml',
    'extends: base/all.yaml\nignore: [vendor]\nrules: {api: hint}\nscopes: [{name: all, paths: [sub]}]\n',
  );
  write('chain/base/all.yaml', 'extends: all\nignore: [old]\n');
  write('chain/sub/.kube-netlint.yaml', 'extends: ../team.yaml\nignore: [gen]\n');
  write('chain/sub/a.yaml', faulty);
  const { stdout } = run('chain', 'config', 'sub');
  const root = fs.realpathSync(full('chain'));
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    `# sub: ${root}/sub/.kube-netlint.yaml decides`,
    `#   extends ${root}/team.yaml`,
    `#     extends ${root}/base/all.yaml`,
  ]);
  expect(stdout).toContain('ignore:\n  - ../base/old\n  - ../vendor\n  - gen\n');
  expect(stdout).toContain('scopes:\n  - name: all\n    paths:\n      - ../sub\n');
  expect(run('chain', '--quiet', '.').status).toBe(0);
  write('chain/base/all.yaml', 'extends: ../team.yaml\n');
  expect(run('chain', '.')).toEqual({
    stdout: '',
    stderr: `kube-netlint: the config file is not valid
sub/.kube-netlint.yaml:1: What this extends leads in a circle. Leave one out of .kube-netlint.yaml → ../team.yaml → ../base/all.yaml → ../team.yaml.
`,
    status: 2,
  });
  fs.rmSync(full('chain/base/all.yaml'));
  expect(run('chain', '.').stderr).toContain('.kube-netlint.yaml → ../team.yaml → ../base/all.yaml, or name');
  write('chain/sub/.kube-netlint.yaml', 'rules: {a: off}\nextends: 1\nkubernetes: none\nkinds: 1\n');
  const lines = run('chain', '.')
    .stderr.split('\n')
    .map(line => line.split(': ')[0]);
  expect(lines.slice(1, -1)).toEqual([1, 2, 3, 4].map(line => `sub/.kube-netlint.yaml:${line}`));
  write('chain/sub/.kube-netlint.yaml', 'extends: ../team.yaml\n');
  write('chain/base/all.yaml', 'rules: {ap: off}\n');
  const { stderr } = run('chain/sub', '.');
  expect(stderr).toContain('../base/all.yaml:1: Something here is not for a config file.');
  expect(stderr).not.toContain("'ap'");
  expect(run('chain', '.').stderr).toBe(
    "kube-netlint: the config file is not valid\nbase/all.yaml:1: Unknown rule or area 'ap'. Use 'api' if that is meant.\n",
  );
});

test('rules and config show what overrides say for a path', () => {
  write(
    'over/.kube-netlint.yaml',
    `rules: {dns: hint}
overrides:
  - {files: [test/**], rules: {api: info}}
  - {kinds: [Service, Ingress], namespaces: [dev-*], rules: {api/wrong-type: off}}
`,
  );
  write('over/sub/.kube-netlint.yaml', 'extends: ../.kube-netlint.yaml\nrules: {dns: off}\n');
  write('over/test/a.yaml', faulty);
  write('over/b.yaml', faulty);
  write('over/sub/c.yaml', faulty);
  const why = (name: string) => {
    const listed: { id: string; level: string; why: string }[] = JSON.parse(
      run('over', 'rules', name, '--select', 'api/wrong-type', '--format', 'json').stdout,
    );
    return listed.map(rule => `${rule.level} ${rule.why}`);
  };
  const some = 'off for Service, Ingress in dev-*';
  expect(why('test/a.yaml')).toEqual([`info overrides: api; ${some}`]);
  expect(why('b.yaml')).toEqual([`error by default; ${some}`]);
  expect(why('.')).toEqual([`error by default; info for files test/**; ${some}`]);
  const { stdout } = run('over', 'config', 'sub');
  expect(checkConfig(new YamlDocument(stdout))).toEqual([]);
  expect(stdout).toContain('overrides:\n  - files:\n      - ../test/**\n    rules:\n      api: info\n  - kinds:');
  expect(stdout).toMatch(/ {2}- rules:\n {6}dns: "off"\n$/);
  expect(run('over', 'config', 'b.yaml').stdout).not.toContain('test/**');
  expect(run('over', '--format', 'compact', 'test').stdout).toContain(' info: ');
});

test('init writes a config file in which every setting is right, and never over another', () => {
  fs.mkdirSync(full('begun'));
  expect(run('begun', 'init')).toMatchObject({ stdout: 'Wrote .kube-netlint.yaml.\n', status: 0 });
  expect(run('begun', 'init')).toEqual({
    stdout: '',
    stderr: 'kube-netlint: .kube-netlint.yaml was not written: .kube-netlint.yaml exists already\n',
    status: 2,
  });
  const all = newConfig.replace(/^#(?!#| yaml)/gm, '');
  expect(all).toContain('\nscopes:\n  - name: production\n');
  for (const text of [newConfig, all]) expect(checkConfig(new YamlDocument(text))).toEqual([]);
});

test('completion: what bash would offer', () => {
  const script = run('.', 'completion', 'bash').stdout;
  const offered = (...words: string[]) => {
    const line = `COMP_WORDS=(kube-netlint ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`;
    const program = `${script}\n${line}; _kube_netlint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', program], { cwd: full('repo'), encoding: 'utf8' }).split('\n');
  };
  expect(offered('ru')).toContain('rules');
  expect(offered('--form')).toContain('--format');
  expect(offered('lint', '--format', 'sa')).toEqual(['sarif', '']);
  expect(offered('rules', '--format', '')).toEqual(['table', 'json', '']);
  expect(offered('a')).toEqual(['a.yaml', '']);
  expect(offered('connectivity', 'd')).toContain('diff');
  expect(offered('connectivity', '--')).toContain('--from');
  expect(offered('connectivity', 'diff', 'a', '--').sort()).toEqual(['', '--exit-code', '--format', '--help']);
  expect(offered('connectivity', 'diff', '--format', '')).toEqual(['txt', 'json', 'md', '']);
  expect(offered('connectivity', '--format', '')).toContain('mermaid');
  // A folder may be called as a command is.
  expect(offered('lint', 'connectivity', '--ex')).toContain('--exit-zero');
  for (const shell of ['zsh', 'fish']) expect(run('.', 'completion', shell).stdout).toContain('sarif');
  expect(run('.', 'completion', 'tcsh').status).toBe(2);
});

test('help begins with how to lint', () => {
  const { stdout } = run('.', '--help');
  expect(stdout).toMatch(/^Lint the Kubernetes YAML of a folder: +kube-netlint manifests\//);
  expect(stdout).toContain('--exit-zero');
  expect(run('.', 'render', '--help').stdout).not.toContain('--exit-zero');
});
