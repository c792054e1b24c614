import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import type { FileText } from '../host/source';
import { type Config, readConfig } from '../lint/config';
import { checkConfig } from '../lint/config-check';
import { LineIndex } from '../text/lines';
import { configName } from '../workspace/source-file';
import { YamlDocument } from '../yaml/document';
import { repositoryOf } from './files';

/** What decides about the config, on the command line. */
export interface ConfigOptions {
  readonly config?: string;
  readonly kubernetes?: string;
}

/** The config that holds for a path, and why the nearest file is not it, where that can't be read. */
export interface LoadedConfig {
  readonly config: Config;
  readonly unread?: { readonly file: string; readonly reason: string };
}

/** Reads and checks the config; its globs count from its own folder. */
export function loadConfig(root: string, from: string, options: ConfigOptions): LoadedConfig {
  const overrides = { kubernetes: options.kubernetes };
  if (options.kubernetes !== undefined && !/^v?[0-9]+\.[0-9]+/.test(options.kubernetes)) {
    throw new Error(`--kubernetes takes a version such as 1.35, not '${options.kubernetes}'`);
  }
  const file = options.config ?? nearestConfig(path.resolve(root, from));
  if (file === undefined) return { config: readConfig('', overrides) };
  const content = options.config === undefined ? found(root, file) : named(root, file);
  if ('unreadable' in content) {
    if (options.config !== undefined) throw new Error(`${file} was not read: ${content.unreadable}`);
    return { config: readConfig('', overrides), unread: { file, reason: content.unreadable } };
  }
  const problems = checkConfig(new YamlDocument(content.text));
  if (problems.length > 0) {
    const lines = new LineIndex(content.text);
    const places = problems.map(
      ({ range, message }) => `${file}:${lines.positionAt(range.start).line + 1}: ${message}`,
    );
    throw new Error(`the config file is not valid\n${places.join('\n')}`);
  }
  const folder = path.dirname(path.resolve(root, file));
  const relative = (name: string) => path.relative(folder, path.resolve(root, name)).split(path.sep).join('/');
  return { config: readConfig(content.text, { ...overrides, relative }) };
}

function nearestConfig(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, configName);
    if (fs.existsSync(candidate)) return candidate;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** What a repository brings leads to nothing outside of it. */
function found(root: string, file: string): FileText {
  return new Disk(root, [repositoryOf(root, file)]).read(file) ?? gone;
}

/** A person may keep the file behind a link. */
function named(root: string, file: string): FileText {
  const full = path.resolve(root, file);
  if (!fs.existsSync(full)) return gone;
  const real = fs.realpathSync(full);
  return new Disk(path.dirname(real)).read(path.basename(real)) ?? gone;
}

const gone: FileText = { unreadable: 'there is no such file' };
