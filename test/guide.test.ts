import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMap, parseAllDocuments } from 'yaml';
import { chapters, generalAreas } from '../server/scripts/chapters';
import {
  anchor,
  guideFile,
  heading,
  rulesOf,
  snippetsFile,
  snippetsIn,
  snippetsOf,
  standsForRule,
  standsForSnippet,
} from '../server/scripts/guide';
import { areaOf } from '../server/src/lint/levels';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';

const root = path.resolve(__dirname, '..');
const snippets = snippetsIn(root);
const guide = guideFile(root).text;
const sections = chapters.map(chapter => ({ ...chapter, name: heading(chapter), text: sectionOf(heading(chapter)) }));

describe('the chapters', () => {
  test('are eleven, in order', () => {
    expect(chapters.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test.each(sections)('$name has rules and snippets', chapter => {
    expect(rulesOf(chapter)).not.toEqual([]);
    expect(snippetsOf(chapter, snippets)).not.toEqual([]);
    const row = guide.split('\n').find(line => line.startsWith(`| [${chapter.name}](#${anchor(chapter.name)}) |`));
    expect(row?.split(' | ').map(cell => cell.trim())).not.toContain('');
    expect(row?.split(' | ')).toHaveLength(3);
  });

  test('hold every rule, but for those about the files themselves', () => {
    const entries = chapters.flatMap(chapter => chapter.rules);
    const homeless = rules.filter(({ id }) => !entries.some(entry => standsForRule(entry, id)));
    expect(homeless.map(({ id }) => id).filter(id => !generalAreas.includes(areaOf(id)))).toEqual([]);
  });

  test('hold every snippet', () => {
    const housed = new Set(chapters.flatMap(chapter => snippetsOf(chapter, snippets)));
    expect(snippets.filter(snippet => !housed.has(snippet)).map(({ prefix }) => prefix[0])).toEqual([]);
  });

  test('name single rules and snippets that exist', () => {
    const ids = chapters.flatMap(chapter => chapter.rules).filter(entry => entry.includes('/'));
    expect(ids.filter(id => !fs.existsSync(path.join(root, 'server/src/rules', `${id}.md`)))).toEqual([]);
    const prefixes = snippets.flatMap(({ prefix }) => prefix);
    const entries = chapters.flatMap(chapter => chapter.snippets);
    expect(entries.filter(entry => !prefixes.some(prefix => standsForSnippet(entry, prefix)))).toEqual([]);
  });
});

describe('the guide', () => {
  test('lists every rule and snippet of a chapter between its markers', () => {
    for (const chapter of sections) {
      const list = /<!-- rules: \d+ -->\n([\s\S]*?)<!-- end -->/.exec(chapter.text)?.[1] ?? '';
      for (const { id, title } of rulesOf(chapter)) {
        expect(list).toContain(`| [\`${id}\`](../server/src/rules/${id}.md) |`);
        expect(list).toContain(`| ${title} |`);
      }
      for (const { description } of snippetsOf(chapter, snippets)) expect(list).toContain(`| ${description} |`);
    }
  });

  test('keeps what is written by hand when the lists are renewed', () => {
    const written = fs.readFileSync(path.join(root, 'docs/optimization-guide.md'), 'utf8');
    expect(withoutLists(guide)).toBe(withoutLists(written));
    expect(withoutLists(guide)).not.toBe(guide);
  });

  test.each(sections)('$name says the same four things, on one screen', ({ text }) => {
    for (const label of ['What the article says', 'What is true now', "What a linter can't see"]) {
      expect(text.split(`**${label}.** `)).toHaveLength(2);
    }
    expect(fencesOf(text)).toHaveLength(1);
    const prose = withoutLists(text)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .split('\n')
      .filter(line => line !== '');
    expect(prose.length).toBeGreaterThan(14);
    expect(prose.length).toBeLessThan(41);
  });

  test('names a source for what is true now in every chapter', () => {
    for (const { text } of sections) expect(text).toMatch(/https:\/\/|`[\w.-]+\/[\w.-]+:[\w./-]+`/);
  });

  test.each(sections)('$name shows YAML that is sound', ({ text }) => {
    for (const fence of fencesOf(text)) {
      const documents = parseAllDocuments(fence);
      expect(documents.flatMap(document => [...document.errors, ...document.warnings])).toEqual([]);
      for (const document of documents) expect(isMap(document.contents)).toBe(true);
      const file = /^apiVersion: /m.test(fence) ? fence : inPodSpec(fence);
      const findings = new Linter(rules).lint(Workspace.empty.update([['guide.yaml', file]]));
      const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
      expect(loud.map(({ rule, message }) => `${rule.id}: ${message}`)).toEqual([]);
    }
  });
});

test.each([guideFile(root), snippetsFile(root)])('links in $file lead somewhere', ({ file, text }) => {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1] ?? '');
  const local = targets.filter(target => !target.startsWith('https://'));
  expect(local.length).toBeGreaterThan(0);
  for (const target of new Set(local)) {
    const [page = '', fragment] = target.split('#');
    const there = page === '' ? file : path.join(path.dirname(file), page);
    const known = [guideFile(root), snippetsFile(root)].find(each => each.file === there)?.text;
    if (known === undefined) expect(fs.existsSync(path.join(root, there)), target).toBe(true);
    else if (fragment !== undefined) expect(anchorsOf(known), target).toContain(fragment);
  }
});

describe('anchor', () => {
  test.each([
    ['3. DNS', '3-dns'],
    ['5. TCP/IP tuning', '5-tcpip-tuning'],
    ["What a linter can't see", 'what-a-linter-cant-see'],
  ])('of %s', (text, expected) => expect(anchor(text)).toBe(expected));
});

function sectionOf(name: string): string {
  const [, rest = ''] = guide.split(`\n## ${name}\n`);
  return rest.split('\n## ')[0] ?? '';
}

function withoutLists(text: string): string {
  return text.replace(/(<!-- (?:chapters|rules: \d+) -->)\n[\s\S]*?<!-- end -->/g, '$1');
}

function fencesOf(text: string): readonly string[] {
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(match => match[1] ?? '');
}

function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(match => anchor(match[1] ?? ''));
}

/** A part of a pod spec where it belongs: in a Deployment. */
function inPodSpec(fragment: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0.0
${fragment.replace(/^(?=.)/gm, '      ')}`;
}
