/** Commands and symbols, as three editors ask for them. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClientCapabilities, DocumentSymbol, SymbolInformation, WorkspaceEdit } from 'vscode-languageserver/node';
import { commandNames } from '../server/src/host/command-names';
import { newConfig } from '../server/src/lint/new-config';
import type { Answer } from '../server/src/lsp/answer';
import { textCommands } from '../server/src/lsp/client';
import { kinds } from './clients/clients';
import { type Editor, type Opening, open, until } from './editor';

const deployment = (name: string, env = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: main
          image: ${name}:1.0.0
          ports: [{name: http, containerPort: 8080}]
${env}`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: http}]}
`;
const deny = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec:
  podSelector: {matchLabels: {app: cart}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: admin}}}]
`;
const shop = [
  deployment('web', '          env: [{name: CART_URL, value: "http://cart"}]\n'),
  deployment('cart'),
  deployment('admin'),
  service('cart'),
].join('---\n');
const files = { 'shop.yaml': shop, 'policies.yaml': deny };
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

const profiles = [
  ['VS Code', kinds['VS Code'].capabilities, { kubeNetlintCommands: true }],
  [
    'Neovim',
    { ...kinds.Neovim.capabilities, workspace: { ...kinds.Neovim.capabilities.workspace, applyEdit: true } },
    {},
  ],
  ['one that can do the least', {}, {}],
] satisfies readonly Profile[];

type Profile = readonly [string, ClientCapabilities, object];

async function opened(
  [, capabilities, initializationOptions]: Profile,
  given: Record<string, string>,
  opening: Opening = {},
) {
  const editor = await open(capabilities, given, { initializationOptions, ...opening });
  const said: string[] = [];
  const made: WorkspaceEdit[] = [];
  editor.client.onNotification('window/showMessage', ({ message }) => void said.push(message));
  editor.client.onRequest('workspace/applyEdit', ({ edit }) => {
    made.push(edit);
    return { applied: true };
  });
  await until(() => editor.statuses.at(-1)?.state === 'ready');
  return { editor, said, made };
}

const ask = (editor: Editor, command: string, ...args: readonly unknown[]): Promise<Answer> =>
  editor.client.sendRequest('workspace/executeCommand', { command, arguments: args });

describe.each<Profile>(profiles)('%s', (...profile) => {
  const isOurs = 'kubeNetlintCommands' in profile[2];

  test('learns which commands there are', async () => {
    const { editor } = await opened(profile, {});
    const { capabilities } = editor.initialized;
    expect(capabilities.executeCommandProvider?.commands).toEqual([...textCommands, ...Object.values(commandNames)]);
    expect(capabilities.workspaceSymbolProvider).toBe(true);
  });

  test('judges all again, with what came without a word', async () => {
    const { editor } = await opened(profile, { 'one.yaml': settings });
    fs.writeFileSync(path.join(editor.folder, 'two.yaml'), settings);
    const { sentence } = await ask(editor, commandNames.lint);
    expect(sentence).toBe('2 errors in 2 files, of 2 objects in 2 files.');
    expect(editor.messages('two.yaml')).toHaveLength(1);
    fs.rmSync(path.join(editor.folder, 'one.yaml'));
    fs.rmSync(path.join(editor.folder, 'two.yaml'));
    expect((await ask(editor, commandNames.lint)).sentence).toBe('No Kubernetes manifests in 0 files.');
  });

  test('gets the policies that isolate a namespace, with what is cut said first', async () => {
    const { editor } = await opened(profile, files);
    const { choices } = await ask(editor, commandNames.namespaces);
    expect(choices).toEqual([{ name: 'shop', scene: '.' }]);
    const { text = '' } = await ask(editor, commandNames.isolate, 'shop', '.');
    expect(text).toMatch(
      /^# Isolates namespace 'shop' and keeps the calls that its manifests show\. Others are cut\.\n/,
    );
    expect(text).toContain('name: default-deny');
    expect(fs.readdirSync(editor.folder).sort()).toEqual(['policies.yaml', 'shop.yaml']);
  });

  test('gets the policy that opens a call, and a reason where there is none', async () => {
    const { editor, said } = await opened(profile, files);
    const { choices = [] } = await ask(editor, commandNames.pods);
    expect(choices.map(({ name }) => name)).toEqual([
      'shop/admin[Deployment]',
      'shop/cart[Deployment]',
      'shop/web[Deployment]',
    ]);
    const { text } = await ask(editor, commandNames.allow, 'web', 'cart');
    expect(text).toContain('name: allow-cart-from-web');
    expect(text).toContain('port: 8080');
    const reasons = [
      "No policy cuts 'shop/cart[Deployment]' calling 'shop/web[Deployment]': there is nothing to open.",
    ];
    expect((await ask(editor, commandNames.allow, 'cart', 'web')).sentence).toBe(reasons[0]);
    if (!isOurs) await until(() => said.length === 1 && said[0] === reasons[0]);
  });

  test('gets the connections', async () => {
    const { editor } = await opened(profile, files);
    const { text } = await ask(editor, commandNames.connectivity);
    expect(text).toContain('shop/admin[Deployment] => shop/cart[Deployment] : All Connections\n');
    expect(text).not.toContain('shop/web[Deployment] => shop/cart[Deployment]');
  });

  test('gets the fixes that may be made unseen, or has them made', async () => {
    const { editor, made } = await opened(profile, { 'a.yaml': settings, 'b.yaml': settings });
    const textsOf = (edit: WorkspaceEdit | undefined) => JSON.stringify(edit).match(/"newText":"[^,}]*/g) ?? [];
    const { edit } = await ask(editor, commandNames.fixAll);
    const canApply = 'applyEdit' in (profile[1].workspace ?? {});
    if (canApply) await until(() => made.length === 1);
    expect(edit === undefined).toBe(canApply);
    expect(textsOf(edit ?? made[0])).toHaveLength(2);
    await editor.type('a.yaml', settings, 1);
    await ask(editor, commandNames.fixAll, editor.uri('a.yaml'));
    if (canApply) {
      await until(() => made.length === 2);
      expect(textsOf(made[1])).toHaveLength(1);
    }
    const { sentence } = await ask(editor, commandNames.fixAll, 'file:///nowhere.yaml');
    expect(sentence).toBe('This file is not one that is checked.');
  });

  test('gets the fixes of what is there, though somebody types while it is looked at', async () => {
    const { editor, made } = await opened(profile, { 'a.yaml': settings, 'b.yaml': settings });
    await editor.type('b.yaml', settings, 1);
    const asked = ask(editor, commandNames.fixAll);
    for (const version of [2, 3, 4, 5]) {
      await editor.type('b.yaml', `${settings}  count: "${version}"\n`, version);
      await new Promise(resolve => setTimeout(resolve, version));
    }
    const { edit } = await asked;
    if (edit === undefined) await until(() => made.length === 1);
    expect(JSON.stringify(edit ?? made[0]).match(/"newText"/g)).toHaveLength(2);
  });

  test('gets answers to several that look at everything at once, though somebody types', async () => {
    const { editor } = await opened(profile, { 'a.yaml': settings, 'b.yaml': settings });
    await editor.type('b.yaml', settings, 1);
    const asked = [1, 2, 3].map(() => ask(editor, commandNames.lint));
    for (const version of [2, 3, 4, 5]) {
      await editor.type('b.yaml', `${settings}  count: "${version}"\n`, version);
      await new Promise(resolve => setTimeout(resolve, version));
    }
    const sentences = await Promise.all(asked.map(async each => (await each).sentence));
    expect(new Set(sentences).size).toBe(1);
  });

  test('gets a config file once', async () => {
    const { editor, made } = await opened(profile, { 'a.yaml': settings });
    const { edit, sentence, uri } = await ask(editor, commandNames.createConfig);
    if (profile[0] === 'one that can do the least')
      expect(sentence).toBe('This editor creates no files: `kube-netlint init` writes one.');
    else {
      expect(uri).toBe(editor.uri('.kube-netlint.yaml'));
      if (!isOurs) await until(() => made.length === 1);
      expect(JSON.stringify(edit ?? made[0])).toContain(JSON.stringify(newConfig));
    }
    fs.writeFileSync(path.join(editor.folder, '.kube-netlint.yml'), 'extends: all\n');
    expect((await ask(editor, commandNames.createConfig)).sentence).toBe('There is a .kube-netlint.yml already.');
  });

  test('is told why there is no answer', async () => {
    const { editor } = await opened(profile, {}, { isFolderless: true });
    const sentences = await Promise.all(Object.values(commandNames).map(name => ask(editor, name)));
    const none = 'There are no Kubernetes manifests here, or they are not read yet.';
    expect(sentences.map(({ sentence }) => sentence)).toEqual([
      'No folder is open, so there is nothing to check.',
      'There is nothing to fix that may be fixed unseen.',
      'Open a folder first: .kube-netlint.yaml stands in one.',
      ...Array.from({ length: 6 }, () => none),
    ]);
    expect((await ask(editor, 'kube-netlint.nope')).sentence).toBe(none);
  });

  test('may ask for anything', async () => {
    const { editor } = await opened(profile, files);
    for (const name of Object.values(commandNames).filter(one => one !== commandNames.createConfig)) {
      for (const args of [['](x)\n', '__proto__'], [{}, 7, null], [['shop']], ['toString', 'constructor', 'x']])
        expect((await ask(editor, name, ...args)).sentence).not.toMatch(/output says why|\n|undefined/);
    }
    expect((await ask(editor, 'toString')).sentence).toBe("There is no command 'toString'.");
    expect((await ask(editor, commandNames.isolate, 'shopp')).sentence).toBe(
      "The manifests show no namespace 'shopp'.",
    );
    expect((await ask(editor, commandNames.allow, 'web', 'crat')).sentence).toBe(
      "The manifests show no pods called 'crat'. Did you mean 'cart'?",
    );
  });

  test('finds objects by kind, name and namespace', async () => {
    const { editor } = await opened(profile, files);
    const find = async (query: string): Promise<string[]> => {
      const found: SymbolInformation[] = await editor.client.sendRequest('workspace/symbol', { query });
      return found.map(({ name, containerName }) => `${name} (${containerName})`);
    };
    expect(await find('cart')).toEqual(['Deployment cart (shop)', 'Service cart (shop)']);
    expect(await find('service')).toEqual(['Service cart (shop)']);
    expect(await find('dpl crt')).toEqual(['Deployment cart (shop)']);
    expect(await find('shop closed')).toEqual(['NetworkPolicy closed (shop)']);
    expect(await find('')).toHaveLength(5);
    expect(await find('zzz')).toEqual([]);
    const [found]: SymbolInformation[] = await editor.client.sendRequest('workspace/symbol', { query: 'closed' });
    expect(found?.location).toEqual({
      uri: editor.uri('policies.yaml'),
      range: { start: { line: 2, character: 17 }, end: { line: 2, character: 23 } },
    });
  });

  test('lists the objects of a file, unless another server does', async () => {
    const listed = async (initializationOptions: unknown): Promise<(DocumentSymbol | SymbolInformation)[] | null> => {
      const { editor } = await opened(profile, files, { initializationOptions });
      await editor.type('policies.yaml', deny, 1);
      return editor.client.sendRequest('textDocument/documentSymbol', {
        textDocument: { uri: editor.uri('policies.yaml') },
      });
    };
    const [first] = (await listed(profile[2])) ?? [];
    expect(first?.name).toBe('NetworkPolicy closed');
    expect(await listed({ ...profile[2], outlinedLanguages: ['yaml'] })).toBe(null);
    expect(await listed({ ...profile[2], outlinedLanguages: ['json', 7] })).not.toBe(null);
  });
});
