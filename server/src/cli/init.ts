import * as fs from 'node:fs';
import * as path from 'node:path';
import { createText } from '../host/read';
import { newConfig } from '../lint/new-config';
import { configName } from '../workspace/config-names';
import { configPathsIn } from '../workspace/source-file';

/** Writes a config file where there is none. */
export function initCommand(): number {
  const there = configPathsIn('').find(name => fs.existsSync(name));
  const reason = there === undefined ? createText(path.resolve(configName), newConfig) : `${there} exists already`;
  if (reason !== undefined) throw new Error(`${configName} was not written: ${reason}`);
  process.stdout.write(`Wrote ${configName}.\n`);
  return 0;
}
