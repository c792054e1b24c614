import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixAll } from '../server/src/cli/fix';
import { Disk } from '../server/src/host/disk';
import { defaultConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { ignoreEdits } from '../server/src/lint/ignore-comment';
import { Linter } from '../server/src/lint/linter';
import { type AnyRule, defineRule, type Fix, type Rule } from '../server/src/lint/rule';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';

const map = (name: string, ...data: string[]) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data.map(line => `  ${line}\n`).join('')}`;

const ofMaps = (check: Rule<'resource', 'ConfigMap'>['check'], id = 'test/rule'): AnyRule =>
  defineRule({ id, title: 'A test', severity: 'warning', per: 'resource', kinds: ['ConfigMap'], check });

const found = (files: Record<string, string>, rule: AnyRule) => {
  const workspace = Workspace.empty.update(Object.entries(files));
  return { workspace, findings: new Linter([rule]).lint(workspace, defaultConfig) };
};

describe('the linter', () => {
  test('says nothing of a document that is half typed, and goes on beside it', () => {
    const everyName = ofMaps((unit, report) => report(unit.name, `is ${unit.name.string}`));
    const half = `${map('half', 'a: "1')}---\n${map('whole', 'b: c')}`;
    const { findings } = found({ 'a.yaml': half }, everyName);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('quote'), 'is whole']);
    expect(findings[0]?.rule.id).toBe('yaml/syntax');
  });

  test('names a rule that throws once, and the others go on', () => {
    const throwing = ofMaps(() => {
      throw new Error('on purpose');
    });
    const working = ofMaps((unit, report) => report(unit.name, 'works'), 'test/other');
    const linter = new Linter([throwing, working]);
    const workspace = Workspace.empty.update([['a.yaml', `${map('one', 'a: b')}---\n${map('two', 'a: b')}`]]);
    expect(linter.lint(workspace, defaultConfig).map(({ message }) => message)).toEqual(['works', 'works']);
    expect(linter.failures).toEqual([
      expect.stringMatching(/^rule test\/rule failed on ConfigMap 'one': .*on purpose/),
    ]);
  });
});

describe('a fix', () => {
  const creating = ofMaps((unit, report) => {
    const edit: Fix['edit'] = edits => edits.createFile('more.yaml', [{ kind: 'ConfigMap' }]);
    report(unit.name, 'lacks a file', { fixes: [{ title: 'Write it', safe: false, edit }] });
  });

  test('gives a file that it creates a name that is free', () => {
    const created = (...names: string[]) => {
      const files = Object.fromEntries(names.map(name => [name, map('other', 'a: b').replace('ConfigMap', 'Secret')]));
      const { workspace, findings } = found({ 'k/a.yaml': map('one', 'a: b'), ...files }, creating);
      const [finding] = findings;
      const fix = finding?.fixes[0];
      return finding && fix && [...(editsOf(workspace, finding, fix)?.created.keys() ?? [])];
    };
    expect(created()).toEqual(['k/more.yaml']);
    expect(created('k/more.yaml')).toEqual(['k/more-2.yaml']);
    expect(created('k/more.yaml', 'k/more-2.yaml')).toEqual(['k/more-3.yaml']);
  });

  test('of which two write at one place waits for the next pass', () => {
    const lacking = (key: string) =>
      ofMaps((unit, report) => {
        if (unit.at('data', 'all').exists) return;
        const edit: Fix['edit'] = edits => edits.set(unit.at('data', 'all'), key);
        report(unit.name, `lacks ${key}`, { fixes: [{ title: 'Write it', safe: true, edit }] });
      }, `test/${key}`);
    const workspace = Workspace.empty.update([['a.yaml', map('one', 'a: b')]]);
    const fixed = fixAll(workspace, new Linter([lacking('x'), lacking('y')]), defaultConfig);
    expect(fixed.workspace.files.get('a.yaml')?.text).toBe(map('one', 'a: b', 'all: x'));
    expect(fixed.findings).toEqual([]);
  });
});

describe('a comment that ignores', () => {
  const commented = (text: string) => {
    const verbose = ofMaps((unit, report) => report(unit.at('data', 'a'), 'is odd'));
    const { workspace, findings } = found({ 'a.yaml': text }, verbose);
    const [finding] = findings;
    const edits = finding && ignoreEdits(workspace, finding)?.changed.get('a.yaml');
    return edits && applyEdits(text, edits);
  };

  test('stands on a line of its own above the finding', () => {
    const text = map('one', 'a: b');
    expect(commented(text)).toBe(text.replace('  a: b', '  # kube-netlint-ignore test/rule\n  a: b'));
  });

  test('is never written into text', () => {
    const inside = ofMaps((unit, report) => {
      report({ in: unit.at('data', 'a'), range: { start: 6, end: 9 } }, 'is odd');
    });
    const edits = (text: string) => {
      const { workspace, findings } = found({ 'a.yaml': text }, inside);
      return findings[0] && ignoreEdits(workspace, findings[0]);
    };
    expect(edits(map('one', 'a: >', '  first', '  second'))).toBeUndefined();
    expect(edits(map('one', 'a: "first', '  second"'))).toBeUndefined();
    expect(edits(map('one', 'a: |', '  first', '  second'))).toBeDefined();
  });
});

describe('the disk', () => {
  const scratch = () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-netlint-'));
    onTestFinished(() => fs.rmSync(folder, { recursive: true }));
    return folder;
  };

  test('never overwrites a file that has changed since it was read', () => {
    const folder = scratch();
    const file = path.join(folder, 'a.yaml');
    fs.writeFileSync(file, 'somebody was quicker\n');
    expect(new Disk(folder).write('a.yaml', 'as read\n', 'fixed\n')).toMatch(/has changed since it was read/);
    expect(fs.readFileSync(file, 'utf8')).toBe('somebody was quicker\n');
    expect(new Disk(folder).write('a.yaml', 'somebody was quicker\n', 'fixed\n')).toBeUndefined();
    expect(fs.readFileSync(file, 'utf8')).toBe('fixed\n');
  });

  test('never writes a new file over one that is there', () => {
    const folder = scratch();
    fs.writeFileSync(path.join(folder, 'new.yaml'), 'here first\n');
    expect(new Disk(folder).write('new.yaml', undefined, 'created\n')).toBe('it exists already');
    expect(fs.readFileSync(path.join(folder, 'new.yaml'), 'utf8')).toBe('here first\n');
  });
});
