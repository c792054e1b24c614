import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { mentionsIn, type Placed } from '../server/src/assist/mentions/build-mentions';
import { placeOfSpot } from '../server/src/assist/places';
import { renamedAt } from '../server/src/assist/rename';
import { subjectOf } from '../server/src/assist/rename-subject';
import type { Workspace } from '../server/src/workspace/workspace';
import { workspaceOf } from './cursor';
import { applied, changedLines, inOldWords, isRefusal, judgementOf, type Texts } from './renaming';
import { situations } from './situations';
import { isThorough } from './thorough';

// Whatever is renamed, the same is found, and the same pods reach each other, but for the name.

/** A name that no text has, and that is one of everything; of a port it keeps the word that tells a protocol. */
const otherFor = ({ name, title }: Named) =>
  title.startsWith('port') ? `${name.split('-')[0]}-qq7`.slice(-15) : 'qq7';

interface Named {
  readonly path: string;
  readonly offset: number;
  readonly name: string;
  readonly title: string;
}

/** Everything that can be renamed in a workspace, each once. */
function namedIn(workspace: Workspace): readonly Named[] {
  const found = new Map<string, Named>();
  for (const build of workspace.builds) {
    const mentions = [...mentionsIn(build).byDocument.values()].flat().filter(({ isOwn }) => isOwn);
    for (const mention of mentions) {
      const named = asNamed(workspace, mention);
      if (named && !found.has(named.title)) found.set(named.title, named);
    }
  }
  return [...found.values()];
}

function asNamed(workspace: Workspace, mention: Placed): Named | undefined {
  const subject = subjectOf([mention]);
  const place = placeOfSpot(workspace, mention.at);
  if (subject === undefined || place === undefined) return undefined;
  const title = `${subject.title} of ${mention.member.namespace ?? ''} ${mention.member.resource.name.text ?? ''}`;
  return { path: place.path, offset: place.range.start, name: subject.name, title };
}

/** Lines that are other after a rename; undefined where there is none. */
function partedBy(files: Texts, workspace: Workspace, named: Named, seen = (line: string) => line): unknown {
  const { path: file, offset, name } = named;
  const other = otherFor(named);
  const groups = renamedAt(workspace, file, offset, other);
  if (isRefusal(groups)) return undefined;
  const after = applied(files, groups);
  const touched = new Set(groups.flatMap(({ changed }) => [...changed.keys()]));
  const before = judgementOf(files, touched).map(seen).sort();
  const now = inOldWords(judgementOf(after, touched), other, name).map(seen).sort();
  if (JSON.stringify(now) === JSON.stringify(before)) return undefined;
  return {
    changed: changedLines(files, after),
    gone: before.filter(line => !now.includes(line)),
    come: now.filter(line => !before.includes(line)),
  };
}

const examples = path.resolve(__dirname, '..', 'examples', 'larkspur-books');
const exampleFiles: Texts = Object.fromEntries(
  fs
    .readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$|Corefile$/.test(file))
    .map(file => [file.split(path.sep).join('/'), fs.readFileSync(path.join(examples, file), 'utf8')]),
);

/** Rules know the namespace by its name: a controller's has no default deny of its own. */
const isKnownByName = ({ title }: Named) => title.startsWith("Namespace 'ingress-nginx'");

test('in the examples', () => {
  const workspace = workspaceOf(exampleFiles);
  const renamed = namedIn(workspace).filter(named => !isKnownByName(named));
  const all = renamed.filter((_, i) => isThorough || i % 4 === 0);
  expect(all.length).toBeGreaterThan(9);
  const parted = all.map(named => [named.title, partedBy(exampleFiles, workspace, named)]).filter(([, lines]) => lines);
  expect(parted).toEqual([]);
});

/** What is found without its words: which name was probably meant depends on the names. */
const inShort = (line: string) => line.replace(/^(\S+ [a-z-]+\/\S+) .*$/s, '$1');

test('in the cases of the pages about policies', { timeout: 600_000 }, () => {
  // What selects nothing is found by names that are nearly the same.
  const isOfNames = (id: string) => id === 'network-policy/peer-selects-nothing';
  const cases = situations.filter(({ rule }) => rule.id.startsWith('network-policy/') && !isOfNames(rule.id));
  const parted = cases
    .filter((_, i) => isThorough || i % 8 === 0)
    .flatMap(({ rule, title, files }) => {
      const texts = Object.fromEntries(files);
      const workspace = workspaceOf(texts);
      const some = namedIn(workspace).filter((_, i) => isThorough || i % 5 === title.length % 5);
      return some.flatMap(named => {
        const lines = partedBy(texts, workspace, named, inShort);
        return lines ? [[rule.id, title, named.title, lines]] : [];
      });
    });
  expect(parted).toEqual([]);
});
