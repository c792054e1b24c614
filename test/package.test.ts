/** What is published: what is in it, that it is the same when it is made again, and that it works where nothing else is. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isThorough } from './thorough';

const root = path.resolve(__dirname, '..');
const rules = path.join(root, 'server', 'src', 'rules');
const script = (name: string) => import(/* @vite-ignore */ pathToFileURL(path.join(root, 'scripts', name)).href);
const { npm }: { readonly npm: (args: readonly string[], cwd?: string) => SpawnSyncReturns<string> } =
  await script('run.mjs');
const { published }: { readonly published: Readonly<Record<string, { readonly outfile: string }>> } =
  await script('bundles.mjs');

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
  readonly engines: { readonly node: string };
}
const manifest: Manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

test('what the extension is made of is packed', () => {
  const { cli, ...parts } = published;
  expect(manifest.files).toEqual(expect.arrayContaining(Object.values(parts).map(({ outfile }) => outfile)));
  expect(manifest.files).not.toContain(cli?.outfile);
});

describe.runIf(isThorough)('the packages', () => {
  const vsix = path.join(root, 'dist', 'kube-netlint.vsix');
  const tgz = path.join(root, 'dist', 'kube-netlint.tgz');
  const schemas = filesIn(path.join(root, 'schemas'));
  const enginePages = filesIn(path.join(rules, '..', 'lint', 'pages'));
  const pages = filesIn(rules).filter(file => file.endsWith('.md'));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-package-'));
  const installed = path.join(folder, 'node_modules', 'kube-netlint');
  const command = path.join(folder, 'node_modules', '.bin', 'kube-netlint');
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  function packed() {
    fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
    const { status, stderr } = npm(['run', 'package']);
    expect(status, stderr).toBe(0);
    return { vsix: fs.readFileSync(vsix), tgz: fs.readFileSync(tgz) };
  }

  beforeAll(() => {
    packed();
    const { status, stderr } = npm(['install', '--offline', '--no-audit', '--no-fund', tgz], folder);
    expect(status, stderr).toBe(0);
  });

  function run(args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  test('the extension has its own files and no others', () => {
    expect(filesInZip(fs.readFileSync(vsix)).filter(file => !file.startsWith('extension/server/'))).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/NOTICE',
      'extension/changelog.md',
      'extension/dist/THIRD-PARTY-LICENSES',
      'extension/dist/engine.js',
      'extension/dist/extension.js',
      'extension/dist/map.css',
      'extension/dist/map.js',
      'extension/dist/server.js',
      'extension/dist/web/extension.js',
      'extension/dist/web/server.js',
      'extension/docs/images/dark/finding.png',
      'extension/docs/images/dark/fix.png',
      'extension/docs/images/dark/map.png',
      'extension/docs/images/dark/new-file.png',
      'extension/docs/images/dark/problems.png',
      'extension/docs/images/dark/reach.png',
      'extension/docs/images/dark/snippet.png',
      'extension/docs/images/icon.png',
      'extension/docs/walkthrough/findings.md',
      'extension/docs/walkthrough/fixes.md',
      'extension/docs/walkthrough/policies.md',
      'extension/docs/walkthrough/snippets.md',
      'extension/package.json',
      'extension/readme.md',
      ...schemas.map(file => `extension/schemas/${file}`),
      'extension/snippets/kube-netlint.json',
      'extension/snippets/package.json',
      'extension/snippets/parts.json',
      'extension/syntaxes/corefile-in-yaml.tmLanguage.json',
      'extension/syntaxes/corefile.language-configuration.json',
      'extension/syntaxes/corefile.tmLanguage.json',
    ]);
    const ofServer = filesInZip(fs.readFileSync(vsix)).filter(file => file.startsWith('extension/server/'));
    const own = [...pages.map(page => `rules/${page}`), ...enginePages.map(page => `lint/pages/${page}`)];
    expect(ofServer).toEqual(own.map(page => `extension/server/src/${page}`).sort());
  });

  test('the command line has its own files and no others, and needs nothing', () => {
    expect(filesIn(installed).filter(file => !file.startsWith('rules/'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'THIRD-PARTY-LICENSES',
      'cli.js',
      'map.css',
      'map.js',
      'package.json',
      ...schemas.map(file => `schemas/${file}`),
    ]);
    expect(filesIn(path.join(installed, 'rules'))).toEqual([...pages, ...enginePages].sort());
    expect(fs.readdirSync(path.join(folder, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual([
      'kube-netlint',
    ]);
    expect(fs.statSync(tgz).size).toBeLessThan(1_000_000);
    const own: Manifest = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8'));
    expect(own).toMatchObject({ version: manifest.version, engines: { node: manifest.engines.node } });
  });

  test('they are the same when they are made again', () => {
    const first = { vsix: fs.readFileSync(vsix), tgz: fs.readFileSync(tgz) };
    const again = packed();
    expect(again.vsix.equals(first.vsix)).toBe(true);
    expect(again.tgz.equals(first.tgz)).toBe(true);
  });

  describe('in an empty folder', () => {
    const ports = [{ port: 80 }, { name: 'metrics', port: 9090 }];
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports } };
    const spec = { containers: [{ name: 'web', image: 'web:1' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec };
    const texts = [service, pod].map(object => JSON.stringify(object, null, 2));
    beforeAll(() => fs.writeFileSync(path.join(folder, 'web.yaml'), texts.join('\n---\n')));

    test('it says its version', () => expect(run(['--version']).stdout).toBe(`${manifest.version}\n`));

    test('it lints', () => {
      const { status, stdout } = run(['--format', 'json', 'web.yaml']);
      expect(status).toBe(1);
      expect(stdout).toContain('service/unnamed-port');
    });

    test('it fixes', () => {
      run(['--fix', 'web.yaml']);
      expect(fs.readFileSync(path.join(folder, 'web.yaml'), 'utf8')).toMatch(/name: http|"name": "http"/);
    });

    test('it explains a rule, from its own copy of the page', () => {
      const { status, stdout } = run(['explain', 'coredns/missing-cache']);
      expect(status).toBe(0);
      expect(stdout.length).toBeGreaterThan(500);
    });

    test('it tells connections', () => {
      expect(run(['connectivity', 'web.yaml'])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('shop/web[Pod]'),
      });
    });

    test('it is a language server', async () => {
      const server = spawn(command, ['server', '--stdio'], { cwd: folder });
      const exit = once(server, 'exit');
      const send = (message: object) => {
        const text = JSON.stringify({ jsonrpc: '2.0', ...message });
        server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      };
      send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
      let output = '';
      server.stdout.on('data', chunk => {
        output += chunk;
      });
      await vi.waitFor(() => expect(output).toContain('"codeActionProvider"'), 60_000);
      send({ id: 2, method: 'shutdown' });
      send({ method: 'exit' });
      expect(await exit).toEqual([0, null]);
    });
  });
});

function filesIn(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
  const paths = files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
  return paths.map(file => file.replaceAll(path.sep, '/')).sort();
}

/** The names in the directory at the end of a zip file. */
function filesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\x05\x06');
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.sort();
}
