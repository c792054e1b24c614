import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Comment, type Node, parseSync, visitorKeys } from 'oxc-parser';
import { expect, test } from 'vitest';

// A fact is worth as much as its source: every table in kube/ and network/ names one, or says that it is our own.

const server = resolve(__dirname, '..', 'server', 'src');
const files = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter(file => /^(?:kube|network)[/\\].*(?<!\.generated)\.ts$/.test(file))
  .sort();

/** Which objects are read, and the words of our own types. */
const isExempt = (name: string) => /(?:kinds|severit(?:y|ies)|formats?)$/i.test(name);

const childrenOf = (node: Node): Node[] => (visitorKeys[node.type] ?? []).flatMap(key => Reflect.get(node, key) ?? []);

const isFunction = ({ type }: Node) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression';

/** Whether anything in a node is so; what a function does is not in it. */
const has = (node: Node, is: (node: Node) => boolean): boolean =>
  is(node) || (!isFunction(node) && childrenOf(node).some(child => has(child, is)));

const isWritten = (node: Node) =>
  node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number');

function isTable(node: Node): boolean {
  if (node.type === 'Literal' && 'regex' in node) return hasWords(node.regex.pattern);
  if (node.type !== 'ArrayExpression' && node.type !== 'ObjectExpression') return false;
  // The name of a field is no fact.
  const entries = childrenOf(node).map(entry => (entry.type === 'Property' ? entry.value : entry));
  return entries.filter(entry => has(entry, isWritten)).length >= 3;
}

/** Whether an expression lists three words or more: `^(?:a|b|c)$`. */
function hasWords(pattern: string): boolean {
  const wordsOf = (text: string) => text.split('|').filter(part => /[a-z]/i.test(part));
  let rest = pattern.replace(/\\[a-z]|\[(?:\\.|[^\]\\])*\]/gi, '').replace(/\\./g, '_');
  for (;;) {
    const [group, inside = rest] = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?([^()]*)\)/.exec(rest) ?? [];
    if (wordsOf(inside).length >= 3) return true;
    if (group === undefined) return false;
    rest = rest.replace(group, () => wordsOf(inside)[0] ?? '');
  }
}

interface Doc {
  /** `server/src/kube/truth.ts:7 effects` */
  readonly place: string;
  readonly text: string;
}

/** The comments above the tables of a file, empty where there is none, and all comments. */
function docsIn(file: string): { readonly tables: Doc[]; readonly all: Doc[] } {
  const text = readFileSync(resolve(server, file), 'utf8');
  const { program, comments } = parseSync(file, text);
  const placeOf = (at: number, name: string) =>
    `server/src/${file}:${text.slice(0, at).split('\n').length} ${name}`.trim();
  const docAbove = (at: number, [above]: readonly Comment[] = comments.filter(({ end }) => end <= at).slice(-1)) =>
    above && text.slice(above.end, at).trim() === '' ? above.value : '';
  const tables = program.body.flatMap(statement => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations.flatMap(({ id, init }): Doc[] => {
      const name = text.slice(id.start, id.end).replace(/:.*/s, '');
      if (init === null || isExempt(name) || !has(init, isTable)) return [];
      return [{ place: placeOf(statement.start, name), text: docAbove(statement.start) }];
    });
  });
  return { tables, all: comments.map(({ start, value }) => ({ place: placeOf(start, ''), text: value })) };
}

/** What a comment says behind a tag, line by line. */
const said = ({ text }: Doc, tag: string) =>
  [...text.matchAll(new RegExp(`^[ *]*@(?:${tag})\\b *(.*?) *$`, 'gm'))].map(([, words]) => words ?? '');

const docs = files.map(docsIn);

test('every table of facts names its source, or says that it is our own', () => {
  const silent = docs
    .flatMap(({ tables }) => tables)
    .filter(doc => said(doc, 'source|own').every(words => words === ''));
  expect(silent.map(({ place }) => place)).toEqual([]);
});

test('every source ends in the version or date at which it was read', () => {
  const isDated = (source: string) => /^\S.* \([^()]*[0-9][^()]*\)$/.test(source);
  const undated = docs.flatMap(({ all }) => all).filter(doc => said(doc, 'source').some(source => !isDated(source)));
  expect(undated.map(({ place }) => place)).toEqual([]);
});
