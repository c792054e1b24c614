import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { DiskFolder } from '../host/disk-folder';
import type { Host } from './hosts';
import { parsed } from './uris';

/** The disk of this machine. */
export const diskHost: Host = {
  meet: () => {},
  get home() {
    return process.cwd();
  },
  pathOf: uri => {
    const full = parsed(uri);
    return full?.scheme === 'file' ? full.fsPath : undefined;
  },
  uriOf: full => URI.file(full).toString(),
  folderOf: full => path.dirname(full),
  join: (folder, file) => path.join(folder, file),
  within: (folder, full) => {
    const relative = path.relative(folder, full);
    const isInside = !/^(?:\.\.(?:[\\/]|$)|$)/.test(relative) && !path.isAbsolute(relative);
    return isInside ? relative.split(path.sep).join('/') : undefined;
  },
  open: folder => new DiskFolder(folder),
  hear: (uris, follow) => follow(uris),
};
