// Installs a VS Code build from the npm registry, once. Install scripts are skipped (they want compilers, libkrb5 and
// GitHub); afterwards only the two native modules that make a difference are compiled, where a compiler is at hand.
//
//   node scripts/vscode-web/setup.mjs [latest] [oldest]

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { locateBuild } from './builds.mjs';

const ripgrep = '@vscode/ripgrep-universal@1.18.0';

/** Makes the build of this name ready to start. */
export function setUpBuild(name) {
  const build = locateBuild(name);
  if (fs.existsSync(build.stamp) && fs.existsSync(build.nodeBinary)) return;
  const start = Date.now();
  console.log(`Installing VS Code ${build.vscode} from npm (code-server ${build.codeServer}); this happens once.`);
  if (!fs.existsSync(build.nodeBinary)) installNode(build);
  installServer(build);
  compileNativeModules(build);
  provideRipgrep(build);
  fs.writeFileSync(build.stamp, `${new Date().toISOString()}\n`);
  console.log(`VS Code ${build.vscode} is ready after ${((Date.now() - start) / 1000).toFixed(0)} s.`);
}

function installNode(build) {
  emptyPackage(build.nodeFolder);
  npm(build.nodeFolder, ['install', '--foreground-scripts', `node@${build.node}`]);
}

function installServer(build) {
  emptyPackage(build.folder);
  npm(build.folder, ['install', '--ignore-scripts', `code-server@${build.codeServer}`]);
  npm(build.vscodeFolder, ['install', '--ignore-scripts', '--omit=dev']);
  npm(path.join(build.vscodeFolder, 'extensions'), ['install', '--ignore-scripts', '--omit=dev']);
}

// Without spdlog every Output channel is blank; without the watchdog an extension host can outlive a killed server.
function compileNativeModules(build) {
  const wanted = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];
  const present = wanted.filter(name => fs.existsSync(path.join(build.vscodeFolder, 'node_modules', name)));
  const headers = headersOf(build);
  const env = { PATH: `${path.dirname(build.nodeBinary)}${path.delimiter}${process.env.PATH}` };
  try {
    npm(build.vscodeFolder, ['rebuild', ...present], headers ? { ...env, npm_config_nodedir: headers } : env, 'pipe');
  } catch {
    console.warn('No python3, make and g++ here: VS Code runs, but its Output channels stay blank.');
  }
}

// The headers beside the Node that will load the modules; node-gyp would download them from nodejs.org.
function headersOf(build) {
  const packages = path.join(build.nodeFolder, 'node_modules', 'node', 'node_modules');
  const homes = build.runsOnThisNode
    ? [path.resolve(process.execPath, '..', '..')]
    : fs.readdirSync(packages).map(name => path.join(packages, name));
  return homes.find(home => fs.existsSync(path.join(home, 'include', 'node', 'node_api.h')));
}

// Older builds download ripgrep (which is `workspace.findFiles`) from GitHub while installing; npm has it as well.
function provideRipgrep(build) {
  const old = path.join(build.vscodeFolder, 'node_modules', '@vscode', 'ripgrep');
  if (!fs.existsSync(old)) return;
  npm(build.folder, ['install', '--ignore-scripts', ripgrep]);
  const platform = `${process.platform}-${process.arch}`;
  const binaries = path.join(build.folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', platform);
  fs.cpSync(binaries, path.join(old, 'bin'), { recursive: true });
}

function emptyPackage(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
}

function npm(cwd, args, env = {}, stdio = ['ignore', 'ignore', 'inherit']) {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    stdio,
    env: { ...process.env, npm_config_global: 'false', ...env },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : ['latest']) setUpBuild(name);
}
