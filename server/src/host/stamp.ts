import * as fs from 'node:fs';
import { realOf } from './disk';

export const stamp = ({ mtimeMs, ctimeMs, size, ino }: fs.Stats) => `${mtimeMs},${ctimeMs},${size},${ino}`;

/** Another one where a path may lead to another text; undefined while what it leads to is young. */
export function stampOf(full: string, now: number): string | undefined {
  try {
    const own = fs.lstatSync(full, { throwIfNoEntry: false });
    if (own === undefined) return 'none';
    if (isYoung(own, now)) return undefined;
    const real = own.isSymbolicLink() ? realOf(full) : undefined;
    if (real === undefined) return stamp(own);
    const end = fs.lstatSync(real);
    return isYoung(end, now) ? undefined : [stamp(own), stamp(end), real].join();
  } catch {
    return 'out of reach';
  }
}

/**
 * Whether a file could change after this moment and keep its stamp, as times are no finer than the ticks of a kernel, and
 * whole seconds may be those of FAT, which counts two at once. What comes from the future is never old enough.
 */
export function isYoung({ mtimeMs, ctimeMs }: fs.Stats, now: number): boolean {
  return [mtimeMs, ctimeMs].some(time => time > now - (time % 1000 === 0 ? 2000 : 100));
}
