import * as fs from 'node:fs';
import * as path from 'node:path';
import { Disk } from '../host/disk';
import type { FileText } from '../host/source';
import { type Baseline, baselineIn } from '../lint/baseline';
import { faultsToTell } from '../lint/chain';
import type { Overrides } from '../lint/config';
import { checkConfig, unsound } from '../lint/config-check';
import { isSound } from '../lint/config-globs';
import { Configs } from '../lint/configs';
import type { Fault } from '../lint/repeated-keys';
import { Version } from '../lint/version';
import { LineIndex } from '../text/lines';
import { grouped } from '../text/maps';
import { YamlDocument } from '../yaml/document';
import { repositoryOf } from './files';

/** What decides about the config, on the command line. */
export interface ConfigOptions {
  readonly config?: string;
  readonly kubernetes?: string;
  /** Globs, from where the command runs. */
  readonly exclude?: readonly string[];
  /** Judges what config files leave out, too. */
  readonly everything?: true;
  /** The file of a baseline, instead of that which a config file names. */
  readonly baseline?: string;
  /** Findings are to be written down, those too that a baseline knows. */
  readonly writeBaseline?: string | true;
}

type Hears = (text: string) => void;

/**
 * The nearest config file of each file decides, or the one that was named decides for all. One that nobody named and
 * that can't be read is as if it were not there, and `onFailure` is told. `onLook` hears of each place before it is looked at.
 */
export function configsOf(root: string, options: ConfigOptions, onFailure: Hears, onLook?: Hears): Configs {
  const { kubernetes, config, exclude } = options;
  for (const glob of exclude ?? []) if (!isSound(glob)) throw new Error(`--exclude ${glob}: ${unsound}`);
  if (kubernetes !== undefined && !Version.parse(kubernetes)?.isPossible) {
    throw new Error(`--kubernetes takes a version such as 1.35, not '${kubernetes}'`);
  }
  const top = path.parse(root).root;
  const textAt = (file: string) => {
    const full = path.join(top, file);
    onLook?.(full);
    if (!fs.existsSync(full)) return undefined;
    const content = config === undefined ? found(root, full) : named(full);
    if ('text' in content) return content.text;
    if (config !== undefined) {
      const name = full === path.resolve(root, config) ? config : full;
      throw new Error(`${name} was not read: ${content.unreadable}`);
    }
    onFailure(`${full} was not read, so all is as it is by default: ${content.unreadable}`);
    return undefined;
  };
  if (config !== undefined && !fs.existsSync(path.resolve(root, config)))
    throw new Error(`${config} was not read: there is no such file`);
  const baseline = options.writeBaseline ? 'none' : options.baseline && baselineAt(root, options.baseline, onLook);
  const overrides: Overrides = {
    kubernetes,
    exclude,
    baseline: baseline || undefined,
    ignore: options.everything && 'nothing',
  };
  return new Configs(fromTop(root), textAt, overrides, config && fromTop(path.resolve(root, config)));
}

/** An absolute path as config files have it, with `/` and none at its start; and what it is to the system. */
export const fromTop = (full: string) => path.relative(path.parse(full).root, full).split(path.sep).join('/');

/** From where the command runs. */
const fromHere = (file: string) => path.relative(process.cwd(), belowTop(file)).split(path.sep).join('/');

export const belowTop = (file: string) => path.resolve(path.parse(process.cwd()).root, file);

/** A baseline that a person names has to be there. */
function baselineAt(root: string, name: string, onLook?: Hears): Baseline {
  const full = path.resolve(root, name);
  onLook?.(full);
  const content = fs.existsSync(full) ? named(full) : gone;
  const baseline = 'text' in content ? baselineIn(fromTop(full), content.text, fromTop(root)) : content.unreadable;
  if (typeof baseline === 'string') throw new Error(`${name} was not read: ${baseline}`);
  return baseline;
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

const gone = { unreadable: 'there is no such file' };

/** The first path that is named, a folder with a slash: the config of its files is that of the whole. */
export function firstOf(root: string, [name = '.']: readonly string[]): string {
  const full = path.resolve(root, name);
  const relative = path.relative(root, full).split(path.sep).join('/');
  return fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() ? `${relative}/` : relative;
}

/** Nothing is reported by the half of a config that can be understood. */
export function checkConfigs(configs: Configs, files: readonly string[]): void {
  const deciding = configs.deciding(files);
  const texts = new Map(deciding.flatMap(({ chain }) => chain.links.map(({ path: file, text }) => [file, text])));
  const faults = [
    ...Array.from(texts, ([file, text]) => {
      const isDeciding = deciding.some(({ path: own }) => own === file);
      const faults = isDeciding
        ? checkConfig(new YamlDocument(text))
        : faultsToTell({ path: file, text }, configs.root);
      return { file, text, faults };
    }),
    ...deciding.map(({ path: file, text, chain: { broken } }) => ({ file, text, faults: broken })),
  ];
  const places = [...grouped(faults, ({ file }) => file).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const all = [first, ...others].flatMap(each => each.faults).sort((a, b) => a.range.start - b.range.start);
    const lines = new LineIndex(first.text);
    const placed = ({ range, message }: Fault) =>
      `${fromHere(first.file)}:${lines.positionAt(range.start).line + 1}: ${message.what}. ${message.how}`;
    return all.map(placed);
  });
  if (places.length > 0) throw new Error(`the config file is not valid\n${places.join('\n')}`);
  for (const { path: file, named } of configs.overrides.baseline ? [] : deciding) {
    const found = named?.text === undefined ? named && gone.unreadable : baselineIn(named.path, named.text, '');
    if (typeof found === 'string')
      throw new Error(`${fromHere(file)}: its baseline ${fromHere(named?.path ?? '')} was not read: ${found}`);
  }
}
