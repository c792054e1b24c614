import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './command-line';

const { folder, write, run, pipe, runAsNobody } = commandLine();
const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
const isUnix = process.platform !== 'win32';

/** A finding with a safe fix. */
const quoted = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  verbose: yes\n';
/** A finding whose best fix changes what runs: these settings are refused, and their removal empties two fields. */
const kubelet =
  'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods: 1\nallowedUnsafeSysctls:\n  - vm.max_map_count\n  - kernel.pid_max\n';
/** The same, and its second fix is safe. */
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {containers: [{name: web, image: "web:1"}]}\n';
const kustomization = 'namespace: shop\nresources: [pod.yaml]\n';

describe('--fix', () => {
  test('applies what is safe, and says what it did and what else could be done', () => {
    write('some/a.yaml', quoted);
    write('some/b.yaml', kubelet);
    const { stdout, status } = run('some', '--fix', '.');
    expect(read('some/a.yaml')).toBe(quoted.replace('yes', '"yes"'));
    expect(read('some/b.yaml')).toBe(kubelet);
    expect(stdout).toContain('\nFixed 1 finding in 1 file; 2 more with --unsafe-fixes, which change what runs\n');
    expect(status).toBe(1);
  });

  test('says so in JSON too', () => {
    write('json/a.yaml', quoted);
    write('json/b.yaml', kubelet);
    const output = JSON.parse(run('json', '--fix', '--format', 'json', '.').stdout);
    expect(output.fixing).toEqual({
      applied: [{ file: 'a.yaml', rule: 'api/wrong-type', title: 'Put quotes around yes' }],
      refused: [],
      unsafe: 2,
    });
    expect(JSON.parse(run('json', '--format', 'json', '.').stdout)).not.toHaveProperty('fixing');
  });

  test('with --unsafe-fixes applies the best of each, and takes what it empties along', () => {
    write('all/a.yaml', quoted);
    write('all/b.yaml', kubelet);
    expect(run('all', '--fix', '--unsafe-fixes', '.').stdout).toContain('Fixed 3 findings in 2 files\n');
    expect(read('all/b.yaml')).toBe(kubelet.slice(0, kubelet.indexOf('allowed')));
    expect(run('all', '--fix', '--unsafe-fixes', '.').stdout).toContain('Nothing fixed\n');
  });

  test.each([
    [['--select', 'sysctl'], ['b.yaml']],
    [
      ['--select', 'api/wrong-type,sysctl'],
      ['a.yaml', 'b.yaml'],
    ],
    [['--ignore', 'sysctl, kustomize'], ['a.yaml']],
    [['--select', 'api, sysctl', '--ignore', 'api'], ['b.yaml']],
    [
      ['--severity', 'error'],
      ['a.yaml', 'b.yaml'],
    ],
  ])('%j: is for these', (options, changed) => {
    write('chosen/a.yaml', quoted);
    write('chosen/b.yaml', kubelet);
    run('chosen', '--fix', '--unsafe-fixes', ...options, '.');
    const texts = { 'a.yaml': quoted, 'b.yaml': kubelet };
    expect(Object.entries(texts).flatMap(([name, text]) => (read(`chosen/${name}`) === text ? [] : [name]))).toEqual(
      changed,
    );
  });

  test('gives what came on standard input back, and says the rest beside it', () => {
    const { stdout, stderr, status } = pipe('.', `\uFEFF${quoted}`.replaceAll('\n', '\r\n'), '--fix', '-');
    expect(stdout).toBe(`\uFEFF${quoted}`.replace('yes', '"yes"').replaceAll('\n', '\r\n'));
    expect(stderr).toBe('Fixed 1 finding in 1 file\nNo findings in 1 file read\n');
    expect(status).toBe(0);
    expect(pipe('.', kubelet, '--fix', '-')).toMatchObject({ stdout: kubelet, status: 1 });
  });

  test.runIf(isUnix)('applies a fix as a whole or not at all', () => {
    write('whole/pod.yaml', pod);
    fs.chmodSync(write('whole/kustomization.yaml', kustomization), 0o444);
    fs.chmodSync(path.join(folder, 'whole'), 0o777);
    const args = ['--fix', '--unsafe-fixes', '--select', 'network-policy/missing-default-deny-ingress', '.'];
    const { stdout, stderr, status } = runAsNobody('whole', ...args);
    expect(fs.readdirSync(path.join(folder, 'whole')).sort()).toEqual(['kustomization.yaml', 'pod.yaml']);
    const reason = 'no permission to write it';
    expect(stdout).toMatch(
      new RegExp(`^Not fixed: network-policy/missing-.* in .*yaml: kustomization.yaml: ${reason}$`, 'm'),
    );
    expect({ stderr, status }).toEqual({ stderr: `kustomization.yaml was not fixed: ${reason}\n`, status: 2 });
    fs.chmodSync(path.join(folder, 'whole/kustomization.yaml'), 0o666);
    expect(runAsNobody('whole', ...args).stdout).toContain('Fixed 1 finding in 1 file\n');
    expect(read('whole/kustomization.yaml')).toContain('default-deny.yaml');
  });
});

describe('--diff', () => {
  test('ends with 1 where something would change, and with 0 where nothing would', () => {
    write('diff/a.yaml', quoted);
    expect(run('diff', '--diff', '.')).toMatchObject({
      stdout: expect.stringContaining('+  verbose: "yes"'),
      status: 1,
    });
    expect(run('diff', '--diff', '--ignore', 'api', '.')).toMatchObject({ stdout: '', status: 0 });
    write('diff/a.yaml', kubelet);
    expect(run('diff', '--diff', '.')).toMatchObject({ stdout: '', status: 0 });
    expect(run('diff', '--diff', '--unsafe-fixes', '.')).toMatchObject({
      stdout: expect.stringContaining('-allowed'),
      status: 1,
    });
    expect(read('diff/a.yaml')).toBe(kubelet);
  });
});

test('a name that no rule and no area has is refused', () => {
  write('slip/a.yaml', quoted);
  expect(run('slip', '--select', 'api/wrong-typ', '.')).toMatchObject({
    stderr: "kube-netlint: there is no rule or area 'api/wrong-typ'; did you mean 'api/wrong-type'?\n",
    status: 2,
  });
  expect(run('slip', '--ignore', 'yaml/syntax', '.').status).toBe(1);
});

test('only what --fix would apply is marked so', () => {
  write('marks/a.yaml', quoted);
  write('marks/b.yaml', kubelet);
  const marked = run('marks', '.')
    .stdout.split('\n')
    .filter(line => line.includes('(--fix)'));
  expect(marked).toEqual(['  = fix: Put quotes around yes (--fix)']);
});
