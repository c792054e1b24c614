import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildOf, type Unknown } from '../deploy/build';
import { Sources } from '../deploy/sources';
import { plain } from '../deploy/value';
import type { Node } from '../yaml/node';
import { printBlock, usualLayout } from '../yaml/print';

/**
 * Prints the objects that a kustomization is built to, as `kubectl kustomize` does; but names of generated objects end
 * without the hash of their content. What can't be followed is said on standard error.
 */
export function renderCommand(folder: string): number {
  const root = path.resolve(folder);
  if (!fs.existsSync(root)) throw new Error(`${folder}: there is no such folder`);
  const built = buildOf('', new Sources(reference => textOf(path.join(root, reference))));
  if (built === undefined) throw new Error(`${folder}: there is no kustomization in it`);
  for (const unknown of built.unknown) process.stderr.write(`${noteOf(unknown)}\n`);
  const texts = built.objects.map(({ value }) => printBlock(plain(value), usualLayout).join('\n'));
  process.stdout.write(texts.map(text => `${text}\n`).join('---\n'));
  return 0;
}

function textOf(file: string): string | undefined {
  try {
    return fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : undefined;
  } catch {
    return undefined;
  }
}

const noteOf = ({ message, at }: Unknown) =>
  `not followed: ${pathOf(at)}${at.text === undefined ? '' : ` '${at.text}'`}: ${message}`;

/** `patches[0]`: where in its kustomization a node stands. */
function pathOf({ key, parent }: Node): string {
  if (key === undefined || parent === undefined) return '';
  const above = pathOf(parent);
  return typeof key === 'number' ? `${above}[${key}]` : above === '' ? key : `${above}.${key}`;
}
