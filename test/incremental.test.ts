import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import { sharedFolder } from './shared';
import { seen, situations } from './situations';
import { isThorough } from './thorough';
import type { Files } from './variants';

/** Numbers that decide what an edit does: fast-check draws and shrinks them. */
type Draw = readonly [kind: number, where: number, what: number];

type Change = readonly [path: string, text: string | undefined];

/** Edits that change what *other* objects see: the hard part of linting again only what an edit can change. */
const edits: readonly ((files: Files, where: number, what: number) => readonly Change[])[] = [
  giveAnotherValue,
  giveAnotherValue,
  giveAnotherValue,
  moveToNamespace,
  removeDocument,
  removeLine,
  (files, where) => [[pick([...files.keys()], where), undefined]],
  copyFile,
  cut,
  comment,
  comment,
];

function pick<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

const scalar = /(?<=[\w"'] ?: +)["']?[\w./-]+["']?(?=[ ,}\n]|$)/g;

/** A value in the place of another: a label is renamed, a port moved, a selector widened, a name taken. */
function giveAnotherValue(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  const places = [...text.matchAll(scalar)];
  if (places.length === 0) return [];
  const all = [...files.values()].flatMap(each => [...each.matchAll(scalar)].map(([value]) => value));
  const place = pick(places, where >> 3);
  const value = what % 4 === 0 ? `${place[0]}i` : pick(all, what >> 2);
  return [[file, text.slice(0, place.index) + value + text.slice(place.index + place[0].length)]];
}

/** What changes nothing but places, as most would say: words that rules, suppressions and readers of intent look for among it. */
function comment(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  const lines = text.split('\n');
  const at = (where >> 3) % (lines.length + 1);
  const indent = /^ */.exec(lines[at] ?? '')?.[0] ?? '';
  const words = [
    '',
    '# a word',
    '# deny all',
    '# kube-netlint-ignore',
    '# kube-netlint-ignore-file service',
    '# middlewares',
  ];
  return [[file, lines.toSpliced(at, 0, indent + pick(words, what)).join('\n')]];
}

function moveToNamespace(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  const name = pick(['other', 'default', 'shop', 'kube-system'], what);
  if (/namespace: /.test(text)) return [[file, text.replace(/namespace: [\w-]+/, `namespace: ${name}`)]];
  return [[file, text.replace(/^metadata:\n( +)/m, `metadata:\n$1namespace: ${name}\n$1`)]];
}

function removeDocument(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  const parts = text.split(/^---\n/m);
  return [[file, parts.filter((_, i) => i !== what % parts.length).join('---\n')]];
}

function removeLine(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  const lines = text.split('\n');
  return [[file, lines.filter((_, i) => i !== what % lines.length).join('\n')]];
}

/** The same objects in another folder: alternatives, where they were one cluster. */
function copyFile(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  return [[`${pick(['copy', 'overlays/test', 'base'], what)}/${path.posix.basename(file)}`, text]];
}

function cut(files: Files, where: number, what: number): readonly Change[] {
  const [file, text] = pick([...files], where);
  return [[file, text.slice(0, what % (text.length + 1))]];
}

const draws = fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6)), { minLength: 1, maxLength: 6 });

/** Whether an annotation has something to silence only the whole can tell. */
const isSure = (line: string) => !line.includes(' ignore/without-effect ');

/** Edits and takes back; after each step the findings must be those of a linter that has seen nothing before. */
function holds(start: Files, steps: readonly Draw[]): void {
  const linter = new Linter(rules);
  let files = new Map(start);
  const step = (changes: readonly Change[]) => {
    const next = new Map(files);
    for (const [file, text] of changes) {
      if (text === undefined) next.delete(file);
      else next.set(file, text);
    }
    files = next;
    const config = readConfig('');
    workspace = workspace.update(changes);
    const cold = Workspace.empty.update(files);
    const told = JSON.stringify(steps);
    const found = seen(cold, new Linter(rules).lint(cold, config));
    const urgent = new Set(changes.map(([file]) => file).filter(file => files.has(file)));
    const run = linter.steps(workspace, config, urgent);
    // Some runs are left at that, as a keystroke does: what they have worked out must not mislead the next.
    for (let left = changes.length * 40; left > 0 && told.length % 3 === 0; left--) if (run.next().done) break;
    const again = linter.steps(workspace, config, urgent);
    let isEarly = urgent.size === 0;
    for (let one = again.next(); ; one = again.next()) {
      if (one.value && !one.done) {
        isEarly = true;
        const early = seen(workspace, one.value).filter(isSure);
        expect(early, told).toEqual(found.filter(line => isSure(line) && urgent.has(line.split(':')[0] ?? '')));
      }
      if (!one.done) continue;
      expect(isEarly, told).toBe(true);
      expect(seen(workspace, one.value), told).toEqual(found);
      break;
    }
  };
  let workspace = Workspace.empty;
  step([...start]);
  for (const [kind, where, what] of steps) {
    if (files.size === 0) return;
    const changes = pick(edits, kind)(files, where, what);
    const before = changes.map(([file]): Change => [file, files.get(file)]);
    step(changes);
    if (kind % 3 === 0) step(before);
  }
}

describe('a workspace after edits finds what it finds when built from nothing', () => {
  test('from the cases of the pages', () => {
    const starts = situations.map(({ files }) => files);
    fc.assert(
      fc.property(fc.nat(starts.length - 1), draws, (start, steps) => holds(starts[start] ?? new Map(), steps)),
      { numRuns: isThorough ? 1500 : 60 },
    );
  });

  test('from two cases of different pages that stand side by side', () => {
    const starts = situations.map(({ files }) => files);
    const one = fc.nat(starts.length - 1);
    const below = (folder: string, files: Files) =>
      [...files].map(([file, text]): [string, string] => [`${folder}/${file}`, text]);
    fc.assert(
      fc.property(one, one, draws, (a, b, steps) =>
        holds(new Map([...below('a', starts[a] ?? new Map()), ...below('b', starts[b] ?? new Map())]), steps),
      ),
      { numRuns: isThorough ? 300 : 12 },
    );
  });

  const cases = sharedFolder('cases');
  test.skipIf(!cases)('from the cases of the field', () => {
    const folders = cases ? foldersIn(cases) : [];
    const steps: Draw[] = Array.from({ length: 8 }, (_, i) => [i * 7 + 3, i * 101 + 1, i * 13 + 5]);
    for (const folder of folders.filter((_, i) => isThorough || i % 24 === 0)) holds(filesBelow(folder), steps);
    expect(folders.length).toBeGreaterThan(50);
  });
});

/** Every case is a folder of a folder that is named for a subject. */
function foldersIn(cases: string): string[] {
  const below = (folder: string) =>
    fs
      .readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => path.join(folder, name));
  return below(cases).flatMap(below);
}

function filesBelow(folder: string): Files {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names
      .filter(name => /\.(?:ya?ml|json)$/.test(name) && fs.statSync(path.join(folder, name)).size < 50_000)
      .map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}
