import * as vscode from 'vscode';

/** What of VS Code's Git extension is used: texts are read, and nothing is run or changed. */
interface Git {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
  readonly enabled: boolean;
}

interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD?: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
    readonly mergeChanges: readonly Change[];
    readonly untrackedChanges?: readonly Change[];
    readonly onDidChange: vscode.Event<void>;
  };
  show(ref: string, path: string): Promise<string>;
}

interface Change {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
}

/** The text of a changed file at the last commit; null where there was none. */
export interface Committed {
  readonly uri: vscode.Uri;
  readonly text: string | null;
}

/** So many changed manifests are compared: more are another branch. */
const most = 300;

/** Hears of what happens to the repository of a file, if it is in one: a commit, a checkout. */
export async function followRepository(file: vscode.Uri, onChange: () => void): Promise<vscode.Disposable | undefined> {
  const repository = await repositoryOf(file);
  return typeof repository === 'string' ? undefined : repository.state.onDidChange(onChange);
}

/** The committed texts of all manifests that are changed in the repository of a file; a sentence where there are none to have. */
export async function committedAround(file: vscode.Uri): Promise<readonly Committed[] | string> {
  const repository = await repositoryOf(file);
  if (typeof repository === 'string') return repository;
  if (repository.state.HEAD?.commit === undefined) return 'Nothing is committed yet that this could be compared with.';
  const { indexChanges, workingTreeChanges, mergeChanges, untrackedChanges = [] } = repository.state;
  const changes = [...indexChanges, ...workingTreeChanges, ...mergeChanges, ...untrackedChanges];
  const root = `${repository.rootUri.path}/`;
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => {
    return isDirty && uri.scheme === repository.rootUri.scheme && uri.path.startsWith(root);
  });
  const uris = [...changes.flatMap(({ uri, originalUri }) => [uri, originalUri]), ...unsaved.map(({ uri }) => uri)];
  const manifests = new Map(uris.filter(isManifestName).map(uri => [uri.toString(), uri]));
  if (manifests.size > most)
    return `${manifests.size} manifests are changed since the last commit: too many to compare.`;
  return Promise.all(Array.from(manifests.values(), uri => committed(repository, uri)));
}

async function repositoryOf(file: vscode.Uri): Promise<Repository | string> {
  const extension = vscode.extensions.getExtension<Git>('vscode.git');
  if (extension === undefined) return 'There is no Git extension here, which knows what was committed.';
  const git = extension.isActive ? extension.exports : await extension.activate();
  if (!git.enabled) return 'The Git extension, which knows what was committed, is switched off.';
  return (
    git.getAPI(1).getRepository(file) ?? 'This file is in no Git repository, so there is nothing to compare it with.'
  );
}

async function committed(repository: Repository, uri: vscode.Uri): Promise<Committed> {
  try {
    return { uri, text: await repository.show('HEAD', uri.fsPath) };
  } catch {
    return { uri, text: null }; // it is new
  }
}

const isManifestName = ({ path }: vscode.Uri) => /\.(?:ya?ml|json|corefile)$|\/(?:Kustomization|Corefile)$/i.test(path);
