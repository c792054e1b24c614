import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './command-line';

const { folder, write, run } = commandLine();

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "a:1", env: [{name: API_URL, value: "http://api"}]}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {containers: [{name: api, image: "b:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80}]}
`;

const denial = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

beforeAll(async () => {
  // The page and its styles lie beside the program.
  const { published } = await import(pathToFileURL(path.resolve(__dirname, '../scripts/bundles.mjs')).href);
  for (const bundle of [published.map, published.mapStyles]) {
    await build({ ...bundle, outfile: path.join(folder, path.basename(bundle.outfile)) });
  }
  write('app/all.yaml', manifests);
  write('two/base/kustomization.yaml', 'resources: [all.yaml]\n');
  write('two/base/all.yaml', manifests);
  write('two/dev/kustomization.yaml', 'resources: [../base]\nlabels: [{pairs: {env: dev}}]\n');
  write('two/prod/kustomization.yaml', 'resources: [../base, deny.yaml]\nlabels: [{pairs: {env: prod}}]\n');
  write('two/prod/deny.yaml', denial);
  write('none/map.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
});

describe('map', () => {
  test.each([
    ['map.html', /^<!doctype html>/],
    ['map.svg', /^<svg /],
    ['map.mmd', /^flowchart LR\n/],
    ['map.dot', /^digraph /],
    ['map.json', /^\{\n/],
  ])('writes %s', (file, beginning) => {
    expect(run('.', 'map', 'app', '-o', file)).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(fs.readFileSync(path.join(folder, file), 'utf8')).toMatch(beginning);
  });

  test('prints Mermaid where no file is named, for what reads Markdown', () => {
    expect(run('.', 'map', 'app').stdout).toContain('n1 -->|"TCP 80"| n0');
  });

  test('a page lets in its own script and styles alone, and is small', () => {
    run('.', 'map', 'app', '-o', 'map.html');
    const page = fs.readFileSync(path.join(folder, 'map.html'), 'utf8');
    const [script, style] = [/<script>([\s\S]*)<\/script>\n<\/body>/, /<style>([\s\S]*?)<\/style>/].map(
      each => each.exec(page)?.[1] ?? '',
    );
    const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toContain(`default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)};`);
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/\b(?:src|href)=["']?https?:/);
    expect(page.length).toBeLessThan(800_000);
  });

  test('alternatives are a map each, and a drawing is of one of them', () => {
    const { maps } = JSON.parse(run('two', 'map', '.', '--format', 'json').stdout);
    expect(maps.map(({ name }: { readonly name: string }) => name)).toEqual(['dev', 'prod']);
    expect(run('two', 'map', '.', '-o', 'x.svg')).toMatchObject({
      status: 2,
      stderr:
        "kube-netlint: these are alternatives, of which one can be drawn; say --build with one of 'dev', 'prod'\n",
    });
    expect(run('two', 'map', '.', '--format', 'dot', '--build', 'prod').status).toBe(0);
    expect(run('two', 'map', '.', '--format', 'dot', '--build', 'test').stderr).toContain("there is no build 'test'");
  });

  test('says what it can not draw, and writes nothing then', () => {
    expect(run('.', 'map', 'none', '-o', 'none.svg')).toMatchObject({
      status: 2,
      stderr: 'kube-netlint: none: no pods in its manifests, so there is no network to draw\n',
    });
    expect(fs.existsSync(path.join(folder, 'none.svg'))).toBe(false);
    expect(run('.', 'map', 'app', '-o', 'map.png').stderr).toContain('map.png: the ending says the format');
    expect(run('.', 'map', 'nowhere', '-o', 'map.svg').stderr).toContain('nowhere: there is no such file or folder');
    write('file', '');
    expect(run('.', 'map', 'app', '-o', 'file/map.svg')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('was not written'),
    });
  });
});
