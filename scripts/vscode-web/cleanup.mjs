// What a script leaves behind is taken away however it ends: by its end, by an error, or by Ctrl+C.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const tasks = [];

/** Runs `task` (synchronous) when the process ends; the last one first. */
export function atExit(task) {
  if (tasks.length === 0) {
    process.once('exit', () => {
      for (const each of tasks.reverse()) each();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  }
  tasks.push(task);
}

/** A new empty folder outside of the repository that is deleted at the end. */
export function scratchFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-'));
  atExit(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
