import ignore, { type Ignore } from 'ignore';
import { isTame } from '../text/globs';

const relevant = /\.(?:ya?ml|json|corefile)$|(?:^|\/)(?:Corefile|Kustomization)$/i;
const neverEntered = new Set(['.git', 'node_modules', '.terraform', '.venv', '.hg', '.svn']);

/** Whether a file of this name is read; any path will do. */
export const isRelevant = (file: string) => relevant.test(file);

/** Whether a walk goes into a folder of this name. */
export const isEntered = (name: string) => !neverEntered.has(name);

/** What one .gitignore says of the files below its folder. */
export interface Ignorer {
  readonly folder: string;
  readonly rules: Ignore;
}

export function ignorerOf(folder: string, text: string): Ignorer {
  return { folder, rules: ignore().add(text.split(/\r?\n/).filter(isTame)) };
}

/** `below` gives the path as it counts from a folder above, with `/`, and one at the end if it is a folder. */
export function isIgnored(ignorers: readonly Ignorer[], below: (folder: string) => string): boolean {
  let ignored = false;
  for (const { folder, rules } of ignorers) {
    const result = rules.test(below(folder));
    ignored = result.ignored || (ignored && !result.unignored);
  }
  return ignored;
}
