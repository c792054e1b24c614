import * as path from 'node:path';
import { buildOf, type Unknown } from '../deploy/build';
import { Sources } from '../deploy/sources';
import { plain } from '../deploy/value';
import { Disk } from '../host/disk';
import { join } from '../text/paths';
import type { Node } from '../yaml/node';
import { printBlock, usualLayout } from '../yaml/print';

/**
 * Prints the objects that a kustomization is built to, as `kubectl kustomize` does; but names of generated objects end
 * without the hash of their content. What can't be followed is said on standard error.
 */
export function renderCommand(folder: string): number {
  const disk = new Disk(process.cwd());
  if (!disk.isFolder(folder)) throw new Error(`${folder}: there is no such folder`);
  const sources = Sources.ofTexts(file => {
    const content = disk.read(file);
    return content && 'text' in content ? content.text : undefined;
  });
  const built = buildOf(path.relative(process.cwd(), folder).split(path.sep).join('/'), sources);
  if (built === undefined) throw new Error(`${folder}: there is no kustomization in it`);
  for (const unknown of built.unknown) process.stderr.write(`${noteOf(unknown)}\n`);
  const texts = built.objects.map(({ value }) => printBlock(plain(value), usualLayout).join('\n'));
  process.stdout.write(texts.map(text => `${text}\n`).join('---\n'));
  return 0;
}

/** `overlays/prod, resources[1] 'https://…': why`. */
function noteOf({ message, folder, at }: Unknown): string {
  const [place, text] = [pathOf(at), at.text];
  const where = [join('', folder) || '.', `${place}${text === undefined ? '' : ` '${text}'`}`].filter(
    part => part !== '',
  );
  return `not followed: ${where.join(', ')}: ${message}`;
}

/** `patches[0]`: where in its file a node stands. */
function pathOf({ key, parent }: Node): string {
  if (key === undefined || parent === undefined) return '';
  const above = pathOf(parent);
  return typeof key === 'number' ? `${above}[${key}]` : above === '' ? key : `${above}.${key}`;
}
