// Starts VS Code's server on a free loopback port with a throw-away profile: nothing of the user's own VS Code is
// read or written, and no request leaves the machine.

import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locateBuild } from './builds.mjs';
import { atExit, scratchFolder } from './cleanup.mjs';

/** A release build ignores the page's extensionDevelopmentPath and extensionTestsPath without this flag. */
export const testDriver = '--enable-smoke-test-driver';

// Without the chat settings VS Code 1.139 starts an agent host and a 155 MB runtime on the first page.
export const quietSettings = {
  'chat.agentHost.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Starts the build of this name and waits until it answers.
 * `vsix`: packages to install first; `flags`: more arguments; `settings`, `env`: on top of the usual ones.
 */
export async function startServer({ build: name, vsix = [], flags = [], settings = {}, env = {}, port }) {
  const build = locateBuild(name);
  const home = scratchFolder();
  const userFolder = path.join(home, 'data', 'User');
  fs.mkdirSync(userFolder, { recursive: true });
  fs.writeFileSync(path.join(userFolder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));

  const profile = ['--server-data-dir', home, '--extensions-dir', path.join(home, 'extensions')];
  const base = [build.serverMain, '--accept-server-license-terms', '--telemetry-level', 'off', ...profile];
  const options = { cwd: build.vscodeFolder, env: { ...environment(home), ...env } };
  for (const file of vsix) install(build, base, options, file);

  const chosen = port ?? (await freePort());
  const address = ['--host', '127.0.0.1', '--port', String(chosen), '--without-connection-token'];
  const logFile = path.join(home, 'server.log');
  const log = fs.openSync(logFile, 'a');
  const child = spawn(build.nodeBinary, [...base, ...address, '--disable-workspace-trust', ...flags], {
    ...options,
    detached: true,
    stdio: ['ignore', log, log],
  });
  const gone = new Promise(resolve => child.once('exit', resolve));
  // The server forks an extension host, a file watcher and more: signal the whole group of processes.
  const signalAll = signal => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // All of them are gone.
    }
  };
  atExit(() => signalAll('SIGKILL'));
  const stop = async () => {
    signalAll('SIGTERM');
    await Promise.race([gone, sleep(3000, undefined, { ref: false })]);
    signalAll('SIGKILL');
  };

  const origin = `http://127.0.0.1:${chosen}`;
  await answers(`${origin}/version`, child, () => fs.readFileSync(logFile, 'utf8').slice(-4000));
  return { origin, authority: `127.0.0.1:${chosen}`, vscode: build.vscode, stop };
}

// HOME and TMPDIR: no profile is read and no socket is left behind. An empty gallery: no page asks a marketplace.
function environment(home) {
  const temporary = path.join(home, 'tmp');
  fs.mkdirSync(temporary, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|XDG_RUNTIME_DIR$)/.test(name));
  const own = { HOME: home, TMPDIR: temporary, EXTENSIONS_GALLERY: '{"serviceUrl":""}', VSCODE_HANDLES_SIGPIPE: '1' };
  return { ...Object.fromEntries(inherited), ...own };
}

function install(build, base, options, file) {
  const args = [...base, '--install-extension', path.resolve(file), '--force'];
  const output = execFileSync(build.nodeBinary, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (!output.includes('successfully installed')) throw new Error(`VS Code did not install ${file}:\n${output}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url, child, logTail) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const ok = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (ok) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`VS Code did not start:\n${logTail()}`);
    await sleep(100);
  }
}
