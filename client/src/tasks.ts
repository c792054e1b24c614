import * as vscode from 'vscode';

/** What `tasks.json` may say of a task; the schema in package.json says the same. */
interface LintTask extends vscode.TaskDefinition {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly paths?: readonly string[];
}

/** The command line as a task, for those who have installed it. */
export function provideTasks(): vscode.Disposable {
  return vscode.tasks.registerTaskProvider('kube-netlint', {
    provideTasks: () => [lint({ type: 'kube-netlint' })],
    resolveTask: ({ definition, scope }) => lint(definition, scope),
  });
}

function lint(definition: LintTask, scope: vscode.Task['scope'] = vscode.TaskScope.Workspace): vscode.Task {
  const { command = 'kube-netlint', args = [], paths = ['.'] } = definition;
  const execution = new vscode.ShellExecution(command, ['--format', 'compact', ...args, ...paths]);
  return new vscode.Task(definition, scope, 'lint', 'kube-netlint', execution, '$kube-netlint');
}
