// Debian's packages, for what the tests need of a machine.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

export function isDebian() {
  const release = '/etc/os-release';
  return fs.existsSync(release) && /^ID=debian$/m.test(fs.readFileSync(release, 'utf8'));
}

/** Installs packages. Where that takes rights this user lacks, the error says what to run. */
export function installPackages(what, packages) {
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '--non-interactive'];
  try {
    console.log(`Installing ${what} from Debian; this happens once.`);
    run([...asRoot, 'apt-get', 'update', '--quiet=2']);
    run([...asRoot, 'apt-get', 'install', '--yes', '--quiet=2', '--no-install-recommends', ...packages]);
  } catch {
    throw new Error(`No ${what}. Run: sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`);
  }
}

/** Runs a program whose output nobody wants to read. */
export function run([command, ...args]) {
  execFileSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
