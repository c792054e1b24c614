import type { ClientCapabilities } from 'vscode-languageserver/node';
import { type Manners, profiles } from '../editor';

/** What some editors can do, as they say it themselves, and how they answer. */
export interface Kind {
  readonly capabilities: ClientCapabilities;
  readonly manners: Manners;
}

const resolving = { dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } };

const vscode: ClientCapabilities = {
  ...profiles['VS Code'],
  textDocument: {
    ...profiles['VS Code']?.textDocument,
    codeAction: { ...resolving, isPreferredSupport: true },
    completion: {
      completionItem: {
        tagSupport: { valueSet: [1] },
        snippetSupport: true,
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    definition: { linkSupport: true },
    rename: { prepareSupport: true, honorsChangeAnnotations: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, dataSupport: true },
  },
};

/** 0.12.4 on Linux: operations on files without a word of document changes, and no watchers. */
const neovim: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: false },
    didChangeWatchedFiles: { dynamicRegistration: false },
    workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
  },
  textDocument: {
    codeAction: resolving,
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, dataSupport: true },
  },
  window: { workDoneProgress: true },
};

/** Emacs 30.2: document changes without operations on files. */
const eglot: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: { codeAction: resolving, publishDiagnostics: { tagSupport: { valueSet: [1, 2] } } },
  window: { workDoneProgress: true },
};

export const kinds = {
  'VS Code': { capabilities: vscode, manners: 'polite' },
  Neovim: { capabilities: neovim, manners: 'polite' },
  Eglot: { capabilities: eglot, manners: 'polite' },
  minimal: { capabilities: {}, manners: 'polite' },
  'one that refuses everything': { capabilities: vscode, manners: 'refusing' },
  'one that answers nothing': { capabilities: vscode, manners: 'silent' },
} satisfies Record<string, Kind>;

export const everyKind: readonly [string, Kind][] = Object.entries(kinds);

export const faulty = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  verbose: yes\n';

export const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers: [{name: web, image: "web:1"}]\n';

export const serviceNamed = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {ports: [{port: 80}]}\n`;

/** Of the Service `web`. */
export const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules: [{host: a.example.org, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;
