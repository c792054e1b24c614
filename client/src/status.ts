import * as vscode from 'vscode';
import { type BaseLanguageClient, NotificationType, State } from 'vscode-languageclient';

/** What the server tells about itself; `text` is short, as it stands in the status bar once pinned. */
interface Status {
  readonly state: 'scanning' | 'ready' | 'error';
  readonly text: string;
  readonly detail?: string;
  /** Open documents of which nothing is said, and why. */
  readonly notAnalysed?: readonly { readonly uri: string; readonly reason: string }[];
}

const statusChanged = new NotificationType<Status>('kube-netlint/status');

/** Shows the server's state behind the `{}` of the status bar, for the documents it reads; `ready` hears of what is new. */
export function showStatus(
  client: BaseLanguageClient,
  selector: vscode.DocumentSelector,
  ready: vscode.EventEmitter<void>,
): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('kubeNetlint', selector);
  item.name = name;
  let last: Status | undefined;
  const show = (status: Status) => {
    last = status;
    if (status.state === 'ready') ready.fire();
    const reason = reasonOf(status);
    item.text = reason === undefined ? status.text : 'Not analysed';
    const detail = reason ?? status.detail;
    item.detail = detail ? `${name}, ${detail}` : name;
    item.busy = status.state === 'scanning';
    item.severity = status.state === 'error' ? severity.Error : severity.Information;
    item.command = { command: 'kubeNetlint.showOutput', title: 'Show output' };
  };
  /** Why nothing is said of the document that the editor shows. */
  const reasonOf = ({ notAnalysed }: Status) => {
    const shown = vscode.window.activeTextEditor?.document.uri;
    const uri = shown && client.code2ProtocolConverter.asUri(shown);
    return notAnalysed?.find(document => document.uri === uri)?.reason;
  };
  const stopped = () => {
    last = undefined;
    item.text = 'Stopped';
    item.detail = name;
    item.busy = false;
    item.severity = severity.Warning;
    item.command = { command: 'kubeNetlint.restart', title: 'Start' };
  };
  stopped();
  return vscode.Disposable.from(
    item,
    client.onNotification(statusChanged, show),
    vscode.window.onDidChangeActiveTextEditor(() => last && show(last)),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) show({ state: 'scanning', text: 'Starting' });
      if (newState === State.Stopped) stopped();
    }),
  );
}

// VS Code shows a name only in its list of pinned items, so the detail begins with it.
const name = 'Kubernetes Network Lint';

const severity = vscode.LanguageStatusSeverity;
