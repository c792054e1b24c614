import picomatch from 'picomatch';
import { isTame } from '../text/globs';
import type { Node } from '../yaml/node';

/** Groups may be repeated, and repetitions too: nobody can tell how long that takes. */
export function isSound(glob: string): boolean {
  return isTame(glob) && !/(?<!\\)\(/.test(glob);
}

export function matcher(globs: readonly string[]): (text: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch(globs.filter(isSound), { dot: true });
  // No path and no namespace is longer.
  return text => text.length <= 4096 && matches(text);
}

/** A glob that names a folder means all that is in it. */
export function holding(globs: readonly string[], relative = (path: string) => path): (path: string) => boolean {
  const matches = matcher(globs.flatMap(glob => [glob, `${glob.replace(/\/$/, '')}/**`]));
  return path => matches(relative(path));
}

export function strings(node: Node): string[] {
  return node.items().flatMap(item => item.string ?? []);
}
