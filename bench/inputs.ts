/** What is measured on: real manifests where they are at hand, else made ones. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sharedFolder } from '../test/shared';

export type Files = readonly (readonly [path: string, text: string])[];

export interface Input {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly isMade: boolean;
}

const sixRepositories = [
  'argoproj__argo-cd',
  'GoogleCloudPlatform__microservices-demo',
  'nginx__kubernetes-ingress',
  'prometheus-operator__kube-prometheus',
  'projectcontour__contour',
  'kubernetes__ingress-nginx',
];

const scratches: string[] = [];
process.once('exit', () => {
  for (const folder of scratches) fs.rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

/** A new empty folder that is gone at the end. */
export function scratch(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-bench-'));
  scratches.push(folder);
  return folder;
}

/** The folder that was asked for, else the shared corpus, else 2,000 made applications. */
export function corpus(asked: string | undefined): Input {
  const folder = asked === undefined ? sharedFolder('corpus') : path.resolve(asked);
  if (folder !== undefined) return { name: asked ?? 'the corpus', folder, isMade: false };
  return { name: '2,000 made files', folder: written(applications(2000)), isMade: true };
}

/** Up to 1,000 files of six repositories of the corpus; made ones without it. */
export function thousand({ folder, isMade }: Input): Input {
  const there = sixRepositories.filter(name => fs.existsSync(path.join(folder, name)));
  if (isMade || there.length === 0)
    return { name: '1,000 made files', folder: written(applications(1000)), isMade: true };
  const share = Math.ceil(1000 / there.length);
  const byRepository = there.map(name => manifestsIn(path.join(folder, name)));
  // What small repositories lack, the others give.
  const files = [
    ...byRepository.flatMap(all => all.slice(0, share)),
    ...byRepository.flatMap(all => all.slice(share)),
  ].slice(0, 1000);
  const target = scratch();
  for (const file of files) {
    const copy = path.join(target, path.relative(folder, file));
    fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(file, copy);
  }
  return { name: `${files.length} files of ${there.length} repositories`, folder: target, isMade: false };
}

/** One file of 10,000 lines. */
export function longFile(): Input {
  const text = documents(applications(650)).split('\n').slice(0, 10_000).join('\n');
  return { name: 'one file of 10,000 lines', folder: written([['all.yaml', text]]), isMade: true };
}

export function manifestsIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
    .map(file => path.join(folder, file))
    .filter(file => fs.statSync(file).isFile());
}

/** Writes files to a new folder. */
export function written(files: Files): string {
  const folder = scratch();
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** All of these in one text. */
export function documents(files: Files): string {
  return files.map(([, text]) => text).join('');
}

/** Applications of one cluster in 20 namespaces, each in a file. */
export function applications(count: number): Files {
  return Array.from({ length: count }, (_, i) => [`team-${i % 20}/a${i}/all.yaml`, application(`a${i}`, i % 20)]);
}

function application(name: string, team: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: team-${team}
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
  namespace: team-${team}
spec:
  selector: { app: ${name} }
  ports:
    - { name: http, port: 8080, targetPort: http }
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-settings
  namespace: team-${team}
data:
  key: value
  text: |
    some lines
    of text
`;
}
