import * as path from 'node:path';
import { buildOf } from '../deploy/build';
import { Sources } from '../deploy/sources';
import { plain } from '../deploy/value';
import { Disk, isFolder } from '../host/disk';
import { printBlock, usualLayout } from '../yaml/print';
import { repositoryOf } from './files';
import { noteOf } from './unknown';
import { visibleLines } from './visible';

/**
 * Prints the objects that a kustomization is built to, as `kubectl kustomize` does; but names of generated objects end
 * without the hash of their content. What can't be followed is said on standard error.
 */
export function renderCommand(folder: string): number {
  const root = process.cwd();
  if (!isFolder(path.resolve(root, folder))) throw new Error(`${folder}: there is no such folder`);
  const disk = new Disk(root, [repositoryOf(root, path.join(folder, 'kustomization.yaml'))]);
  const sources = Sources.ofTexts(file => {
    const content = disk.read(file);
    return content && 'text' in content ? content.text : undefined;
  });
  const built = buildOf(path.relative(root, folder).split(path.sep).join('/'), sources);
  if (built === undefined) throw new Error(`${folder}: there is no kustomization in it`);
  for (const unknown of built.unknown) process.stderr.write(visibleLines(`${noteOf(unknown)}\n`));
  const texts = built.objects.map(({ value }) => printBlock(plain(value), usualLayout).join('\n'));
  process.stdout.write(texts.map(text => `${text}\n`).join('---\n'));
  return 0;
}
