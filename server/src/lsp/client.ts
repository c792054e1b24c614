import type { ClientCapabilities } from 'vscode-languageserver';

/** What the editor at the other end can do: nothing is sent that it doesn't understand. */
export interface Client {
  readonly documentChanges: boolean;
  readonly changeAnnotations: boolean;
  readonly relatedInformation: boolean;
  readonly configuration: boolean;
  readonly watchers: boolean;
  readonly progress: boolean;
  readonly folders: boolean;
  /** Shows an outline as a tree. */
  readonly nestedSymbols: boolean;
  /** Strikes deprecated names of a completion through. */
  readonly completionTags: boolean;
}

export function clientOf(capabilities: ClientCapabilities): Client {
  const edit = capabilities.workspace?.workspaceEdit;
  return {
    documentChanges: edit?.documentChanges === true,
    changeAnnotations: edit?.changeAnnotationSupport !== undefined,
    relatedInformation: capabilities.textDocument?.publishDiagnostics?.relatedInformation === true,
    configuration: capabilities.workspace?.configuration === true,
    watchers: capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    progress: capabilities.window?.workDoneProgress === true,
    folders: capabilities.workspace?.workspaceFolders === true,
    nestedSymbols: capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    completionTags: capabilities.textDocument?.completion?.completionItem?.tagSupport !== undefined,
  };
}
