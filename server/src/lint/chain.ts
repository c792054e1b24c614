import { LineIndex } from '../text/lines';
import { folderOf, isWithin, join, relative } from '../text/paths';
import type { Range } from '../text/range';
import { YamlDocument } from '../yaml/document';
import { checkConfig, extendedIn } from './config-check';
import type { Fault } from './repeated-keys';

/** A config file that counts, with the reading of it that holds. */
export interface Link {
  /** Absolute, with `/` and none at its start. */
  readonly path: string;
  readonly text: string;
  /** Of a file that is half typed the last good one. */
  readonly document: YamlDocument;
  /** How many files lead to it from the one that decides. */
  readonly depth: number;
}

/** A config file with all that it extends. */
export interface Chain {
  /** The farthest first, the config file itself last: each has the last word on those before it. */
  readonly links: readonly Link[];
  /** What was looked for beside the file itself, with its text; undefined where there is none. */
  readonly looked: ReadonlyMap<string, string | undefined>;
  /** Where it leads nowhere or in a circle, on values of the file itself. */
  readonly broken: readonly Fault[];
  /** What is wrong in the files that it extends, on values of the file itself. */
  readonly invalid: readonly Fault[];
}

/** So many files may lead to each other: nobody would follow more. */
const longest = 32;

/** Follows what a config file extends. A file counts once, where it is needed first. */
export function chainOf(
  first: Omit<Link, 'depth'>,
  linkAt: (path: string) => Omit<Link, 'depth'> | undefined,
  root = '',
): Chain {
  const links: Link[] = [];
  const done = new Set<string>();
  const looked = new Map<string, string | undefined>();
  const broken: Fault[] = [];
  const invalid: Fault[] = [];
  const nameOf = (path: string) => relative(folderOf(first.path), path);
  const follow = (link: Omit<Link, 'depth'>, way: readonly string[], range?: Range): void => {
    for (const node of extendedIn(link.document.root)) {
      const path = join(folderOf(link.path), node.string ?? '');
      const at = range ?? node.range;
      const longer = [...way, path];
      if (done.has(path)) continue;
      if (way.includes(path)) broken.push(leadsBack(at, longer.map(nameOf)));
      else if (way.length > longest) broken.push(endless(at));
      else {
        const next = linkAt(path);
        looked.set(path, next?.text);
        if (next === undefined) {
          broken.push(missing(at, longer.map(nameOf)));
          continue;
        }
        invalid.push(...faultIn(at, next, nameOf(path), root));
        follow(next, longer, at);
      }
    }
    links.push({ ...link, depth: way.length - 1 });
    done.add(link.path);
  };
  follow(first, [first.path]);
  // Of a text that is half typed another reading holds, and its places are elsewhere.
  const isWhole = first.document.text === first.text;
  return { links, looked, broken: isWhole ? broken : [], invalid: isWhole ? invalid : [] };
}

const why = 'The command line stops at it, and an editor goes by what it can read.';

const missing = (range: Range, way: readonly string[]): Fault => ({
  range,
  message: {
    what: 'A file that this extends is missing',
    why,
    how: `Add the last of ${way.join(' → ')}, or name another one.`,
  },
});

const leadsBack = (range: Range, way: readonly string[]): Fault => ({
  range,
  message: { what: 'What this extends leads in a circle', why, how: `Leave one out of ${way.join(' → ')}.` },
});

const endless = (range: Range): Fault => ({
  range,
  message: {
    what: `What this extends leads through more than ${longest} files`,
    why,
    how: 'Extend several files with a list instead.',
  },
});

function faultIn(range: Range, link: Omit<Link, 'depth'>, name: string, root: string): Fault[] {
  const { text } = link;
  const [fault] = faultsToTell(link, root);
  if (fault === undefined) return [];
  const { line } = new LineIndex(text).positionAt(fault.range.start);
  const how = `Correct line ${line + 1} of ${name}: ${fault.message.what}.`;
  return [{ range, message: { what: 'What this extends is not valid', why, how } }];
}

/** Any file may be named by a repository of strangers: of one outside of the root nothing is repeated but where it is wrong. */
export function faultsToTell({ path, text }: Pick<Link, 'path' | 'text'>, root: string): readonly Fault[] {
  const faults = checkConfig(new YamlDocument(text));
  if (isWithin(path, root)) return faults;
  return faults.slice(0, 1).map(({ range }) => ({ range, message: foreign }));
}

const foreign = { what: 'Something here is not for a config file', why, how: 'Correct it, or extend another file.' };
