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
  );
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
