// The editors of the tests: those that are installed, else Debian's.

import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { installPackages, isDebian, run } from '../../../scripts/debian.mjs';
import { root } from '../../../scripts/vscode-web/builds.mjs';

const cache = path.join(root, '.editors');
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The command of an Emacs with Eglot; undefined where none can be had. */
export function setUpEmacs() {
  const emacs = process.env.EMACS_PATH ?? 'emacs';
  const hasEglot = () =>
    spawnSync(emacs, ['--batch', '--eval', "(progn (package-initialize) (require 'eglot))"]).status === 0;
  if (hasEglot()) return [emacs];
  if (!isDebian()) return undefined;
  if (spawnSync(emacs, ['--version']).status !== 0) installPackages('Emacs', ['emacs-nox']);
  if (!hasEglot()) installPackages('Eglot', ['elpa-eglot']); // Emacs has it from version 29 on
  return [emacs];
}

/** The command of a Neovim that has `vim.lsp.config`, so 0.11 or later; undefined where none can be had. */
export function setUpNeovim() {
  const installed = process.env.NVIM_PATH ?? 'nvim';
  const { status } = spawnSync(installed, [
    '--headless',
    '--clean',
    '+lua if not vim.lsp.config then vim.cmd.cquit() end',
    '+q',
  ]);
  if (status === 0) return [installed];
  const mirror = debianMirror();
  if (mirror === undefined) return undefined;
  try {
    return fetchNeovim(mirror);
  } catch (error) {
    throw new Error(`No Neovim 0.11 or later. Put one on the PATH, or name it in NVIM_PATH. (${error.message})`);
  }
}

// Debian's next release has it. Its packages lie in a folder of their own, with the libraries that they want, so that
// nothing of the system changes, and nobody has to be root.
function fetchNeovim(mirror) {
  const folder = path.join(cache, 'neovim');
  const files = path.join(folder, 'root');
  const command = neovimIn(files);
  if (command) return command;
  console.log('Fetching Neovim from Debian; this happens once.');
  fs.rmSync(folder, { recursive: true, force: true });
  for (const name of ['lists/partial', 'archives/partial', 'unpacked'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  const sources = path.join(folder, 'sources.list');
  fs.writeFileSync(sources, `deb [signed-by=${keyring}] ${mirror} testing main\n`);
  fs.writeFileSync(path.join(folder, 'status'), ''); // as if nothing were installed
  const settings = {
    'Dir::State': folder,
    'Dir::State::status': path.join(folder, 'status'),
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': folder,
    'Dir::Cache::archives': path.join(folder, 'archives'),
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Sandbox::User': '',
    'Debug::NoLocking': 'true',
  };
  const apt = [
    'apt-get',
    '--quiet=2',
    ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ];
  run([...apt, 'update']);
  run([...apt, 'install', '--yes', '--download-only', '--no-install-recommends', 'neovim']);
  const archives = path.join(folder, 'archives');
  const unpacked = path.join(folder, 'unpacked');
  for (const name of fs.readdirSync(archives).filter(name => name.endsWith('.deb')))
    run(['dpkg-deb', '--extract', path.join(archives, name), unpacked]);
  fs.renameSync(unpacked, files); // last: a folder without it is half fetched
  for (const name of ['lists', 'archives']) fs.rmSync(path.join(folder, name), { recursive: true });
  return neovimIn(files);
}

// It is started by its own loader, with its own libraries.
function neovimIn(files) {
  const binary = path.join(files, 'usr', 'bin', 'nvim');
  if (!fs.existsSync(binary)) return undefined;
  const libraries = fs
    .readdirSync(path.join(files, 'usr', 'lib'))
    .map(name => path.join(files, 'usr', 'lib', name))
    .find(folder => /-linux-gnu/.test(folder));
  const loader = fs.readdirSync(libraries).find(name => /^ld-linux.*\.so/.test(name));
  const runtime = path.join(files, 'usr', 'share', 'nvim', 'runtime');
  return ['env', `VIMRUNTIME=${runtime}`, path.join(libraries, loader), '--library-path', libraries, binary];
}

/** Where this machine gets its packages from. */
function debianMirror() {
  if (!isDebian() || !fs.existsSync(keyring)) return undefined;
  const format = '$(CREATED_BY) $(REPO_URI)';
  const targets = execFileSync('apt-get', ['indextargets', '--format', format], { encoding: 'utf8' });
  return /^Packages (\S+\/debian\/)$/m.exec(targets)?.[1];
}
