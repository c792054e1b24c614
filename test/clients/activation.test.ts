import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { activationEvents } from '../../package.json';

const globs = activationEvents.flatMap(event => /^workspaceContains:(.*)/.exec(event)?.[1] ?? []);
const starts = (files: readonly string[]) =>
  files.some(file => globs.some(glob => picomatch.isMatch(file, glob, { dot: true })));

test('VS Code starts the extension for folders of manifests, without a document that is open', () => {
  const folders = [
    ['web.yaml'],
    ['ingress.yml', 'README.md'],
    ['k8s/web.json'],
    ['app/overlays/prod/kustomization.yaml'],
    ['app/Kustomization'],
    ['charts/dns/Corefile'],
    ['team/.kube-netlint.yaml'],
    ['deploy/prod/web.yaml'],
  ];
  expect(folders.filter(files => !starts(files))).toEqual([]);
});

test('VS Code does not start it for every folder, but for each document that may be a manifest', () => {
  expect(starts(['package.json', 'src/main.ts', '.github/workflows/ci.yaml', 'tsconfig.json'])).toBe(false);
  expect(activationEvents).toEqual(expect.arrayContaining(['onLanguage:yaml', 'onLanguage:json']));
});
