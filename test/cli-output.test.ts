import { describe, expect, test } from 'vitest';
import { commandLine } from './command-line';

const { write, run } = commandLine();
const isUnix = process.platform !== 'win32';

const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

describe.runIf(isUnix)('what a file says controls neither a terminal nor a CI system', () => {
  const balance = (value: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/load-balance: ${value}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: d, port: {number: 80}}}
`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::|##\w*\[/m;

  test('in findings', () => {
    write('::error file=x::y\n::z\u001b[31m.yaml'.replace(/^/, 'inject/'), balance('"a\\e[31m\\n::error file=x::y"'));
    write('inject/raw.yaml', balance('"\u009b31m##[error]x \u202e" # \u001b]0;x\u0007 \r ##vso[task.x]'));
    const { stdout } = run('inject');
    expect(stdout).toContain('unknown-load-balance');
    expect(stdout).toContain('\\u001b[31m');
    expect(control.exec(stdout)).toBeNull();
  });

  test('in what --diff shows', () => {
    const text = `# \u202e\n${faulty}---\n  ::error::x \u001b\r\n`;
    write('diff/\u001b[31m\n::x.yaml', text);
    const { stdout } = run('diff', '--diff', '.');
    expect(stdout).toContain('+  verbose: "yes"');
    expect(stdout).toContain('\\u003a:error::x \\u001b\r\n');
    expect(control.exec(stdout.replaceAll('\r\n', '\n'))).toBeNull();
  });

  test('in what goes to standard error', () => {
    expect(control.exec(run('inject', 'no\u001b[31m\n::error::x').stderr.trimEnd())).toBeNull();
  });

  test('and marks stand under what is shown', () => {
    write(
      'marks/a.yaml',
      faulty.replace('yes', 'yes # \u001b').replace('  verbose', '  "verb\\e": no\n  "v\u0085": yes'),
    );
    const lines = run('marks').stdout.split('\n');
    const shown = lines.findIndex(line => line.includes('\\u0085'));
    expect(lines[shown + 1]?.indexOf('^')).toBe(lines[shown]?.indexOf('yes'));
  });
});

test('what is said alike of copies is one finding with related places, and a habit another; a baseline knows each', () => {
  const corefile =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: coredns, namespace: kube-system}\ndata:\n  Corefile: |\n    .:53 {\n        errors\n        health\n        ready\n        reload\n        loop\n        kubernetes cluster.local\n        forward . 10.0.0.1 {\n            max_concurrent 1000\n        }\n    }\n';
  const app = (name: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}\nspec: {containers: [{name: ${name}, image: x}]}\n`;
  for (const cluster of ['prod', 'test']) write(`once/clusters/${cluster}/coredns.yaml`, corefile);
  for (let i = 0; i < 7; i++) write(`once/apps/a${i}.yaml`, app(`a${i}`));
  const { findings } = JSON.parse(run('once', '--format', 'json').stdout);
  const of = (rule: string) => findings.filter((finding: { rule: string }) => finding.rule === rule);
  const [copy, ...copies] = of('coredns/missing-cache');
  expect(copies).toEqual([]);
  expect(copy.related).toEqual([
    expect.objectContaining({ file: 'clusters/test/coredns.yaml', message: 'The same here' }),
  ]);
  const [habit, ...habits] = of('service/missing-readiness-probe');
  expect(habits).toEqual([]);
  expect(habit.related).toHaveLength(7);
  run('once', '--write-baseline');
  expect(
    JSON.parse(run('once', '--baseline', '.kube-netlint-baseline.json', '--format', 'json').stdout).findings,
  ).toEqual([]);
});
