import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import type { FileText } from '../host/source';
import { checkConfig } from '../lint/config-check';
import { Configs } from '../lint/configs';
import { LineIndex } from '../text/lines';
import { YamlDocument } from '../yaml/document';
import { repositoryOf } from './files';

/** What decides about the config, on the command line. */
export interface ConfigOptions {
  readonly config?: string;
  readonly kubernetes?: string;
}

/**
 * The nearest config file of each file decides, or the one that was named decides for all. One that nobody named and
 * that can't be read is as if it were not there, and `onFailure` is told.
 */
export function configsOf(root: string, options: ConfigOptions, onFailure: (failure: string) => void): Configs {
  const { kubernetes, config } = options;
  if (kubernetes !== undefined && !/^v?[0-9]+\.[0-9]+/.test(kubernetes)) {
    throw new Error(`--kubernetes takes a version such as 1.35, not '${kubernetes}'`);
  }
  const top = path.parse(root).root;
  const fromTop = (file: string) => path.relative(top, path.resolve(root, file)).split(path.sep).join('/');
  const textAt = (file: string) => {
    const full = path.join(top, file);
    if (!fs.existsSync(full)) return undefined;
    const content = config === undefined ? found(root, full) : named(full);
    if ('text' in content) return content.text;
    if (config !== undefined) throw new Error(`${config} was not read: ${content.unreadable}`);
    onFailure(`${full} was not read, so all is as it is by default: ${content.unreadable}`);
    return undefined;
  };
  if (config !== undefined && !fs.existsSync(path.resolve(root, config)))
    throw new Error(`${config} was not read: there is no such file`);
  return new Configs(fromTop('.'), textAt, { kubernetes }, config === undefined ? undefined : fromTop(config));
}

/** What a repository brings leads to nothing outside of it. */
function found(root: string, full: string): FileText {
  return new Disk(root, [repositoryOf(root, full)]).read(path.relative(root, full).split(path.sep).join('/')) ?? gone;
}

/** A person may keep the file behind a link. */
function named(full: string): FileText {
  const real = fs.realpathSync(full);
  return new Disk(path.dirname(real)).read(path.basename(real)) ?? gone;
}

const gone: FileText = { unreadable: 'there is no such file' };

/** The first path that is named, a folder with a slash: the config of its files is that of the whole. */
export function firstOf(root: string, [name = '.']: readonly string[]): string {
  const full = path.resolve(root, name);
  const relative = path.relative(root, full).split(path.sep).join('/');
  return fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() ? `${relative}/` : relative;
}

/** Nothing is reported by the half of a config that can be understood. */
export function checkConfigs(root: string, configs: Configs, files: readonly string[]): void {
  const places = configs.deciding(files).flatMap(({ path: file, text }) => {
    const lines = new LineIndex(text);
    return checkConfig(new YamlDocument(text)).map(
      ({ range, message }) =>
        `${path.resolve(path.parse(root).root, file)}:${lines.positionAt(range.start).line + 1}: ${message}`,
    );
  });
  if (places.length > 0) throw new Error(`the config file is not valid\n${places.join('\n')}`);
}
