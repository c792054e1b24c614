/** What "Turn off … in .kube-netlint.yaml" writes has an effect, or is not offered. */
import { describe, expect, test } from 'vitest';
import { Configs } from '../server/src/lint/configs';
import { Judge } from '../server/src/lint/judge';
import { locate } from '../server/src/lint/place';
import { defineRule } from '../server/src/lint/rule';
import { turnOffEdits } from '../server/src/lint/turn-off';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';
import { open, profiles, until } from './editor';

type Files = Readonly<Record<string, string>>;
const rule = 'api/wrong-type';
const name = '.kube-netlint.yaml';

const everyMap = defineRule({
  id: rule,
  title: 'A test',
  severity: 'warning',
  per: 'resource',
  kinds: ['ConfigMap'],
  check: (map, report) => report(map.name, { what: 'It is found' }),
});

const settings = (namespace = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n${namespace && `  namespace: ${namespace}\n`}data:\n  verbose: yes\n`;

function judged(files: Files, words?: Readonly<Record<string, string>>) {
  const workspace = Workspace.empty.update(Object.entries(files));
  const configs = new Configs('', path => files[path], { rules: words });
  const findings = new Judge([everyMap]).lint(workspace, configs).filter(finding => finding.rule === everyMap);
  const pathOf = (finding: (typeof findings)[0]) => workspace.placeOf(locate(finding.at).document)?.file.path ?? '';
  return { workspace, configs, findings, pathOf };
}

/** The config files after the rule was turned off for the finding in a file, and the files that still have it. */
function turnedOff(files: Files, file = 'a.yaml', words?: Readonly<Record<string, string>>) {
  const { workspace, configs, findings, pathOf } = judged(files, words);
  const finding = findings.find(one => pathOf(one) === file);
  if (finding === undefined) throw new Error(`nothing was found in ${file}`);
  const decider = { path: configs.pathOf(file) || name, ...configs.decisionOn(file) };
  const edits = turnOffEdits(workspace, decider, finding);
  if (edits === undefined) return undefined;
  const changed = Array.from(edits.changed, ([path, all]) => [path, applyEdits(files[path] ?? '', all)] as const);
  const written = Object.fromEntries([...changed, ...edits.created]);
  const after = judged({ ...files, ...written }, words);
  return { written, left: after.findings.map(after.pathOf) };
}

const two = { 'a.yaml': settings(), 'test/b.yaml': settings() };

describe('a rule is turned off', () => {
  test('in the rules, where no override speaks of the finding', () => {
    const config = 'overrides:\n  - files: [test/**]\n    rules:\n      api: error\n  - rules: {dns: off}\n';
    const after = turnedOff({ ...two, [name]: config });
    expect(after).toEqual({ written: { [name]: `${config}rules:\n  api/wrong-type: "off"\n` }, left: ['test/b.yaml'] });
    expect(turnedOff(two)).toEqual({ written: { [name]: 'rules:\n  api/wrong-type: off\n' }, left: [] });
  });

  test('in the override that decides, the last one that holds', () => {
    const config = `overrides:
  - rules: {api: hint} # all
  - files: [test/**]
    rules:
      api: error
`;
    expect(turnedOff({ ...two, [name]: config }, 'test/b.yaml')).toEqual({
      written: { [name]: `${config}      api/wrong-type: "off"\n` },
      left: ['a.yaml'],
    });
    const byId = config.replace('api: error', 'api/wrong-type: error # no');
    expect(turnedOff({ ...two, [name]: byId }, 'test/b.yaml')).toEqual({
      written: { [name]: byId.replace('error # no', '"off" # no') },
      left: ['a.yaml'],
    });
    expect(turnedOff({ ...two, [name]: config })).toEqual({
      written: { [name]: config.replace('{api: hint}', '{api: hint, api/wrong-type: "off"}') },
      left: ['test/b.yaml'],
    });
  });

  test('in all that decide, where an object is applied in several namespaces', () => {
    const files = {
      'base/a.yaml': settings(),
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'one/kustomization.yaml': 'namespace: one\nresources: [../base]\n',
      'two/kustomization.yaml': 'namespace: two\nresources: [../base]\n',
      [name]: 'overrides:\n  - {namespaces: [one], rules: {api: hint}}\n',
    };
    const after = turnedOff(files, 'base/a.yaml');
    expect(after?.left).toEqual([]);
    expect(after?.written[name]?.match(/api\/wrong-type: "off"/g)).toHaveLength(2);
  });

  test('in the rules of the nearest file, where one that it extends decides', () => {
    const files = { 'sub/a.yaml': settings(), 'sub/.kube-netlint.yaml': 'extends: ../team.yaml\n' };
    const team = 'overrides: [{rules: {api: error}}]\n';
    expect(turnedOff({ ...files, 'team.yaml': team }, 'sub/a.yaml')).toEqual({
      written: { 'sub/.kube-netlint.yaml': 'extends: ../team.yaml\nrules:\n  api/wrong-type: "off"\n' },
      left: [],
    });
  });

  test('nowhere, where an editor has the last word, or the config file is half typed', () => {
    const files = { ...two, [name]: 'rules: {dns: off}\n' };
    expect(turnedOff(files, 'a.yaml', { dns: 'hint' })?.left).toEqual([]);
    expect(turnedOff(files, 'a.yaml', { api: 'hint' })).toBeUndefined();
    expect(turnedOff(files, 'a.yaml', { [rule]: 'hint' })).toBeUndefined();
    const { workspace, configs, findings } = judged(files);
    const [finding] = findings;
    const halfTyped = workspace.update([[name, 'rules: {dsn: off}\n']]);
    const edits = finding && turnOffEdits(halfTyped, { path: name, ...configs.decisionOn('a.yaml') }, finding);
    expect(edits).toBeUndefined();
  });
});

test('an editor is offered it under the name of the file, and not where its own settings decide', async () => {
  const files = { 'a.yaml': settings(), '.kube-netlint.yml': 'overrides: [{rules: {api: error}}]\n' };
  const titlesIn = async (settings: object) => {
    const editor = await open(profiles['VS Code'] ?? {}, files, { settings });
    await until(() => editor.messages('a.yaml').length === 1);
    return (await editor.actions('a.yaml', 5, 12)).map(({ title }) => title);
  };
  expect(await titlesIn({})).toContain('Turn off wrong-type in .kube-netlint.yml');
  expect((await titlesIn({ rules: { api: 'info' } })).filter(title => title.startsWith('Turn off'))).toEqual([]);
});
