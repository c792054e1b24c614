import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { explain } from '../server/src/cli/explain';
import { engineRules, pathOfPage } from '../server/src/lint/engine-rules';
import { areaOf } from '../server/src/lint/levels';
import { rules } from '../server/src/rules';
import { commandLine } from './command-line';

const root = path.resolve(__dirname, '..');
const pageOf = (id: string) => fs.readFileSync(path.join(root, pathOfPage(id)), 'utf8');
const everyRule = [...rules, ...engineRules];
const sections = (text: string) => [...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name);
const forUsers = ['What', 'Why', 'How to fix', 'When to ignore', 'Options', 'Since', 'Sources'];

describe('the page of a rule', () => {
  test.each(everyRule.map(({ id }) => id))('%s is printed up to its cases, as people read it', id => {
    const { text, code } = explain(id, rules);
    expect(code).toBe(0);
    expect(text.startsWith(`# \`${id}\`\n`)).toBe(true);
    expect(sections(text)).toEqual(sections(pageOf(id)).filter(name => name !== 'Cases'));
    expect(text).not.toMatch(/<!--|no-test|\n\n\n/);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test('is printed whole where that is asked for', () => {
    const { text, code } = explain('mesh/old-least-conn', rules, { full: true });
    expect({ text, code }).toEqual({ text: pageOf('mesh/old-least-conn'), code: 0 });
    expect(sections(text)).toEqual([...forUsers, 'Cases']);
  });

  test.each(engineRules.map(({ id }) => id))('of %s, which the engine finds, has what the others have', id => {
    expect(sections(pageOf(id))).toEqual(forUsers);
  });

  test('comes with the package', () => {
    const { files }: { readonly files: readonly string[] } = JSON.parse(
      fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
    );
    for (const { id } of everyRule) {
      const pattern = `${path.posix.dirname(path.posix.dirname(pathOfPage(id)))}/*/*.md`;
      expect(files).toContain(pattern);
    }
  });

  test('is linked by the table of all rules', () => {
    const folder = path.join(root, 'server/src/rules');
    const table = fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
    const links = [...table.matchAll(/^\| \[`(.*?)`\]\((.*?)\)/gm)].map(([, id, link = '']) => [
      id,
      path.relative(root, path.join(folder, link)).split(path.sep).join('/'),
    ]);
    expect(links).toEqual(everyRule.map(({ id }) => [id, pathOfPage(id)]).sort());
  });
});

test.each([...new Set(everyRule.map(({ id }) => areaOf(id)))])('the rules of the area %s are listed', area => {
  const { text, code } = explain(area, rules);
  const ids = everyRule.filter(({ id }) => areaOf(id) === area).map(({ id }) => id);
  expect(code).toBe(0);
  expect(text.split('\n').map(line => line.split(' ')[0])).toEqual([...ids.sort(), '']);
  for (const rule of everyRule.filter(({ id }) => areaOf(id) === area)) {
    expect(text).toMatch(new RegExp(`^${rule.id} +${rule.severity} +\\S`, 'm'));
    expect(text).toContain(`  ${rule.title}\n`);
  }
  expect(explain(`${area}/`, rules)).toEqual({ text, code });
});

describe('a name that nobody has', () => {
  const asked = (name: string) => explain(name, rules);

  test.each([
    ['ingress/missing-backnd', 'ingress/missing-backend'],
    ['missing-bakend', 'ingress/missing-backend'],
    ['yaml/sytax', 'yaml/syntax'],
    ['old-release', 'cni/old-release-url'],
    ['unlisted', 'kustomize/unlisted'],
  ])('%s may be %s', (name, meant) => {
    const { text, code } = asked(name);
    expect(code).toBe(2);
    expect(text).toMatch(new RegExp(`^There is no rule or area '${name}'\\. Did you mean one of these\\?\n`));
    expect(text.split('\n').map(line => line.split(' ')[0])).toContain(meant);
  });

  test('may be an area', () => {
    // Not each rule that has the letters in its id.
    expect(asked('ingres/')).toMatchObject({ code: 2, text: expect.stringContaining("mean 'ingress'?") });
    expect(asked('ingres')).toMatchObject({ code: 2, text: expect.stringContaining("mean 'ingress'?") });
    expect(asked('monitorng')).toEqual({
      code: 2,
      text: "There is no rule or area 'monitorng'. Did you mean 'monitoring'?\n",
    });
  });

  test('may be like none', () => {
    expect(asked('xyzzy')).toEqual({ code: 2, text: "There is no rule or area 'xyzzy'.\n" });
    expect(asked('')).toMatchObject({ code: 2 });
  });
});

describe('the command', () => {
  const { run } = commandLine();

  test('answers on standard output, and says on standard error what it does not know', () => {
    expect(run('.', 'explain', 'mesh')).toEqual({ stdout: explain('mesh', rules).text, stderr: '', status: 0 });
    expect(run('.', 'explain', 'mehs')).toEqual({ stdout: '', stderr: explain('mehs', rules).text, status: 2 });
    expect(run('.', 'explain', 'mesh', '--full').status).toBe(0);
    expect(run('.', 'explain')).toMatchObject({ stdout: '', status: 2 });
  });
});
