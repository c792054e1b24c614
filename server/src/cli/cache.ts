import * as path from 'node:path';
import { version } from '../../../package.json';
import type { Disk } from '../host/disk';
import { isRelevant } from '../host/ignored';
import { readText, replaceFile } from '../host/read';
import { largerThan } from '../host/source';
import { stampOf } from '../host/stamp';
import { visible } from '../text/visible';
import { isColored } from './color';
import { diskOf, type Read } from './files';
import { isLinked } from './hyperlinks';
import type { LintOptions } from './outcome';
import { type Output, outputsOf } from './outputs';
import { columns, type Report } from './say';

/** Bytes of a cache: more is neither kept nor read. */
const limit = 64 * 1024 * 1024;

/**
 * The report of the last run, which holds while a run would read the very same: a walk finds the same files, they and what
 * could be config files have the same stamps, and what could not be read still can't. Rules look across files, so there are
 * no parts of it. What a repository brings as a cache never fits: nobody can tell the stamps that its files will have here.
 */
export class Cache {
  readonly #looked = new Map<string, string | undefined>();

  constructor(
    readonly name: string,
    readonly disk: Disk,
    /** All that a report depends on but config files, in one line. */
    readonly key: string,
    readonly stampOf: (full: string) => string | undefined,
  ) {}

  /** Remembers what is where a config file is looked for. */
  readonly look = (full: string): void => void this.#looked.set(full, this.stampOf(full));

  /** A file that is not ours, of another run or cut off is as none. */
  recall(): Report | undefined {
    try {
      const content = readText(path.resolve(this.name), limit);
      if (typeof content !== 'object' || !('text' in content) || !content.text.startsWith(`${this.key}\n`)) return;
      const { looked, skipped, report } = JSON.parse(content.text.slice(this.key.length));
      const isSame = ([full = '', then]: readonly string[]) => this.stampOf(full) === then;
      const isUnread = ({ file, reason: unreadable }: Read['skipped'][number]) =>
        JSON.stringify(this.disk.read(file)) === JSON.stringify({ unreadable });
      return looked.every(isSame) && skipped.every(isUnread) && isReport(report) ? report : undefined;
    } catch {
      return;
    }
  }

  /** Says why, where it can't. */
  keep(report: Report, skipped: Read['skipped']): void {
    const text = `${this.key}\n${JSON.stringify({ looked: [...this.#looked], skipped, report })}\n`;
    const reason = text.length > limit ? largerThan(limit) : replaceFile(path.resolve(this.name), text);
    if (reason !== undefined) process.stderr.write(`${visible(`${this.name} was not written: ${reason}`)}\n`);
  }
}

const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isReport = ({ texts, notes, failures, code }: Record<keyof Report, unknown>) =>
  isTexts(texts) && isTexts(notes) && isTexts(failures) && (code === 0 || code === 1);

/** None where it was not asked for, files are to be changed or are no files, or one is too young to be known again. */
export function cacheOf(root: string, paths: readonly string[], options: LintOptions): Cache | undefined {
  const { cache, cacheFile, format: _, outputFile: __, fix, diff, ...others } = options;
  if (cacheFile && isRelevant(cacheFile)) throw new Error(`--cache-file ${cacheFile}: a file of that name is linted`);
  if (!(cache || cacheFile) || options.writeBaseline || options.pruneBaseline || fix || diff || paths.join() === '-')
    return undefined;
  const now = Date.now();
  const stampAt = (full: string) => stampOf(full, now);
  const disk = diskOf(root, paths, options);
  const files = [...disk.list()];
  // A build of the same version may say something else, and somebody else may read other files.
  const stamps = [__filename, ...files].map(file => stampAt(path.isAbsolute(file) ? file : root + path.sep + file));
  if (files.length === 0 || stamps.includes(undefined)) return undefined;
  const looksOf = (output: Output) => [isColored(output, options.color), isLinked(output, options.color)];
  const outputs = outputsOf(options).map(output => [output.format, ...looksOf(output)]);
  const about = [version, process.getuid?.(), root, disk.named, others, outputs, columns()];
  return new Cache(cacheFile ?? '.kube-netlint-cache', disk, JSON.stringify([about, files, stamps]), stampAt);
}
