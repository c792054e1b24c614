import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The commands of the palette; `kubeNetlint.openRulePage` also takes the id of a rule. */
export function registerCommands(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const pages = vscode.Uri.joinPath(extension, 'server', 'src', 'rules');
  return vscode.Disposable.from(
    registerCommand('kubeNetlint.restart', () => restart(client)),
    registerCommand('kubeNetlint.showOutput', () => client.outputChannel.show()),
    registerCommand('kubeNetlint.openRulePage', (rule?: string) => openRulePage(pages, rule)),
    registerCommand('kubeNetlint.whyHere', whyHere),
  );
}

async function restart(client: BaseLanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

/** Shows the hover of the object that the cursor is in, which stands on its kind. */
async function whyHere(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const at = editor && kindAround(editor.document, editor.selection.active.line);
  if (editor === undefined || at === undefined) {
    void vscode.window.showInformationMessage('Put the cursor into a Kubernetes object to see why it is here.');
    return;
  }
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(editor.selection);
  await vscode.commands.executeCommand('editor.action.showHover');
}

/** Where the kind of the object around a line stands. */
function kindAround(document: vscode.TextDocument, line: number): vscode.Position | undefined {
  const isEnd = (at: number) => /^---(?:\s|$)/.test(document.lineAt(at).text);
  let first = line;
  while (first > 0 && !isEnd(first)) first--;
  for (let at = isEnd(first) ? first + 1 : first; at < document.lineCount && !isEnd(at); at++) {
    const key = /^(kind:\s*["']?)\w/.exec(document.lineAt(at).text)?.[1];
    if (key !== undefined) return new vscode.Position(at, key.length);
  }
  return undefined;
}

// The pages come with the extension, so they fit its version and need no network.
async function openRulePage(pages: vscode.Uri, asked: string | undefined): Promise<void> {
  const rules = await rulesIn(pages);
  const rule = asked ?? (await vscode.window.showQuickPick(rules, { placeHolder: 'Which rule?', title: 'Rules' }));
  if (rule === undefined) return;
  if (!rules.includes(rule)) {
    void vscode.window.showErrorMessage(`There is no rule '${rule}' in this version of Kubernetes Network Lint.`);
    return;
  }
  const page = vscode.Uri.joinPath(pages, `${rule}.md`);
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The extension that shows Markdown can be switched off.
    await vscode.window.showTextDocument(page, { preview: true });
  }
}

/** The ids (`<area>/<name>`) of the rules that have a page: their table links it. In a browser folders can't be listed. */
async function rulesIn(pages: vscode.Uri): Promise<string[]> {
  const table = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(pages, 'README.md'));
  const links = new TextDecoder().decode(table).matchAll(/\]\(([\w-]+\/[\w-]+)\.md\)/g);
  return [...new Set(Array.from(links, ([, id = '']) => id))].sort();
}
