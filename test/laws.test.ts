import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { editsOf } from '../server/src/lint/fix';
import { ignoreEdits } from '../server/src/lint/ignore-comment';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import type { AnyRule, Finding } from '../server/src/lint/rule';
import { connectivity } from '../server/src/network/answers/formats';
import { rules } from '../server/src/rules';
import type { Workspace } from '../server/src/workspace/workspace';
import { splitDocuments } from '../server/src/yaml/document';
import { faultsIn } from './promises';
import { lint, situations } from './situations';
import { applied } from './spec';
import { isThorough } from './thorough';
import { type Files, variants } from './variants';

describe('a fix', () => {
  // A rule alone may have none.
  test('has cases to be tried on', () => expect(situations.length).toBeGreaterThan(0));
  let turn = 0;
  for (const { rule, title, files } of situations) {
    const base = lint(files, [rule]);
    const titles = new Set(base.findings.flatMap(finding => finding.fixes.map(fix => fix.title)));
    for (const fixTitle of titles) {
      const every = [...variants(files)];
      const some = isThorough ? every : every.filter((_, i) => i * 3 === turn % (every.length * 3));
      turn++;
      if (some.length === 0) continue;
      test(`${rule.id}: ${title}: ${fixTitle}`, () => {
        for (const [name, variant] of some) checkFix(rule, fixTitle, variant, `${name}\n`);
      });
    }
  }
});

/** The whole promise: the text stays sound, comments stay, the finding goes, nothing new comes, a second time changes nothing. */
function checkFix(rule: AnyRule, title: string, files: Files, variant: string): void {
  const before = lint(files, [rule]);
  const finding = before.findings.find(candidate => candidate.fixes.some(fix => fix.title === title));
  const fix = finding?.fixes.find(candidate => candidate.title === title);
  if (finding === undefined || fix === undefined) return; // the variant is no place for it, which the page tests tell
  const edits = editsOf(before.workspace, finding, fix);
  if (edits === undefined) return;
  const after = applied(before.workspace, edits);
  const texts = [...after.files.values()].map(file => `--- ${file.path}\n${file.text}`).join('\n');
  expect(faultsIn(before.workspace, edits), variant + texts).toEqual([]);
  // What may be applied unseen leaves everybody where they were.
  if (fix.safe) expect(reach(after), `${variant}'${title}' is safe\n${texts}`).toEqual(reach(before.workspace));
  const again = new Linter([rule]).lint(after, before.config);
  const same = (workspace: Workspace, other: Finding) =>
    other.message === finding.message && samePlace(before.workspace, finding, workspace, other);
  const left = again.filter(other => same(after, other)).length;
  const had = before.findings.filter(other => same(before.workspace, other)).length;
  expect(left, `${variant}still found after '${title}': ${finding.message}\n${texts}`).toBeLessThan(had);
  const all = (workspace: Workspace) => new Linter(rules).lint(workspace, before.config).filter(isLoud);
  const old = new Set(all(before.workspace).map(other => other.rule.id));
  const fresh = all(after).filter(other => !old.has(other.rule.id) && !givenUp(title, other));
  expect(
    fresh.map(other => `${other.rule.id}: ${other.message}`),
    `${variant}${texts}`,
  ).toEqual([]);
}

describe('a comment that ignores a finding', () => {
  for (const { rule, title, files } of situations.filter((_, i) => isThorough || i % 3 === 0)) {
    test(`${rule.id}: ${title}`, () => {
      const own = (each: Finding) => each.rule === rule;
      const count = lint(files).findings.filter(own).length;
      for (let i = 0; i < Math.min(count, isThorough ? 5 : 1); i++) {
        const before = lint(files); // a text that gets comments takes its documents along
        const finding = before.findings.filter(own)[i];
        const edits = finding && ignoreEdits(before.workspace, finding);
        if (finding === undefined || edits === undefined) continue;
        const after = applied(before.workspace, edits);
        const texts = [...after.files.values()].map(file => `--- ${file.path}\n${file.text}`).join('\n');
        const again = new Linter(rules).lint(after, before.config);
        // It is another text, so that only the places can tell: no more than the one line, or the one string, is silent.
        expect(again.length, texts).toBeLessThan(before.findings.length);
        expect(
          again.filter(({ rule: { id } }) => id.startsWith('ignore/')),
          texts,
        ).toEqual([]);
        const node = 'in' in finding.at ? finding.at.in : finding.at;
        // There the text is the value.
        if (node.document.host || /^(?:coredns|corefile)\//.test(rule.id)) continue;
        for (const [file, { text }] of after.files) {
          expect(valuesIn(text), texts).toEqual(valuesIn(before.workspace.files.get(file)?.text ?? ''));
        }
      }
    });
  }
});

const valuesIn = (text: string) => splitDocuments(text).map(({ document }) => document.root.value);

const isLoud = ({ severity }: Finding) => severity === 'error' || severity === 'warning';

/** What a title says that the fix gives up: a plain default deny may cut calls, a mode may be on its way out. */
function givenUp(title: string, { rule }: Finding): boolean {
  return (
    (/cut/i.test(title) && rule.id.startsWith('network-policy/')) ||
    (/deprecated/.test(title) && /deprecated/.test(rule.id))
  );
}

function samePlace(a: Workspace, one: Finding, b: Workspace, other: Finding): boolean {
  const first = a.placeOf(locate(one.at).document);
  const second = b.placeOf(locate(other.at).document);
  return first?.file.path === second?.file.path && one.resource?.name.string === other.resource?.name.string;
}

const reach = ({ views }: Workspace) => views.map(view => connectivity(view, 'txt'));

describe('linting', () => {
  test('no rule throws on any prefix of any page', () => {
    const some = situations.filter((_, i) => isThorough || i % 5 === 0);
    for (const { files, title, rule } of some) {
      const [first] = files;
      if (first === undefined) continue;
      const [name, text] = first;
      const step = Math.max(1, Math.floor(text.length / (isThorough ? 7 : 2)));
      for (let end = 0; end <= text.length; end += step) {
        const { failures } = lint(new Map([...files, [name, text.slice(0, end)]]));
        expect(failures, `${rule.id}: ${title} cut at ${end}`).toEqual([]);
      }
    }
  });
});

describe('splitting', () => {
  const pieces = [
    '---',
    '--- ',
    '---\n',
    '...\n',
    'a: 1\n',
    '- b\n',
    '# c\n',
    '\n',
    '  d: |\n    ---\n',
    '"e\n---\n',
    '%YAML 1.2\n',
    ' ---\n',
    '\r\n',
    '\u2028---\n',
    'f: "x"\r\n',
  ];

  test('documents together are the file', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), parts => {
        const text = parts.join('');
        const documents = splitDocuments(text);
        expect(documents.map(({ document }) => document.text).join('')).toBe(text);
      }),
    );
  });

  test('sound streams have the documents that the yaml package finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('---\n', 'a: 1\n', '- b\n', '# c\n', '\n', 'd: |\n  x\n', '...\n'), { maxLength: 10 }),
        parts => {
          const text = parts.join('');
          const whole = parseAllDocuments(text, { uniqueKeys: false });
          if (!Array.isArray(whole) || whole.some(document => document.errors.length > 0)) return;
          const own = splitDocuments(text).map(({ document }) => document.root.value ?? null);
          const plain = (values: unknown[]) => JSON.parse(JSON.stringify(values)) as unknown[];
          const theirs = whole.map((document): unknown => document.toJS() ?? null);
          expect(plain(own).filter(value => value !== null)).toEqual(plain(theirs).filter(value => value !== null));
        },
      ),
    );
  });
});
