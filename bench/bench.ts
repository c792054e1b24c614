/**
 * `npm run bench [folder…]`: what linting costs. Prints tables and asserts nothing: machines differ and are shared, so
 * compare the ratios of one run. Without folders it measures texts that it makes.
 */
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Disk } from '../server/src/host/disk';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

main();

function main(): void {
  console.log(`${rules.length} rules, Node ${process.version}\n`);
  keystrokes(10_000);
  cold('a made cluster of 500 applications', made(500));
  for (const folder of process.argv.slice(2)) cold(folder, read(folder));
  slowestRules();
}

/** One character typed at many places of a long file with many documents. */
function keystrokes(lines: number): void {
  const application = applicationNamed('a').split('\n').length;
  const text = Array.from({ length: Math.ceil(lines / application) }, (_, i) => applicationNamed(`a${i}`)).join('');
  const linter = new Linter(rules);
  let workspace = Workspace.empty.update([['all.yaml', text]]);
  const whole = time(() => parseAllDocuments(text, { uniqueKeys: false }));
  const first = time(() => linter.lint(workspace, defaultConfig));
  const samples: number[] = [];
  for (let i = 0; i < 120; i++) {
    const at = text.indexOf('\n', Math.floor(((i * 7919) % 1000) * (text.length / 1000)));
    const edited = i % 2 === 0 ? `${text.slice(0, at)}x${text.slice(at)}` : text;
    samples.push(
      time(() => {
        workspace = workspace.update([['all.yaml', edited]]);
        linter.lint(workspace, defaultConfig);
      }),
    );
  }
  samples.sort((a, b) => a - b);
  const at = (share: number) => samples[Math.floor(samples.length * share)] ?? 0;
  table('a keystroke in one file', [
    ['lines, documents', `${text.split('\n').length}, ${text.split('---\n').length - 1}`],
    ['parsing all of it once with yaml', ms(whole)],
    ['first lint', ms(first)],
    ['keystroke to findings, p50', `${ms(at(0.5))}  (${(whole / at(0.5)).toFixed(0)} x less than that parse)`],
    ['p95', ms(at(0.95))],
    ['worst', ms(at(1 - 1 / samples.length))],
  ]);
}

function cold(name: string, files: readonly [string, string][]): void {
  const bytes = files.reduce((sum, [, text]) => sum + text.length, 0);
  let workspace = Workspace.empty;
  const reading = time(() => {
    workspace = Workspace.empty.update(files);
  });
  const linter = new Linter(rules);
  let findings = 0;
  const linting = time(() => {
    findings = linter.lint(workspace, defaultConfig).length;
  });
  const again = time(() => linter.lint(workspace, defaultConfig));
  const resources = [...workspace.files.values()].reduce((sum, file) => sum + file.resources.length, 0);
  table(name, [
    ['files, MB', `${files.length}, ${(bytes / 1e6).toFixed(1)}`],
    ['resources, views, findings', `${resources}, ${workspace.views.length}, ${findings}`],
    ['reading and grouping', ms(reading)],
    ['linting', `${ms(linting)}  (${((linting * 1000) / Math.max(1, resources)).toFixed(0)} us a resource)`],
    ['linting again, nothing changed', ms(again)],
    ['heap', `${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`],
  ]);
}

/** Each rule alone on the made cluster, the dearest first. */
function slowestRules(): void {
  const workspace = Workspace.empty.update(made(300));
  new Linter(rules).lint(workspace, defaultConfig);
  const costs = rules.map(rule => ({
    rule: rule.id,
    cost: time(() => new Linter([rule]).lint(workspace, defaultConfig)),
  }));
  costs.sort((a, b) => b.cost - a.cost);
  table(
    'the dearest rules, each alone, 300 applications',
    costs.slice(0, 8).map(({ rule, cost }) => [rule, ms(cost)]),
  );
}

function made(count: number): [string, string][] {
  return Array.from({ length: count }, (_, i) => [`app-${i}/all.yaml`, applicationNamed(`a${i}`)]);
}

function applicationNamed(name: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: team-${name.length}
  labels: { app: ${name} }
spec:
  replicas: 2
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: main
          image: example.test/${name}:1.2
          env:
            - name: NEXT_URL
              value: http://${name}:8080/next
            - name: LOG_LEVEL
              value: info
          ports:
            - { name: http, containerPort: 8080 }
          readinessProbe:
            httpGet: { path: /ready, port: http }
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: team-${name.length}
spec:
  selector: { app: ${name} }
  ports:
    - { name: http, port: 8080, targetPort: http }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-settings
  namespace: team-${name.length}
data:
  key: value
  text: |
    some lines
    of text
`;
}

function read(folder: string): [string, string][] {
  const disk = new Disk(path.resolve(folder));
  return [...disk.list()].flatMap((file): [string, string][] => {
    const content = disk.read(file);
    return content && 'text' in content ? [[file, content.text]] : [];
  });
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function table(title: string, rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`${title}\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n`);
}
