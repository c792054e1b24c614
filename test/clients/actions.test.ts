import { describe, expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import { type Editor, open, until } from '../editor';
import { faulty, kinds, pod } from './clients';

const { capabilities } = kinds['VS Code'];
const twice = `${faulty}---\n${faulty.replace('verbose: yes', 'verbose: no')}`;

/** The actions at the first finding of a file, or of some kind in all of it. */
async function actionsIn(editor: Editor, name: string, only?: string): Promise<CodeAction[]> {
  const start = { line: 5, character: 12 };
  const actions: CodeAction[] = await editor.client.sendRequest('textDocument/codeAction', {
    textDocument: { uri: editor.uri(name) },
    range: { start, end: start },
    context: { diagnostics: [], ...(only === undefined ? {} : { only: [only] }) },
  });
  return actions;
}

async function editOf(editor: Editor, action: CodeAction | undefined): Promise<WorkspaceEdit | undefined> {
  if (action === undefined || action.edit) return action?.edit;
  const whole: CodeAction = await editor.client.sendRequest('codeAction/resolve', action);
  return whole.edit;
}

/** What an edit writes, by the name of the file. */
function written(edit: WorkspaceEdit | undefined): Record<string, string[]> {
  const texts: Record<string, string[]> = {};
  for (const change of edit?.documentChanges ?? []) {
    if (!('edits' in change)) continue;
    const name = change.textDocument.uri.split('/').at(-1) ?? '';
    texts[name] = change.edits.map(each => ('newText' in each ? each.newText : each.snippet.value));
  }
  return texts;
}

const chosen = (actions: readonly CodeAction[], title: string) => actions.find(action => action.title === title);

describe('all findings like one', () => {
  test('are fixed in the file, and in all files', async () => {
    const editor = await open(capabilities, { 'one.yaml': twice, 'other.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 2 && editor.messages('other.yaml').length === 1);
    const actions = await actionsIn(editor, 'one.yaml');
    const here = await editOf(editor, chosen(actions, 'Fix all wrong-type in this file'));
    expect(written(here)).toEqual({ 'one.yaml': ['"yes"', '"no"'] });
    const all = await editOf(editor, chosen(actions, 'Fix all wrong-type in all files'));
    expect(written(all)).toEqual({ 'one.yaml': ['"yes"', '"no"'], 'other.yaml': ['"yes"'] });
  });

  test('are not gone through where no editor asks later', async () => {
    const editor = await open(kinds.minimal.capabilities, { 'one.yaml': twice });
    await until(() => editor.messages('one.yaml').length === 2);
    const titles = (await actionsIn(editor, 'one.yaml')).map(({ title }) => title);
    expect(titles).toContain('Put quotes around yes');
    expect(titles.filter(title => title.startsWith('Fix all'))).toEqual([]);
  });

  test('are not spoken of where there is one', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    expect((await actionsIn(editor, 'one.yaml')).filter(({ title }) => title.startsWith('Fix all'))).toEqual([]);
  });
});

describe('what an editor does when a file is saved', () => {
  test.each(['source.fixAll', 'source.fixAll.kubeNetlint', 'source'])(
    '%s applies all that is safe, and nothing else',
    async only => {
      const editor = await open(capabilities, { 'one.yaml': `${twice}---\n${pod}` });
      await until(() => editor.messages('one.yaml').length > 2);
      const actions = await actionsIn(editor, 'one.yaml', only);
      expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.kubeNetlint']);
      expect(written(actions[0]?.edit)).toEqual({ 'one.yaml': ['"yes"', '"no"'] });
    },
  );

  test.each(['source.organizeImports', 'refactor', 'source.fixAll.eslint'])('%s is for others', async only => {
    const editor = await open(capabilities, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    expect(await actionsIn(editor, 'one.yaml', only)).toEqual([]);
  });

  test('an empty kind stands for all', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    const kinds = new Set((await actionsIn(editor, 'one.yaml', '')).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['quickfix', 'source.fixAll.kubeNetlint']);
  });

  test('nothing is offered where nothing is safe', async () => {
    const editor = await open(capabilities, { 'pod.yaml': pod });
    await until(() => editor.messages('pod.yaml').length === 1);
    expect(await actionsIn(editor, 'pod.yaml', 'source.fixAll')).toEqual([]);
  });
});

describe('a rule is silenced', () => {
  test('in the file', async () => {
    const editor = await open(capabilities, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    const edit = await editOf(editor, chosen(await actionsIn(editor, 'one.yaml'), 'Ignore wrong-type in this file'));
    expect(written(edit)).toEqual({ 'one.yaml': ['# kube-netlint-ignore-file api/wrong-type\n'] });
  });

  test.each([
    ['a config file that is written', {}, ['rules:\n  api/wrong-type: off\n']],
    ['one that has rules', { '.kube-netlint.yaml': 'rules:\n  dns: hint # quiet\n' }, ['\n  api/wrong-type: "off"']],
    ['an empty one', { '.kube-netlint.yaml': '# ours' }, ['\nrules:\n  api/wrong-type: off\n']],
  ])('in %s', async (_, files, texts) => {
    const editor = await open(capabilities, { 'one.yaml': faulty, ...files });
    await until(() => editor.messages('one.yaml').length === 1);
    const title = 'Turn off wrong-type in .kube-netlint.yaml';
    const edit = await editOf(editor, chosen(await actionsIn(editor, 'one.yaml'), title));
    expect(written(edit)).toEqual({ '.kube-netlint.yaml': texts });
    expect(edit?.documentChanges?.filter(change => 'kind' in change)).toHaveLength(
      Object.keys(files).length === 0 ? 1 : 0,
    );
  });

  test('with the cursor where the reason goes, in editors that have places for it', async () => {
    const edit = { ...capabilities.workspace?.workspaceEdit, snippetEditSupport: true };
    const withPlaces = { ...capabilities, workspace: { ...capabilities.workspace, workspaceEdit: edit } };
    const editor = await open(withPlaces, { 'one.yaml': faulty });
    await until(() => editor.messages('one.yaml').length === 1);
    const whole = await editOf(editor, chosen(await actionsIn(editor, 'one.yaml'), 'Ignore api/wrong-type here'));
    expect(written(whole)).toEqual({ 'one.yaml': ['  # kube-netlint-ignore api/wrong-type: ${1:why}\n'] });
  });
});

describe('our extension', () => {
  test('alone is told to open the page of a rule, and to show what a fix writes', async () => {
    const plain = await open(capabilities, { 'pod.yaml': pod });
    await until(() => plain.messages('pod.yaml').length === 1);
    expect((await plain.actions('pod.yaml', 4, 14)).filter(({ command }) => command)).toEqual([]);
    const ours = await open(
      capabilities,
      { 'pod.yaml': pod },
      { initializationOptions: { kubeNetlintCommands: true } },
    );
    await until(() => ours.messages('pod.yaml').length === 1);
    const actions = await ours.actions('pod.yaml', 4, 14);
    const [creating] = actions.filter(({ title }) => title.startsWith('Create'));
    expect(creating?.command).toMatchObject({
      command: 'kubeNetlint.showFile',
      arguments: [ours.uri('default-deny.yaml')],
    });
    expect(actions.at(-1)?.command).toMatchObject({
      command: 'kubeNetlint.openRulePage',
      arguments: ['network-policy/missing-default-deny-ingress'],
    });
  });
});
