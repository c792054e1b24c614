import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

/** A folder with files, in which the command line runs; a bundle of its own, as other tests run beside it. */
export function commandLine() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-hostile-'));
  const cli = path.join(folder, 'cli.js');
  beforeAll(async () => {
    await build({
      entryPoints: [path.resolve(__dirname, '../server/src/cli/main.ts')],
      outfile: cli,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
    });
    fs.chmodSync(folder, 0o755);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    const full = path.join(folder, name);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
    return full;
  }

  function spawned(where: string, args: readonly string[], id: { uid?: number; gid?: number; input?: string }) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=300', cli, ...args], {
      cwd: path.join(folder, where),
      encoding: 'utf8',
      timeout: 30_000,
      ...id,
    });
    return { stdout, stderr, status };
  }

  return {
    folder,
    write,
    /** In a folder of the folder; it has half a minute and little memory. */
    run: (where: string, ...args: readonly string[]) => spawned(where, args, {}),
    /** The same with something on standard input. */
    pipe: (where: string, input: string, ...args: readonly string[]) => spawned(where, args, { input }),
    /** The same by somebody who may not do everything, as root may. */
    runAsNobody: (where: string, ...args: readonly string[]) =>
      spawned(where, args, process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
  };
}
