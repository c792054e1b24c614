import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from './disk';
import type { FileText, Folder } from './source';
import { stamp } from './stamp';

/** A folder of the disk: a file is read whenever it is wanted. */
export class DiskFolder implements Folder {
  readonly top: string;
  readonly #disk: Disk;
  readonly #whole: Disk;

  constructor(
    /** Absolute. */
    readonly folder: string,
  ) {
    const { root } = path.parse(folder);
    this.top = path.relative(root, folder).split(path.sep).join('/');
    this.#disk = new Disk(folder);
    this.#whole = new Disk(root);
  }

  *list(within = ''): Iterable<string> {
    if (within === '') yield* this.#disk.list();
    else for (const file of new Disk(this.folder, [within]).list()) if (this.holds(file)) yield file;
  }

  read(file: string): FileText | undefined {
    return this.#disk.read(file);
  }

  readFromTop(file: string): FileText | undefined {
    return this.#whole.read(file);
  }

  holds(file: string): boolean {
    return this.#disk.holds(file);
  }

  isFolder(folder: string): boolean {
    return this.#disk.isFolder(folder);
  }

  stampOf(file: string): string | undefined {
    const stat = fs.statSync(path.join(this.folder, file), { throwIfNoEntry: false });
    return stat && stamp(stat);
  }
}
