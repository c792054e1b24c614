import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** The commands of the palette; `kubeNetlint.openRulePage` also takes the id of a rule. */
export function registerCommands(client: LanguageClient, extension: vscode.Uri): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const pages = vscode.Uri.joinPath(extension, 'server', 'src', 'rules');
  return vscode.Disposable.from(
    registerCommand('kubeNetlint.restart', () => (client.isRunning() ? client.restart() : client.start())),
    registerCommand('kubeNetlint.showOutput', () => client.outputChannel.show()),
    registerCommand('kubeNetlint.openRulePage', (rule?: string) => openRulePage(pages, rule)),
    registerCommand('kubeNetlint.whyHere', whyHere),
  );
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
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, `${rule}.md`));
}

/** The ids (`<area>/<name>`) of the rules that have a page. */
async function rulesIn(pages: vscode.Uri): Promise<string[]> {
  const areas = (await entriesOf(pages)).filter(([, type]) => type === vscode.FileType.Directory);
  const ids = areas.map(async ([area]) => {
    const files = await entriesOf(vscode.Uri.joinPath(pages, area));
    return files.filter(([file]) => file.endsWith('.md')).map(([file]) => `${area}/${file.slice(0, -'.md'.length)}`);
  });
  return (await Promise.all(ids)).flat().sort();
}

const entriesOf = (folder: vscode.Uri) => vscode.workspace.fs.readDirectory(folder);
