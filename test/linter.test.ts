import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { defaultConfig } from '../server/src/lint/config';
import { editsOf } from '../server/src/lint/fix';
import { fixAll } from '../server/src/lint/fix-all';
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
    const everyName = ofMaps((unit, report) => report(unit.name, { what: `is ${unit.name.string}` }));
    const half = `${map('half', 'a: "1')}---\n${map('whole', 'b: c')}`;
    const { findings } = found({ 'a.yaml': half }, everyName);
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('quote'), 'is whole']);
    expect(findings[0]?.rule.id).toBe('yaml/syntax');
  });

  test('names a rule that throws once, and the others go on', () => {
    const throwing = ofMaps(() => {
      throw new Error('on purpose');
    });
    const working = ofMaps((unit, report) => report(unit.name, { what: 'works' }), 'test/other');
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
    report(unit.name, { what: 'lacks a file' }, { fixes: [{ title: 'Write it', safe: false, edit }] });
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

  test('creates no file that the kustomization of its neighbour can not list', () => {
    const changed = (list: string) => {
      const kustomization = `resources:${list}\n  - a.yaml\n`;
      const { workspace, findings } = found(
        { 'a.yaml': map('one', 'a: b'), 'kustomization.yaml': kustomization },
        creating,
      );
      const [finding] = findings;
      const fix = finding?.fixes[0];
      return finding && fix && editsOf(workspace, finding, fix)?.changed;
    };
    expect(changed('')?.size).toBe(1);
    expect(changed(' &all')).toBeUndefined();
  });

  test('of which two write at one place waits for the next pass', () => {
    const lacking = (key: string) =>
      ofMaps((unit, report) => {
        if (unit.at('data', 'all').exists) return;
        const edit: Fix['edit'] = edits => edits.set(unit.at('data', 'all'), key);
        report(unit.name, { what: `lacks ${key}` }, { fixes: [{ title: 'Write it', safe: true, edit }] });
      }, `test/${key}`);
    const workspace = Workspace.empty.update([['a.yaml', map('one', 'a: b')]]);
    const fixed = fixAll(workspace, new Linter([lacking('x'), lacking('y')]), defaultConfig, {
      isOwn: () => true,
      fixOf: ({ fixes: [first] }) => first,
      refusal: () => undefined,
    });
    expect(fixed.workspace.files.get('a.yaml')?.text).toBe(map('one', 'a: b', 'all: x'));
    expect(fixed.findings).toEqual([]);
  });
});

describe('a comment that ignores', () => {
  const commented = (text: string) => {
    const verbose = ofMaps((unit, report) => report(unit.at('data', 'a'), { what: 'is odd' }));
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
      report({ in: unit.at('data', 'a'), range: { start: 6, end: 9 } }, { what: 'is odd' });
    });
    const silenced = (text: string) => {
      const { workspace, findings } = found({ 'a.yaml': text }, inside);
      const edits = findings[0] && ignoreEdits(workspace, findings[0])?.changed.get('a.yaml');
      const after = edits ? applyEdits(text, edits) : '';
      expect(found({ 'a.yaml': after }, inside).findings).toEqual([]);
      return after;
    };
    for (const style of ['>', '|']) {
      const text = map('one', `a: ${style}`, '  first', '  second');
      expect(silenced(text)).toBe(text.replace('  a:', '  # kube-netlint-ignore test/rule\n  a:'));
    }
    const quoted = map('one', 'a: "first', '  second"');
    expect(silenced(quoted)).toBe(quoted.replace('  a:', '  # kube-netlint-ignore test/rule\n  a:'));
  });

  test('speaks for no more than its line, where a line above would speak for the document', () => {
    const kinds = ofMaps((unit, report) => {
      report(unit.at('apiVersion'), { what: 'is odd' });
      report(unit.at('data', 'a'), { what: 'is odd too' });
    });
    const text = map('one', 'a: b');
    const { workspace, findings } = found({ 'a.yaml': text }, kinds);
    const edits = findings[0] && ignoreEdits(workspace, findings[0])?.changed.get('a.yaml');
    const after = applyEdits(text, edits ?? []);
    expect(after).toBe(text.replace('\n', ' # kube-netlint-ignore test/rule\n'));
    expect(found({ 'a.yaml': after }, kinds).findings.map(({ message }) => message)).toEqual(['is odd too']);
  });

  test('has no place in JSON', () => {
    const kinds = ofMaps((unit, report) => report(unit.at('data', 'a'), { what: 'is odd' }));
    const text = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"},\n"data": {"a": "b"}}\n';
    const { workspace, findings } = found({ 'a.yaml': text }, kinds);
    expect(findings).toHaveLength(1);
    expect(findings[0] && ignoreEdits(workspace, findings[0])).toBeUndefined();
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

describe('a comment or annotation that has nothing to silence', () => {
  const odd = ofMaps((unit, report) => report(unit.at('data', 'a'), { what: 'is odd' }));
  /** The text after the fix with this title of the first finding about a suppression. */
  const mended = (text: string, title: string) => {
    const { workspace, findings } = found({ 'a.yaml': text }, odd);
    const finding = findings.find(({ rule }) => rule.id === 'ignore/without-effect');
    const fix = finding?.fixes.find(each => each.title === title);
    const edits = finding && fix && editsOf(workspace, finding, fix)?.changed.get('a.yaml');
    return edits && applyEdits(text, edits);
  };
  const text = map('one', 'a: b', 'c: d');

  test.each([
    ['a line of its own', '  c: d', '  # kube-netlint-ignore test/rule: why\n  c: d'],
    ['the end of a line', '  c: d', '  c: d # kube-netlint-ignore test/rule'],
    [
      'the first of two names',
      '  a: b',
      '  # kube-netlint-ignore nothing, test/rule\n  a: b',
      '  # kube-netlint-ignore test/rule\n  a: b',
    ],
    [
      'the last of two names',
      '  a: b',
      '  a: b # kube-netlint-ignore test/rule nothing: why',
      '  a: b # kube-netlint-ignore test/rule: why',
    ],
  ])('is taken out: %s', (_, plain, commented, expected = plain) => {
    const name = commented.includes('nothing') ? 'nothing' : 'test/rule';
    expect(mended(text.replace(plain, commented), `Take '${name}' out`)).toBe(text.replace(plain, expected));
  });

  test('is taken out with its line end, whatever that is', () => {
    const windows = (lines: string) => lines.replaceAll('\n', '\r\n');
    const commented = text.replace('  c: d', '  # kube-netlint-ignore test/rule\n  c: d');
    expect(mended(windows(commented), "Take 'test/rule' out")).toBe(windows(text));
  });

  test('of an annotation leaves the other names', () => {
    const annotated = (names: string) =>
      text.replace('name: one\n', `name: one\n  annotations: {kube-netlint.dev/ignore: "${names}"}\n`);
    expect(mended(annotated('nothing, test/rule'), "Take 'nothing' out")).toBe(annotated('test/rule'));
  });

  test('is told what was meant', () => {
    const commented = (name: string) => text.replace('  a: b', `  # kube-netlint-ignore ${name}\n  a: b`);
    expect(mended(commented('test/rul'), "Use 'test/rule'")).toBe(commented('test/rule'));
  });

  test('is never taken out unseen: with more files it may have something to silence', () => {
    const { findings } = found(
      { 'a.yaml': text.replace('  c: d', '  # kube-netlint-ignore test/rule, test/rul\n  c: d') },
      odd,
    );
    const unused = findings.filter(({ rule }) => rule.id === 'ignore/without-effect');
    expect(unused.map(({ fixes }) => fixes.map(({ title, safe }) => `${title} ${safe}`))).toEqual([
      ["Take 'test/rule' out false"],
      ["Use 'test/rule' false", "Take 'test/rul' out false"],
    ]);
  });
});

test('a slip in the config file is told what was meant, and mended', () => {
  const path = '.kube-netlint.yaml';
  const mended = (text: string) => {
    const workspace = Workspace.empty.update([[path, text]]);
    return new Linter([]).lint(workspace, defaultConfig).map(finding => {
      const [fix] = finding.fixes;
      const edits = fix && editsOf(workspace, finding, fix)?.changed.get(path);
      return [finding.message, edits && applyEdits(text, edits)];
    });
  };
  expect(mended('rule:\n  dns: off # quiet\n')).toEqual([
    [
      expect.stringMatching(/^Unknown setting 'rule'\n.*\nUse 'rules' if that is meant\.$/),
      'rules:\n  dns: off # quiet\n',
    ],
  ]);
  expect(mended('rules:\n  coredns/missing-cach: hint\n')).toEqual([
    [expect.stringContaining("Use 'coredns/missing-cache' if"), 'rules:\n  coredns/missing-cache: hint\n'],
  ]);
  expect(mended('rules:\n  dns: waring\n')).toEqual([
    [expect.stringContaining("Unknown value 'waring' of 'dns'"), 'rules:\n  dns: warning\n'],
  ]);
  // One that is there already would be there twice.
  expect(mended('rule: {}\nrules: {}\n')).toEqual([[expect.stringContaining("Use 'rules' if"), undefined]]);
  expect(mended('nonsense: 1\n')).toEqual([[expect.stringContaining("Unknown setting 'nonsense'"), undefined]]);
});
