/**
 * The peer in the editor. It is no dependency: nothing but the bench wants it, it brings prettier, and it asks for a
 * newer Node than we do, though it runs on ours. The bench installs it beside its lock file, once.
 */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Wishes } from './editor';
import { kubernetesSchema } from './kubernetes-schema';
import { type Program, root } from './processes';

export interface Peer {
  readonly version: string;
  readonly program: Program;
  readonly wishes: Wishes;
}

/** Milliseconds that it waits after an edit before it begins. */
export const debounce = 200;

const folder = path.join(root, 'bench', 'peers');
const modules = path.join(folder, 'node_modules');
const server = path.join(modules, 'yaml-language-server');

/** Installed, unless it is already; undefined where npm can't. */
export function yamlLanguageServer(): Peer | undefined {
  if (!isInstalled()) {
    console.error('Installing yaml-language-server for the bench; this happens once.');
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) return undefined;
  }
  const { version }: { readonly version: string } = JSON.parse(
    fs.readFileSync(path.join(server, 'package.json'), 'utf8'),
  );
  return { version, program: [path.join(server, 'bin', 'yaml-language-server'), '--stdio'], wishes: wishes() };
}

/** npm writes its own list last, and it is older than a lock file that has changed since. */
function isInstalled(): boolean {
  const list = fs.statSync(path.join(modules, '.package-lock.json'), { throwIfNoEntry: false });
  return list !== undefined && list.mtimeMs >= fs.statSync(path.join(folder, 'package-lock.json')).mtimeMs;
}

/** With its schema of Kubernetes for all files; it reaches no network, and asks the editor for what it would fetch. */
function wishes(): Wishes {
  const { all, definitions } = kubernetesSchema(path.join(modules, 'kubernetes-types'));
  const yaml = {
    validate: true,
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: true, url: 'https://crd.invalid' },
    schemas: { kubernetes: ['*.yaml', '*.yml'] },
  };
  return {
    settings: { yaml },
    content: uri => {
      if (/\/all\.json$/.test(uri)) return all;
      return /\/_definitions\.json(?:#|$)/.test(uri) ? definitions : '{}';
    },
  };
}
