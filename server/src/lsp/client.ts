import {
  type ClientCapabilities,
  CodeActionKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';

/** What the editor at the other end can do: nothing is sent that it doesn't understand. */
export interface Client {
  readonly documentChanges: boolean;
  /** Creates files that an edit names. */
  readonly creates: boolean;
  readonly changeAnnotations: boolean;
  /** Asks for the edit of an action once somebody chooses it. */
  readonly resolvesEdits: boolean;
  readonly relatedInformation: boolean;
  readonly diagnosticTags: boolean;
  readonly diagnosticData: boolean;
  readonly configuration: boolean;
  readonly configurationEvents: boolean;
  readonly watchers: boolean;
  readonly progress: boolean;
  readonly folders: boolean;
  /** Shows an outline as a tree. */
  readonly nestedSymbols: boolean;
  /** Strikes deprecated names of a completion through. */
  readonly completionTags: boolean;
}

export function clientOf(capabilities: ClientCapabilities): Client {
  const { workspace, textDocument, window } = capabilities;
  const edit = workspace?.workspaceEdit;
  const creates = edit?.resourceOperations?.includes('create') === true;
  const diagnostics = textDocument?.publishDiagnostics;
  return {
    // Operations on files exist in document changes only: Neovim states the one and leaves the other to be understood.
    documentChanges: edit?.documentChanges === true || creates,
    creates,
    changeAnnotations: Boolean(edit?.changeAnnotationSupport),
    // What an action is found again by travels in its data.
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties?.includes('edit') === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    diagnosticTags: Boolean(diagnostics?.tagSupport),
    diagnosticData: diagnostics?.dataSupport === true,
    configuration: workspace?.configuration === true,
    configurationEvents: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    progress: window?.workDoneProgress === true,
    folders: workspace?.workspaceFolders === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    completionTags: Boolean(textDocument?.completion?.completionItem?.tagSupport),
  };
}

/** What the server can do for such an editor. */
export function capabilitiesFor({ resolvesEdits }: Client): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    completionProvider: {},
    documentSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: resolvesEdits },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** What is around the files of one root. */
export interface Surroundings {
  readonly client: Client;
  uriOf(path: string): string;
  /** The version of an open document; null for a closed one. */
  versionOf(path: string): number | null;
}
