import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(__dirname, '..');
const source = path.join(root, 'server', 'src');

const files = fs
  .readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.ts'));

/** Who may import whom: the table of ARCHITECTURE.md. `x/*` is a room with its wings, `*` every room. */
const allowed = new Map(
  [
    ...fs
      .readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8')
      .matchAll(/^\| `([a-z/]+)\/[^|]*\|[^|]*\| ([^|]+) \|$/gm),
  ].map(([, room = '', rights = '']): [string, readonly string[]] => [room, rights.split(', ')]),
);

/** The room or wing of a file: the longest that the table has. */
function roomOf(file: string): string {
  const rooms = [...allowed.keys()].filter(room => file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? file;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

const imports = /^(?:import|export)\s[^;'"]*?from '([^'\n]+)'|\bimport\('([^'\n]+)'\)|^import '([^'\n]+)'/gm;

const arrows = files.flatMap((file): Arrow[] => {
  const text = fs.readFileSync(path.join(source, file), 'utf8');
  return [...text.matchAll(imports)].flatMap(([, from, lazy, bare]) => {
    const target = from ?? lazy ?? bare ?? '';
    const arrow = { from: roomOf(file), to: targetOf(file, target), what: `${file} imports ${target}` };
    return arrow.from === arrow.to ? [] : [arrow];
  });
});

function targetOf(file: string, target: string): string {
  if (target.startsWith('node:')) return 'node';
  if (!target.startsWith('.'))
    return `npm:${target
      .split('/')
      .slice(0, target.startsWith('@') ? 2 : 1)
      .join('/')}`;
  const full = path.relative(source, path.resolve(source, path.dirname(file), target)).split(path.sep);
  return full[0] === '..' ? (full.find(step => step !== '..') ?? '') : roomOf(`${full.join('/')}/`);
}

describe('the rooms of ARCHITECTURE.md', () => {
  test('are those that there are', () => {
    expect(files.filter(file => !allowed.has(roomOf(file)))).toEqual([]);
    expect([...allowed.keys()].filter(room => !files.some(file => roomOf(file) === room))).toEqual([]);
  });

  test('import only what they may', () => {
    const may = ({ from, to }: Arrow) =>
      (allowed.get(from) ?? []).some(
        right =>
          right === to ||
          (right.endsWith('/*') && `${to}/`.startsWith(right.slice(0, -1))) ||
          (right === '*' && allowed.has(to)) ||
          (right === '*' && to === 'package.json'),
      );
    expect(arrows.filter(arrow => !may(arrow)).map(({ what }) => what)).toEqual([]);
  });

  test('make no circle', () => {
    const next = new Map<string, Set<string>>();
    for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
    const reaches = (from: string, to: string, seen: Set<string>): boolean =>
      [...(next.get(from) ?? [])].some(step => step === to || (!seen.has(step) && reaches(step, to, seen.add(step))));
    expect([...allowed.keys()].filter(room => reaches(room, room, new Set()))).toEqual([]);
  });
});

/** Files inside one room may not need each other in a circle either. */
test('no files make a circle', () => {
  const next = new Map<string, string[]>();
  for (const file of files) {
    const text = fs.readFileSync(path.join(source, file), 'utf8');
    const targets = [...text.matchAll(imports)].flatMap(([, from, lazy, bare]) => {
      const target = from ?? lazy ?? bare ?? '';
      if (!target.startsWith('.')) return [];
      const full = path
        .relative(source, path.resolve(source, path.dirname(file), target))
        .split(path.sep)
        .join('/');
      return [`${full}.ts`, `${full}/index.ts`].filter(candidate => files.includes(candidate));
    });
    next.set(file, targets);
  }
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  // A document has a root, and each node its document: neither means anything alone.
  const kin = ['yaml/node.ts', 'yaml/document.ts'];
  const visit = (file: string, trail: readonly string[]) => {
    const circle = trail.slice(trail.indexOf(file));
    if (state.get(file) === 'open' && !circle.every(each => kin.includes(each))) circles.push(circle.join(' → '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const target of next.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('the core knows no Node, by import or otherwise: it also runs in a browser', () => {
  const core = files.filter(file => !/^(?:lsp|cli|host)\//.test(file));
  const globals = /\b(?:Buffer|process)\.\w|\b__(?:dirname|filename)\b|\brequire\(|\bsetImmediate\(/;
  // A rule's message may name a process: only code counts.
  const codeOf = (file: string) =>
    fs
      .readFileSync(path.join(source, file), 'utf8')
      .replace(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|^\s*(?:\/\/|\*).*$/gm, '');
  expect(core.filter(file => globals.test(codeOf(file)))).toEqual([]);
});

test('no two files of one name mean different things', () => {
  // Rules are named for faults, the command line's files for its commands, and a Corefile has a syntax of its own.
  const named = files.filter(file => !/^(?:rules|cli|corefile)\//.test(file) && !file.endsWith('/index.ts'));
  const names = named.map(file => path.posix.basename(file));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('no file that is written by hand is longer than 300 lines', () => {
  const folders = ['server/src', 'server/scripts', 'client', 'test', 'scripts', 'bench'];
  const long = folders
    .flatMap(folder =>
      fs
        .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map(file => path.join(folder, file)),
    )
    .filter(
      file =>
        /\.(?:ts|mjs)$/.test(file) && !file.includes('node_modules') && !/\.generated\.ts$|rules.index\.ts$/.test(file),
    )
    .map(file => ({ file, lines: fs.readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test('nothing is fetched, and nothing of a workspace is executed', () => {
  const folders = [source, path.join(root, 'client', 'src')];
  const all = folders.flatMap(folder =>
    fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => path.join(folder, file)),
  );
  const texts = all.filter(file => file.endsWith('.ts')).map(file => ({ file, text: fs.readFileSync(file, 'utf8') }));
  const modules = texts.flatMap(({ text }) => [...text.matchAll(/from 'node:([a-z/_]+)'/g)].map(([, name]) => name));
  expect([...new Set(modules)].sort()).toEqual(['crypto', 'fs', 'path', 'url']);
  const reaching = /(?<!#)\bfetch\(|\beval\(|\bnew (?:Function|XMLHttpRequest|WebSocket)\b/;
  expect(texts.filter(({ text }) => reaching.test(text)).map(({ file }) => file)).toEqual([]);
});

test('one place says what a placeholder is', () => {
  const ideas = /\[\$\{[}<>%@]*\]|includes\('\$\{'\)/;
  const others = files.filter(file => file !== 'kube/placeholder.ts' && /^(?:kube|network|rules|lint)\//.test(file));
  expect(others.filter(file => ideas.test(fs.readFileSync(path.join(source, file), 'utf8')))).toEqual([]);
});

test.each(['package-lock.json', 'bench/peers/package-lock.json'])('%s names no registry host', file => {
  const lock = fs.readFileSync(path.join(root, file), 'utf8');
  const hosts = new Set([...lock.matchAll(/"resolved": "https?:\/\/([^/"]+)/g)].map(match => match[1]));
  expect([...hosts]).toEqual([]);
});
