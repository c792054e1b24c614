// What the tests do in the window of VS Code, in their own words. Everything that VS Code does takes its time, so
// every look at it is a poll.

import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Asks until there is an answer that is neither undefined nor an empty list; `what` names it in the error. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 45_000; // a busy machine is normal
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && !(Array.isArray(answer) && answer.length === 0)) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}. Problems now:\n${allProblems()}`);
    await sleep(50);
  }
}

/** A file of the workspace; each suite has a root folder of its own, so that they can't disturb each other. */
export function fileIn(root: string, name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(each => each.name === root);
  assert.ok(folder, `no workspace folder '${root}'`);
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Our findings in a file, of one rule. */
export function findingsOf(uri: vscode.Uri, rule: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(each => each.source === 'kube-netlint' && ruleOf(each) === rule);
}

/** Waits for the first finding of a rule in a file. */
export async function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  const [first] = await until(`${rule} in ${uri.path}`, () => findingsOf(uri, rule));
  assert.ok(first);
  return first;
}

/** Waits until no finding of a rule is left in a file. */
export async function noFinding(uri: vscode.Uri, rule: string): Promise<void> {
  await until(`no ${rule} in ${uri.path}`, () => (findingsOf(uri, rule).length === 0 ? 'none' : undefined));
}

/** Opens a file in an editor. */
export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/**
 * The action that the light bulb offers at a finding and that the title matches.
 * VS Code cancels the request whenever another extension registers code actions, so it is asked again.
 */
export function fixOf(uri: vscode.Uri, { range }: vscode.Diagnostic, title: RegExp): Promise<vscode.CodeAction> {
  return until(`the fix ${title}`, async () => (await codeActions(uri, range)).find(each => title.test(each.title)));
}

/** Applies the edit of a code action. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  assert.ok(action.edit, `'${action.title}' has no edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), `'${action.title}' could not be applied`);
}

/** Writes a file the way git or another program does: without VS Code. */
export async function writeOutside(uri: vscode.Uri, text: string): Promise<void> {
  await fs.mkdir(vscode.Uri.joinPath(uri, '..').fsPath, { recursive: true });
  await fs.writeFile(uri.fsPath, text);
}

async function codeActions(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  try {
    // The last argument asks for the edits as well.
    return await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      kind,
      20,
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'Canceled') return [];
    throw error;
  }
}

/** The id of the rule: a diagnostic's code, which is an object when it links to the rule's page. */
function ruleOf(diagnostic: vscode.Diagnostic): string | number | undefined {
  return typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
}

function allProblems(): string {
  const lines = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, list]) => list.map(each => `  ${uri.path}:${each.range.start.line + 1} ${ruleOf(each)}`));
  return lines.join('\n') || '  none';
}
