import * as fs from 'node:fs';
import * as path from 'node:path';
import { decode } from './decode';
import { type FileText, largerThan } from './source';

/** Without waiting for whoever writes into a FIFO, and not through a link. Windows knows neither flag. */
const { O_RDONLY, O_RDWR, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;

/** One for all files: most are small, and a new one for each costs more than the read. */
let buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * The text of a regular file; undefined when it is gone. What it is decides, not what it is called: a FIFO would never
 * end, a device might not, and neither is opened through a link that somebody put there.
 */
export function readText(full: string, limit: number): FileText | 'link' | undefined {
  try {
    if (isLinkUnseen(full)) return 'link';
    return using(fs.openSync(full, O_RDONLY | O_NONBLOCK | O_NOFOLLOW), file => {
      const bytes = bytesOf(file, limit);
      return typeof bytes === 'string'
        ? { unreadable: bytes }
        : decode(bytes, () => bytes.toString('utf8', hasMark(bytes) ? 3 : 0));
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ELOOP') return 'link';
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { unreadable: reasonOf(error) };
  }
}

/**
 * Writes a text in the place of another, if nothing else has changed the file meanwhile; without one it only looks whether
 * it could. Gives what prevents it.
 */
export function replaceText(
  full: string,
  before: string,
  after: string | undefined,
  limit: number,
): string | undefined {
  try {
    if (isLinkUnseen(full)) return aLink;
    return using(fs.openSync(full, O_RDWR | O_NONBLOCK | O_NOFOLLOW), file => {
      const bytes = bytesOf(file, limit);
      if (typeof bytes === 'string') return bytes;
      const mark = hasMark(bytes) ? '\uFEFF' : '';
      if (!bytes.equals(Buffer.from(mark + before))) return 'it is not UTF-8, or has changed since it was read';
      if (after === undefined) return undefined;
      fs.ftruncateSync(file);
      fs.writeFileSync(file, mark + after);
      return undefined;
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return 'no permission to write it';
    return code === 'ELOOP' ? aLink : reasonOf(error);
  }
}

/** Writes a file that is not there; without a text it only looks whether it could. */
export function createText(full: string, text: string | undefined): string | undefined {
  try {
    if (text === undefined) fs.accessSync(path.dirname(full), fs.constants.W_OK);
    else fs.writeFileSync(full, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Puts a file in the place of another or of none, as a whole or not at all; gives what prevents it. */
export function replaceFile(full: string, text: string): string | undefined {
  const own = `${full}.${process.pid}-${Date.now()}`;
  try {
    const there = fs.lstatSync(full, { throwIfNoEntry: false });
    if (there && !there.isFile()) return there.isSymbolicLink() ? aLink : notRegular;
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(own, text, { flag: 'wx' });
    fs.renameSync(own, full);
    return undefined;
  } catch (error) {
    if (fs.existsSync(own)) fs.unlinkSync(own);
    return reasonOf(error);
  }
}

/** Writes what a person named: a file, also where a link leads, as a whole; what is no file, such as a pipe, as it comes. */
export function writeNamed(name: string, text: string): string | undefined {
  try {
    const there = fs.statSync(name, { throwIfNoEntry: false });
    if (there === undefined || there.isFile())
      return replaceFile(there ? fs.realpathSync(name) : path.resolve(name), text);
    fs.writeFileSync(name, text);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

const aLink = 'it is a link';

function isLinkUnseen(full: string): boolean {
  return O_NOFOLLOW === 0 && fs.lstatSync(full).isSymbolicLink();
}

function using<T>(file: number, work: (file: number) => T): T {
  try {
    return work(file);
  } finally {
    fs.closeSync(file);
  }
}

/** The bytes, until the next read; or why there are none. The size that a file claims is no promise. */
function bytesOf(file: number, limit: number): Buffer | string {
  const stat = fs.fstatSync(file);
  if (stat.isDirectory()) return 'a folder';
  if (!stat.isFile()) return notRegular;
  const tooLarge = largerThan(limit);
  if (stat.size > limit) return tooLarge;
  if (stat.size >= buffer.length) buffer = Buffer.allocUnsafeSlow(stat.size + 1);
  let length = 0;
  for (;;) {
    const count = fs.readSync(file, buffer, length, buffer.length - length, length);
    length += count;
    if (length > limit) return tooLarge;
    if (count === 0 || length === stat.size) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
  }
}

const hasMark = (bytes: Buffer) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

const notRegular = 'not a regular file';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reasons: Record<string, string> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'it can not be written',
    EISDIR: 'a folder',
    ENOTDIR: 'a file is where its folder would be',
    EEXIST: 'it exists already',
    ENXIO: notRegular, // a socket
  };
  return reasons[code] ?? (code || String(error));
}
