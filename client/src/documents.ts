import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';

export const documentSelector = [
  { language: 'yaml' },
  { language: 'json' },
  { language: 'corefile' },
  { pattern: '**/.kube-netlint.yaml' },
];

/** Of the rest the server hears nothing, and so says nothing. */
export const middleware: Middleware = {
  didOpen: async (document, next) => {
    if (isMeant(document.uri)) await next(document);
  },
};

/**
 * Whether a document is somebody's to fix: of whatever file system the folders are, or of one that can be written. The
 * left side of a diff (`git:`) is not, nor is what an extension shows.
 */
function isMeant({ scheme }: vscode.Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled') return true;
  if (vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme)) return true;
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
