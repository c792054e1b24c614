import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fileIn, until, writeOutside } from './window';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "cart:1", ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
`;
const policy =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: shop\nspec:\n  podSelector:\n    matchLabels:\n      app:';
const ingress =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\n  namespace: shop\nspec:\n  defaultBackend:\n    service:\n      name:';

suite('completion', () => {
  // Once: a file that is being written is empty for a moment, and VS Code offers words then.
  suiteSetup(async () => {
    await writeOutside(fileIn('files', 'shop/shop.yaml'), deployment);
    // A page that is still loading beside takes the focus, and the suggestions with it.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  teardown(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  for (const [name, what, text, then] of [
    ['policy', 'the pods that a policy may mean', policy, `${policy} cart`],
    ['ingress', 'a Service, and its port with it', ingress, `${ingress} cart\n      port:\n        number: 80`],
  ] as const) {
    test(`proposes ${what}, behind a space`, async () => {
      const uri = fileIn('files', `shop/${name}.yaml`);
      await writeOutside(uri, text);
      const document = await vscode.workspace.openTextDocument(uri);
      const editor = await vscode.window.showTextDocument(document);
      const end = document.lineAt(document.lineCount - 1).range.end;
      editor.selection = new vscode.Selection(end, end);
      await until('completion', () => labelsAt(uri, end));
      await vscode.commands.executeCommand('type', { text: ' ' });
      await until(`'${then}'`, async () => {
        await sleep(300);
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        if (document.getText() === then) return 'it';
        // A busy window loses the list that the space brought up, or offers words of other files instead.
        if (document.getText() !== `${text} `) await vscode.commands.executeCommand('undo');
        await vscode.commands.executeCommand('editor.action.triggerSuggest');
        return undefined;
      });
      assert.equal(document.getText(), then);
    });
  }
});

async function labelsAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return list.items
    .map(({ label }) => (typeof label === 'string' ? label : label.label))
    .filter(each => each === 'cart');
}
