import {
  type ClientCapabilities,
  CodeActionKind,
  type InitializeResult,
  InsertTextMode,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { commandNames } from '../host/command-names';
import { hasCommands, hasSchemas, outlinedLanguages } from '../host/far-files';
import type { AnyRule, Finding } from '../lint/rule';

/** What the editor at the other end can do: nothing is sent that it doesn't understand. */
export interface Client {
  readonly documentChanges: boolean;
  /** Creates files that an edit names. */
  readonly creates: boolean;
  /** Makes edits that nobody there asked for. */
  readonly appliesEdits: boolean;
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
  /** Takes edits with places for the cursor. */
  readonly snippetEdits: boolean;
  /** Has our commands: it is our extension that starts the server. */
  readonly opensPages: boolean;
  /** Has somebody else who completes by schemas: of Kubernetes' own fields, and of our config file. */
  readonly hasSchemas: boolean;
  /** Shows an outline as a tree. */
  readonly nestedSymbols: boolean;
  /** Languages of which somebody else there gives the outline. */
  readonly outlined: readonly string[];
  /** Strikes deprecated names of a completion through. */
  readonly completionTags: boolean;
  /** Leaves the lines of a completion as they are given, and doesn't indent them. */
  readonly keepsLines: boolean;
  /** Takes completions with places for the cursor. */
  readonly snippets: boolean;
  /** Takes the whole of what a definition leads to, besides its name. */
  readonly definitionLinks: boolean;
  /** Asks whether something can be renamed before it asks for a name. */
  readonly preparesRenames: boolean;
  /** Knows hints whose parts lead somewhere. */
  readonly hintParts: boolean;
  /** Can be told that hints, or lenses, may be others now. */
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
}

/** What any editor may ask for with `workspace/executeCommand`; each is answered with text, and nothing else happens. */
export const textCommands: readonly string[] = ['kube-netlint.reach', 'kube-netlint.difference'];

/** Fixes of a whole file that change nothing that runs. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.kubeNetlint`;

export function clientOf(capabilities: ClientCapabilities, options?: unknown): Client {
  const { workspace, textDocument, window } = capabilities;
  const edit = workspace?.workspaceEdit;
  const creates = edit?.resourceOperations?.includes('create') === true;
  const diagnostics = textDocument?.publishDiagnostics;
  const completion = textDocument?.completion?.completionItem;
  return {
    // Operations on files exist in document changes only: Neovim states the one and leaves the other to be understood.
    documentChanges: edit?.documentChanges === true || creates,
    creates,
    appliesEdits: workspace?.applyEdit === true,
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
    snippetEdits: edit?.snippetEditSupport === true && edit.documentChanges === true,
    opensPages: Object(options)[hasCommands] === true,
    hasSchemas: Object(options)[hasSchemas] === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    completionTags: Boolean(completion?.tagSupport),
    keepsLines: completion?.insertTextModeSupport?.valueSet?.includes(InsertTextMode.asIs) === true,
    snippets: completion?.snippetSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    preparesRenames: textDocument?.rename?.prepareSupport === true,
    hintParts: textDocument?.inlayHint?.resolveSupport?.properties?.includes('label.location') === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    outlined: namesIn(Object(options)[outlinedLanguages]),
  };
}

const namesIn = (given: unknown) => (Array.isArray(given) ? given.filter(name => typeof name === 'string') : []);

/** What the server says of itself to such an editor. */
export function greetingFor({ resolvesEdits, preparesRenames }: Client): InitializeResult {
  return {
    serverInfo: { name: 'kube-netlint' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [' ', '"', '/', '.'] },
      documentSymbolProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentLinkProvider: {},
      renameProvider: preparesRenames ? { prepareProvider: true } : true,
      inlayHintProvider: true,
      codeLensProvider: { resolveProvider: true },
      workspaceSymbolProvider: true,
      executeCommandProvider: { commands: [...textCommands, ...Object.values(commandNames)] },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: resolvesEdits },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** What is around the files of one root. */
export interface Surroundings {
  readonly client: Client;
  uriOf(path: string): string;
  /** The version of an open document; null for a closed one. */
  versionOf(path: string): number | null;
  /** What a comment, an annotation or a config file may name. */
  readonly rules: readonly AnyRule[];
  /** As they were when all files were judged last. */
  readonly findings: readonly Finding[];
}
