import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const shared = resolve(__dirname, '..', '..', 'shared');

/**
 * A folder of real manifests that lies beside the repository where it is developed; undefined elsewhere. Tests that
 * want it are skipped there, say so, and count as skipped.
 */
export function sharedFolder(name: string): string | undefined {
  const folder = resolve(shared, name);
  if (existsSync(folder)) return folder;
  console.info(`Skipped what wants the folder shared/${name}: it does not lie beside this repository.`);
  return undefined;
}
