import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileIn, finding, findingsOf, noFinding, open, until, writeOutside } from './window';

const { executeCommand } = vscode.commands;

suite('commands that the server answers', () => {
  const written = () => [
    fileIn('guest', 'shop.yaml'),
    fileIn('guest', '.kube-netlint.yaml'),
    fileIn('guest', 'a.yaml'),
    fileIn('guest', 'draft.yaml'),
  ];

  teardown(async () => {
    await executeCommand('workbench.action.revertAndCloseActiveEditor');
    await executeCommand('workbench.action.closeAllEditors');
    await executeCommand('notifications.clearAll');
    for (const { fsPath } of written()) await fs.rm(fsPath, { force: true });
  });

  test('are all in the palette under one name', async () => {
    const { contributes } = vscode.extensions.getExtension('kube-netlint.kube-netlint')?.packageJSON ?? {};
    const known = await vscode.commands.getCommands(true);
    const titles: string[] = contributes.commands.map(({ command, category, title }: Record<string, string>) => {
      assert.ok(known.includes(String(command)), `${command} is not registered`);
      return `${category}: ${title}`;
    });
    assert.deepEqual(
      titles.filter(title => !title.startsWith('Kubernetes Network Lint: ')),
      [],
    );
  });

  test('write a config file with all that can be set, once', async () => {
    const folder = vscode.workspace.getWorkspaceFolder(fileIn('guest', '.'))?.uri;
    await executeCommand('kubeNetlint.createConfig', folder);
    const config = fileIn('guest', '.kube-netlint.yaml');
    await until('the config file', () => (shown() === config.toString() ? 'shown' : undefined));
    const before = await fs.readFile(config.fsPath, 'utf8');
    assert.match(before, /^extends: recommended$/m);
    await writeOutside(config, 'extends: all\n');
    await executeCommand('kubeNetlint.createConfig', folder);
    assert.equal(await fs.readFile(config.fsPath, 'utf8'), 'extends: all\n');
  });

  test('judge everything again', async () => {
    const uri = fileIn('guest', 'a.yaml');
    await writeOutside(uri, settings);
    await executeCommand('kubeNetlint.lintWorkspace');
    await finding(uri, 'api/wrong-type');
  });

  test('fix a file, and then all files once somebody has seen what changes', async () => {
    const uri = fileIn('guest', 'a.yaml');
    await writeOutside(uri, settings);
    const document = await open(uri);
    await finding(uri, 'api/wrong-type');
    await executeCommand('kubeNetlint.fixFile');
    assert.equal(document.getText(), settings.replace('yes', '"yes"'));
    await noFinding(uri, 'api/wrong-type');
    await executeCommand('workbench.action.files.revert');
    await finding(uri, 'api/wrong-type');
    // What somebody is still writing stays theirs to save.
    const other = fileIn('guest', 'draft.yaml');
    await writeOutside(other, settings.replace('settings', 'draft'));
    const draft = await open(other);
    const more = new vscode.WorkspaceEdit();
    more.insert(other, new vscode.Position(0, 0), '# more\n');
    await vscode.workspace.applyEdit(more);
    await until('a finding below', () =>
      findingsOf(other, 'api/wrong-type').find(({ range }) => range.start.line === 6),
    );
    const fixing = executeCommand('kubeNetlint.fixWorkspace');
    await until('what would change', () => tabs().find(({ label }) => /^Fix All in Workspace/.test(label)));
    assert.equal(await fs.readFile(uri.fsPath, 'utf8'), settings);
    await until('the fix', async () => {
      await executeCommand('notification.acceptPrimaryAction');
      return (await fs.readFile(uri.fsPath, 'utf8')).includes('"yes"') || undefined;
    });
    await fixing;
    assert.ok(draft.isDirty);
    assert.match(draft.getText(), /"yes"/);
    await vscode.window.showTextDocument(draft);
    await executeCommand('workbench.action.files.revert');
  });

  test('show the policies that isolate a namespace, and write nothing', async () => {
    await writeOutside(fileIn('guest', 'shop.yaml'), shop);
    await executeCommand('kubeNetlint.lintWorkspace');
    const before = await fs.readdir(fileIn('guest', '.').fsPath);
    await executeCommand('kubeNetlint.isolateNamespace', 'guest-shop');
    await unsaved(/^# Isolates namespace 'guest-shop' and keeps the calls/);
    assert.deepEqual(await fs.readdir(fileIn('guest', '.').fsPath), before);
  });

  test('show the policy that opens a call', async () => {
    await writeOutside(fileIn('guest', 'shop.yaml'), shop);
    await executeCommand('kubeNetlint.lintWorkspace');
    await executeCommand('kubeNetlint.allowCall', 'guest-shop/web', 'guest-shop/cart', await sceneOfGuest());
    await unsaved(/name: allow-cart-from-web\n {2}namespace: guest-shop/);
  });

  test('show who may talk to whom, as text that is no file', async () => {
    await writeOutside(fileIn('guest', 'shop.yaml'), shop);
    await executeCommand('kubeNetlint.lintWorkspace');
    await executeCommand('kubeNetlint.showConnectivity', await sceneOfGuest());
    const { uri } = await until('a text', () => documentWith(/^guest-shop\/cart\[Deployment\] => guest-shop\/web/m));
    assert.equal(uri.scheme, 'kube-netlint');
  });

  test('find objects by their names', async () => {
    await writeOutside(fileIn('guest', 'shop.yaml'), shop);
    await executeCommand('kubeNetlint.lintWorkspace');
    const found = await executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'guest cart',
    );
    assert.deepEqual(
      found.map(({ name, containerName }) => `${name} (${containerName})`),
      ['Deployment cart (guest-shop)'],
    );
  });

  test('list the objects of a file, where no other extension does', async () => {
    const uri = fileIn('guest', 'shop.yaml');
    await writeOutside(uri, shop);
    await open(uri);
    const symbols = await until(
      'an outline',
      async () => await executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri),
    );
    const hasOther = vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined;
    const names = symbols.map(({ name }) => name);
    if (!hasOther) assert.deepEqual(names, ['Deployment web', 'Deployment cart', 'NetworkPolicy closed']);
  });
});

const shown = () => vscode.window.activeTextEditor?.document.uri.toString();

/** The document that is shown, once it says this. */
function documentWith(text: RegExp): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && text.test(document.getText()) ? document : undefined;
}

async function unsaved(text: RegExp): Promise<void> {
  const document = await until(`a file with ${text}`, () => documentWith(text));
  assert.ok(document.isUntitled);
  assert.equal(document.languageId, 'yaml');
}

const tabs = () => vscode.window.tabGroups.all.flatMap(group => group.tabs);

/** The name under which the folder is to be chosen. */
async function sceneOfGuest(): Promise<string> {
  const answer = await executeCommand<{ choices: { scene: string }[] }>(
    'kube-netlint.scenes',
    fileIn('guest', 'shop.yaml').toString(),
  );
  return answer.choices[0]?.scene ?? '';
}

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: guest-shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${name}:1.0.0", ports: [{containerPort: 8080}]}]}
`;

const shop = `${deployment('web')}---
${deployment('cart')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: guest-shop}
spec: {podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress]}
`;
