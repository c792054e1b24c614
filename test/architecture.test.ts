import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(__dirname, '..');
const source = path.join(root, 'server', 'src');

/** Who may import whom: the table of ARCHITECTURE.md. `npm:` names packages, `schemas` the folder of that name. */
const allowed: Record<string, readonly string[]> = {
  text: [],
  yaml: ['text', 'npm:yaml'],
  corefile: ['text'],
  kube: ['yaml', 'corefile', 'text'],
  network: ['kube', 'yaml', 'text'],
  schema: ['kube', 'yaml', 'text', 'schemas'],
  workspace: ['kube', 'yaml', 'text'],
  lint: ['workspace', 'kube', 'yaml', 'text', 'schemas', 'npm:ajv', 'npm:picomatch'],
  rules: ['lint', 'network', 'kube', 'corefile', 'yaml', 'schema', 'text'],
  assist: ['lint', 'network', 'workspace', 'kube', 'corefile', 'schema', 'yaml', 'text', 'rules'],
  host: ['text', 'npm:ignore', 'node'],
  lsp: ['*', 'node', 'npm:vscode-languageserver', 'npm:vscode-languageserver-textdocument', 'npm:vscode-uri'],
  cli: ['*', 'node', 'npm:commander', 'npm:picocolors', 'npm:diff'],
};

const files = fs
  .readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.ts'));

const imports = /^(?:import|export)\s[^;'"]*?from '([^'\n]+)'|\bimport\('([^'\n]+)'\)|^import '([^'\n]+)'/gm;

test('every room imports only what it may', () => {
  const faults = files.flatMap(file => {
    const room = file.split('/')[0] ?? '';
    const rights = allowed[room] ?? [];
    const text = fs.readFileSync(path.join(source, file), 'utf8');
    return [...text.matchAll(imports)].flatMap(([, from, lazy, bare]) => {
      const target = from ?? lazy ?? bare ?? '';
      const other = roomOf(file, target);
      const isInside = other === room || (rights.includes('*') && !other.startsWith('npm:') && other !== 'node');
      return isInside || rights.includes(other) ? [] : [`${file} imports ${target} (${other})`];
    });
  });
  expect(faults).toEqual([]);
});

function roomOf(file: string, target: string): string {
  if (target.startsWith('node:')) return 'node';
  if (!target.startsWith('.'))
    return `npm:${target
      .split('/')
      .slice(0, target.startsWith('@') ? 2 : 1)
      .join('/')}`;
  const full = path.relative(source, path.resolve(source, path.dirname(file), target)).split(path.sep);
  return full[0] === '..' ? (full.find(step => step !== '..') ?? '') : (full[0] ?? '');
}

test('no file that is written by hand is longer than 300 lines', () => {
  const long = files
    .filter(file => !file.endsWith('.generated.ts') && file !== 'rules/index.ts')
    .map(file => ({ file, lines: fs.readFileSync(path.join(source, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('the lock file names no registry host', () => {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const hosts = new Set([...lock.matchAll(/"resolved": "https?:\/\/([^/"]+)/g)].map(match => match[1]));
  expect([...hosts]).toEqual([]);
});
