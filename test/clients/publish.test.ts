import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { defineRule } from '../../server/src/lint/rule';
import { unusedRule } from '../../server/src/lint/suppressions';
import { configRule, syntaxRule } from '../../server/src/lint/syntax';
import { tagsByRule } from '../../server/src/lsp/tags';
import { rules } from '../../server/src/rules';
import { open, until, write } from '../editor';
import { everyKind, faulty, ingress, kinds, serviceNamed } from './clients';

const { capabilities } = kinds['VS Code'];

describe.each(everyKind)('%s', (_, { capabilities, manners }) => {
  test('is told of a file when it opens it, and again when it opens it again, with its version', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty, 'clean.yaml': 'a: b\n' }, { manners });
    await until(() => editor.messages('one.yaml').length === 1);
    for (const name of ['one.yaml', 'clean.yaml']) {
      const told = () => editor.sent.filter(({ uri }) => uri === editor.uri(name));
      const text = name === 'one.yaml' ? faulty : 'a: b\n';
      for (const _ of [1, 2]) {
        const before = told().length;
        await editor.type(name, text, 1);
        await until(() => told().length > before && told().at(-1)?.version === 1);
        await editor.close(name);
        await editor.type(name, text, 1);
        await until(() => told().length > before + 1 && told().at(-1)?.version === 1);
        await editor.type(name, `${text}# more\n`, 2);
        await until(() => told().at(-1)?.version === 2);
        expect(told().at(-1)?.diagnostics).toHaveLength(name === 'one.yaml' ? 1 : 0);
        await editor.close(name);
        await until(() => told().at(-1)?.version === undefined);
      }
    }
  });

  test('hears nothing before all is read that a file has to do with', async () => {
    const names = Array.from({ length: 600 }, (_, i) => `m/f${i}.yaml`);
    const files = { 'm/a-ing.yaml': ingress, 'm/web.yaml': serviceNamed('web') };
    const filler = Object.fromEntries(names.map((name, i) => [name, serviceNamed(`x${i}`)]));
    const editor = await open(capabilities, { ...files, ...filler }, { manners, rules });
    await editor.type('m/a-ing.yaml', ingress, 1);
    for (let version = 2; editor.statuses.at(-1)?.state !== 'ready'; version++) {
      await editor.type('m/a-ing.yaml', `${ingress}# ${version}\n`, version);
      await editor.actions('m/a-ing.yaml', 5, 130);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await until(() => editor.told.has(editor.uri('m/a-ing.yaml')));
    const codes = editor.sent.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
    expect(codes.filter(code => String(code).includes('missing-backend'))).toEqual([]);
    const ready = editor.statuses.filter(({ state }) => state === 'ready');
    expect(ready.filter(({ detail }) => detail !== '602 files read')).toEqual([]);
  });
});

test('the bar of progress ends, and the state is ready, when what was read is shown', async () => {
  const names = Array.from({ length: 2500 }, (_, i) => `${i}.yaml`);
  const editor = await open(capabilities, Object.fromEntries(names.map(name => [name, faulty])));
  await until(() => editor.order.includes('end'));
  const first = (step: string) => editor.order.indexOf(step);
  expect(first('scanning')).toBe(0);
  expect(first('begin')).toBeLessThan(first('findings'));
  expect(editor.order.lastIndexOf('findings')).toBeLessThan(first('ready'));
  expect(first('ready')).toBeLessThan(first('end'));
});

test('documents that were opened during a walk keep their findings when it ends', async () => {
  const names = Array.from({ length: 1500 }, (_, i) => `m/${i}.yaml`);
  const files = Object.fromEntries(names.map(name => [name, faulty]));
  const editor = await open(capabilities, { ...files, '.gitignore': 'ignored.yaml\n', 'ignored.yaml': faulty });
  await until(() => editor.statuses.length > 0);
  await editor.type('ignored.yaml', faulty, 1);
  await editor.type('unsaved.yaml', faulty, 1);
  write(editor.folder, 'a-late.yaml', faulty);
  await editor.changed('a-late.yaml', 1);
  const all = ['ignored.yaml', 'unsaved.yaml', 'a-late.yaml', 'm/7.yaml'];
  await until(() => editor.statuses.at(-1)?.state === 'ready' && all.every(name => editor.messages(name).length === 1));
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(all.filter(name => editor.messages(name).length !== 1)).toEqual([]);
  expect(
    editor.sent.filter(({ uri, diagnostics }) => editor.uri('unsaved.yaml') === uri && diagnostics.length === 0),
  ).toEqual([]);
});

test('a walk in the middle of the work takes nothing away before it has ended', async () => {
  const names = Array.from({ length: 250 }, (_, i) => `${i}.yaml`);
  const editor = await open(capabilities, Object.fromEntries(names.map(name => [name, faulty])));
  await until(() => editor.told.size === 250);
  fs.rmSync(path.join(editor.folder, '0.yaml'));
  write(editor.folder, '1.yaml', faulty.replace('yes', 'off'));
  const changes = names.map(name => ({ uri: editor.uri(name), type: 2 }));
  await editor.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
  await until(() => editor.messages('0.yaml').length === 0 && editor.messages('1.yaml')[0]?.includes('off') === true);
  expect([...editor.told.values()].filter(({ length }) => length === 0)).toHaveLength(1);
});

describe('names of documents', () => {
  test.each(['untitled:50%', 'file:///home/x/caf%E9.yaml', 'untitled:%E9', 'x y', 'git:/a.yaml?%', 'file://[/a.yaml'])(
    '%s keeps nobody from being told',
    async uri => {
      const editor = await open(capabilities, { 'one.yaml': faulty });
      const textDocument = { uri, languageId: 'yaml', version: 1, text: faulty };
      await editor.client.sendNotification('textDocument/didOpen', { textDocument });
      await until(() => editor.messages('one.yaml').length === 1 && editor.told.get(uri)?.length === 1);
      await editor.type('one.yaml', faulty.replace('yes', 'off'), 1);
      await until(() => editor.messages('one.yaml')[0]?.includes('off') === true);
      await editor.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
      await until(() => editor.told.get(uri)?.length === 0);
      expect(editor.statuses.filter(({ state }) => state === 'error')).toEqual([]);
    },
  );

  test('are used as the editor spells them, within a folder too', async () => {
    const editor = await open(capabilities, { 'a b/caf\u00e9:x.yaml': faulty, 'bad%E9.yaml': faulty });
    await until(() => editor.told.size === 2);
    const root = URI.file(editor.folder).toString();
    for (const uri of [`${root}/a%20b/caf%c3%a9%3Ax.yaml`, `${root}/bad%E9.yaml`]) {
      const textDocument = { uri, languageId: 'yaml', version: 1, text: faulty };
      await editor.client.sendNotification('textDocument/didOpen', { textDocument });
      await until(() => editor.told.get(uri)?.length === 1);
    }
    const shown = [...editor.told.values()].filter(({ length }) => length > 0);
    expect(shown).toHaveLength(2);
  });

  test('that begin with dots are inside of the folder', async () => {
    const editor = await open(capabilities, { '..data/one.yaml': faulty, '..two.yaml': faulty });
    await until(() => editor.told.size === 2);
    await editor.type('..data/one.yaml', faulty, 1);
    await editor.type('..two.yaml', faulty, 1);
    await until(() => editor.sent.filter(({ version }) => version === 1).length === 2);
    await editor.close('..data/one.yaml');
    await until(() => editor.sent.at(-1)?.version === undefined);
    expect([editor.messages('..data/one.yaml'), editor.messages('..two.yaml')].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });
});

test('an edit of one file sends nothing of the others', async () => {
  const editor = await open(capabilities, { 'one.yaml': faulty, 'two.yaml': faulty });
  await editor.type('one.yaml', faulty, 1);
  await until(() => editor.told.size === 2 && editor.statuses.at(-1)?.state === 'ready');
  const before = editor.statuses.length;
  const tellings = () => editor.sent.filter(({ uri }) => uri === editor.uri('two.yaml')).length;
  await editor.type('one.yaml', faulty.replace('yes', 'off'), 2);
  await until(() => editor.statuses.length > before);
  expect(tellings()).toBe(1);
});

test('a folder inside of another that is a root too is reported once, and its documents move with it', async () => {
  const editor = await open(capabilities, { 'in/one.yaml': faulty, 'two.yaml': faulty });
  await editor.type('in/one.yaml', faulty.replace('yes', 'on'), 1);
  await until(() => editor.told.size === 2);
  const folder = { uri: editor.uri('in'), name: 'in' };
  const change = (event: object) => editor.client.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  await change({ added: [folder], removed: [] });
  await new Promise(resolve => setTimeout(resolve, 400));
  expect(editor.messages('in/one.yaml')[0]).toContain('value on ');
  await editor.type('in/one.yaml', faulty.replace('yes', 'off'), 2);
  await until(() => editor.messages('in/one.yaml')[0]?.includes('off') === true);
  await editor.type('two.yaml', faulty.replace('yes', 'on'), 1);
  await until(() => editor.messages('two.yaml')[0]?.includes('value on ') === true);
  expect(editor.messages('in/one.yaml')[0]).toContain('off');
  await until(() => editor.statuses.at(-1)?.text === '2 findings');
  await change({ added: [], removed: [folder] });
  await editor.type('in/one.yaml', faulty, 3);
  await until(() => editor.messages('in/one.yaml')[0]?.includes('yes') === true);
});

test('the status says of which open documents nothing is said, and why', async () => {
  const template = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n';
  const files = { 'one.yaml': faulty, 'left-out.yaml': faulty, '.kube-netlint.yaml': 'ignore: [left-out.yaml]\n' };
  const editor = await open(capabilities, { ...files, 'template.yaml': template });
  for (const [name, text] of Object.entries({ ...files, 'template.yaml': template })) await editor.type(name, text, 1);
  await until(() => editor.statuses.at(-1)?.notAnalysed?.length === 2);
  const reasons = new Map(editor.statuses.at(-1)?.notAnalysed?.map(({ uri, reason }) => [uri, reason]));
  expect(reasons.get(editor.uri('template.yaml'))).toMatch(/template/);
  expect(reasons.get(editor.uri('left-out.yaml'))).toMatch(/left out/);
  await editor.type('template.yaml', faulty, 2);
  await until(() => editor.statuses.at(-1)?.notAnalysed?.length === 1);
});

const many = (count: number) => faulty + Array.from({ length: count }, (_, i) => `  k${i}: yes\n`).join('');

test('a file with more findings than anybody reads tells the gravest, and how many more there are', async () => {
  const editor = await open(capabilities, { 'one.yaml': many(99), 'two.yaml': many(149) });
  await until(() => editor.told.size === 2);
  const told = (name: string): Diagnostic[] => editor.told.get(editor.uri(name)) ?? [];
  expect(told('one.yaml')).toHaveLength(100);
  expect(told('two.yaml')).toHaveLength(101);
  expect(told('two.yaml')[0]).toMatchObject({ severity: 3, source: 'kube-netlint' });
  expect(told('two.yaml')[0]?.message).toMatch(/^50 more findings/);
  await until(() => editor.statuses.at(-1)?.text === '250 findings');
});

describe('what is deprecated is struck through, and what has no effect is faded', () => {
  test('for rules that there are', () => {
    const ids = new Set([...rules, configRule, syntaxRule, unusedRule].map(({ id }) => id));
    expect([...tagsByRule.keys()].filter(id => !ids.has(id))).toEqual([]);
  });

  test('in editors that can, which also get what a finding is found again by', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: None, sessionAffinity: ClientIP, ports: [{port: 80}]}\n';
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, annotations: {kubernetes.io/ingress.class: nginx}}\nspec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n';
    for (const [name, { capabilities }] of Object.entries({ 'VS Code': kinds['VS Code'], minimal: kinds.minimal })) {
      const editor = await open(capabilities, { 'one.yaml': `${service}---\n${ingress}` }, { rules });
      await until(() => editor.messages('one.yaml').length > 1);
      const told = editor.told.get(editor.uri('one.yaml')) ?? [];
      const tags = [...new Set(told.flatMap(({ tags }) => tags ?? []))].sort();
      expect(tags, JSON.stringify(told.map(({ code }) => code))).toEqual(name === 'minimal' ? [] : [1, 2]);
      for (const { data, code } of told) {
        if (name === 'minimal') expect(data).toBeUndefined();
        else expect(data).toMatchObject({ rule: code, message: expect.any(String), start: expect.any(Number) });
      }
    }
  });
});

test('a habit of the repository is told of one closed file, and of those that are open', async () => {
  const habit = defineRule({
    id: 'test/habit',
    title: 'A habit',
    severity: 'warning',
    per: 'resource',
    habit: true,
    kinds: ['Service'],
    check: (service, report) => report(service.name, { what: `'${service.name.text}' has it` }),
  });
  const names = Array.from({ length: 7 }, (_, i) => `s${i}.yaml`);
  const files = Object.fromEntries(names.map(name => [name, serviceNamed(name.slice(0, 2))]));
  const editor = await open(capabilities, files, { rules: [habit] });
  const told = () => names.filter(name => editor.messages(name).length > 0);
  await until(() => told().length > 0);
  expect(told()).toEqual(['s0.yaml']);
  expect(editor.told.get(editor.uri('s0.yaml'))?.[0]?.relatedInformation).toHaveLength(6);
  await editor.type('s3.yaml', files['s3.yaml'] ?? '', 1);
  await until(() => told().length === 2);
  expect(told()).toEqual(['s0.yaml', 's3.yaml']);
});
