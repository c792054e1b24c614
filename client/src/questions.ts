import * as vscode from 'vscode';
import type { BaseLanguageClient, WorkspaceEdit } from 'vscode-languageclient';
import { type Answered, type Choice, commandNames } from '../../server/src/host/command-names';
import { ShownTexts } from './shown-texts';

type Answer = Answered<WorkspaceEdit>;

/** The commands of the palette that the server answers. What a person would choose can be given instead. */
export function registerQuestions(client: BaseLanguageClient): vscode.Disposable {
  const texts = new ShownTexts();
  const asking = new Asking(client, texts);
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    texts,
    registerCommand('kubeNetlint.createConfig', (folder?: vscode.Uri) => asking.createConfig(folder)),
    registerCommand('kubeNetlint.lintWorkspace', () => asking.lint()),
    registerCommand('kubeNetlint.fixFile', () => asking.fixFile()),
    registerCommand('kubeNetlint.fixWorkspace', () => asking.fixWorkspace()),
    registerCommand('kubeNetlint.isolateNamespace', (name?: string, scene?: string) => asking.isolate(name, scene)),
    registerCommand('kubeNetlint.allowCall', (from?: string, to?: string, scene?: string) =>
      asking.allow(from, to, scene),
    ),
    registerCommand('kubeNetlint.showConnectivity', (scene?: string) => asking.connectivity(scene)),
  );
}

class Asking {
  constructor(
    readonly client: BaseLanguageClient,
    readonly texts: ShownTexts,
  ) {}

  async lint(): Promise<void> {
    const title = 'Linting the workspace';
    const { sentence } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      this.#ask(commandNames.lint),
    );
    await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
    say(sentence);
  }

  /** Written into the folder of the file that is shown, and never over another. */
  async createConfig(given: vscode.Uri | undefined): Promise<void> {
    const folder = given ?? (await chosenFolder());
    const { sentence, edit, uri } = await this.#ask(commandNames.createConfig, folder ? this.#uri(folder) : '');
    if (edit && !(await this.#apply(edit))) return say('The config file could not be written.');
    if (uri !== undefined) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      await vscode.window.showTextDocument(document);
      if (edit) await document.save();
    }
    say(sentence);
  }

  async fixFile(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) return say('Open a file first.');
    const { version } = document;
    const { sentence, edit } = await this.#ask(commandNames.fixAll, this.#uri(document.uri));
    if (edit && document.version === version) await this.#apply(edit);
    else say(edit ? 'The text is another now: ask again.' : sentence);
  }

  /** Shows what would change, and makes it once somebody says so: as it is then. */
  async fixWorkspace(): Promise<void> {
    const { sentence, edit } = await this.#ask(commandNames.fixAll);
    if (edit === undefined) return say(sentence);
    const before = await this.client.protocol2CodeConverter.asWorkspaceEdit(edit);
    const pairs = await Promise.all(before.entries().map(([uri, edits]) => this.texts.changed(uri, edits)));
    await vscode.commands.executeCommand('vscode.changes', 'Fix All in Workspace', pairs);
    const apply = 'Apply';
    if ((await vscode.window.showInformationMessage(sentence, apply)) !== apply) return;
    const now = await this.#ask(commandNames.fixAll);
    if (now.edit === undefined) return say(now.sentence);
    const fixed = await this.client.protocol2CodeConverter.asWorkspaceEdit(now.edit);
    const uris = new Set(fixed.entries().map(([uri]) => uri.toString()));
    const unsaved = new Set(vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty));
    if (!(await vscode.workspace.applyEdit(fixed))) return say('The files are others now: ask again.');
    // What somebody is still writing is theirs to save.
    const ready = vscode.workspace.textDocuments.filter(each => uris.has(each.uri.toString()) && !unsaved.has(each));
    await Promise.all(ready.map(document => document.save()));
  }

  async isolate(name: string | undefined, scene = ''): Promise<void> {
    const how = { title: 'Isolate Namespace', placeHolder: 'Which namespace?' };
    const choice = name === undefined ? await this.#choice(commandNames.namespaces, scene, how) : { name, scene };
    if (choice) await this.#showUnsaved(await this.#ask(commandNames.isolate, choice.name, choice.scene));
  }

  async allow(from: string | undefined, to: string | undefined, given: string | undefined): Promise<void> {
    const title = 'Allow a Call';
    const scene = given ?? (await this.#chosenScene(title));
    if (scene === undefined) return;
    const chosenPods = async (placeHolder: string) =>
      (await this.#choice(commandNames.pods, scene, { title, placeHolder }))?.name;
    const source = from ?? (await chosenPods('Who calls?'));
    const target = source && (to ?? (await chosenPods(`Whom does ${source} call?`)));
    if (source && target) await this.#showUnsaved(await this.#ask(commandNames.allow, source, target, scene));
  }

  async connectivity(given: string | undefined): Promise<void> {
    const scene = given ?? (await this.#chosenScene('Show Connectivity'));
    if (scene === undefined) return;
    const { text, sentence } = await this.#ask(commandNames.connectivity, scene);
    if (text === undefined) return say(sentence);
    await this.texts.show(`connectivity of ${scene}`, text);
  }

  /** What is applied together is asked for where there are several: that of the file that is shown stands first. */
  async #chosenScene(title: string): Promise<string | undefined> {
    const shown = vscode.window.activeTextEditor?.document.uri;
    const how = { title, placeHolder: 'Of which build or folder?' };
    return (await this.#choice(commandNames.scenes, shown ? this.#uri(shown) : '', how))?.name;
  }

  /** What a person chooses of what the server offers; nobody is asked where there is one. */
  async #choice(command: string, about: string, how: vscode.QuickPickOptions): Promise<Choice | undefined> {
    const { choices = [], sentence } = await this.#ask(command, about);
    if (choices.length === 0) say(sentence);
    if (choices.length < 2) return choices[0];
    const hasScenes = choices.some(({ name, scene }) => name !== scene && scene !== choices[0]?.scene);
    const items = choices.map(choice => ({
      label: choice.name,
      ...(hasScenes && { description: choice.scene }),
      choice,
    }));
    return (await vscode.window.showQuickPick(items, { ...how, matchOnDescription: true }))?.choice;
  }

  async #showUnsaved({ text, sentence }: Answer): Promise<void> {
    if (text !== undefined) {
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: text });
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    }
    say(sentence);
  }

  async #ask(command: string, ...names: readonly string[]): Promise<Answer> {
    if (!this.client.isRunning()) return { sentence: 'Kubernetes Network Lint is off, or has yet to start.' };
    return this.client.sendRequest('workspace/executeCommand', { command, arguments: names });
  }

  async #apply(edit: WorkspaceEdit): Promise<boolean> {
    return vscode.workspace.applyEdit(await this.client.protocol2CodeConverter.asWorkspaceEdit(edit));
  }

  #uri(uri: vscode.Uri): string {
    return this.client.code2ProtocolConverter.asUri(uri);
  }
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(sentence);
}

async function chosenFolder(): Promise<vscode.Uri | undefined> {
  const shown = vscode.window.activeTextEditor?.document.uri;
  const own = shown && vscode.workspace.getWorkspaceFolder(shown);
  const { workspaceFolders = [] } = vscode.workspace;
  if (own || workspaceFolders.length < 2) return (own ?? workspaceFolders[0])?.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: 'For which folder?' }))?.uri;
}
