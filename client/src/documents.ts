import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { configNames } from '../../server/src/workspace/config-names';

export const documentSelector = [
  { language: 'yaml' },
  { language: 'json' },
  { language: 'corefile' },
  ...configNames.map(name => ({ pattern: `**/${name}` })),
];

/** Of the rest the server hears nothing, and so says nothing. The code of a finding opens the page that came with us. */
export function middlewareOf(extension: vscode.Uri): Middleware {
  return {
    didOpen: async (document, next) => {
      if (isMeant(document.uri)) await next(document);
    },
    handleDiagnostics: (uri, diagnostics, next) => {
      for (const { code } of diagnostics) if (typeof code === 'object') code.target = shipped(code.target, extension);
      next(uri, diagnostics);
    },
  };
}

/** On a page of the web files can't be opened: there the link stays what it is. */
function shipped(target: vscode.Uri, extension: vscode.Uri): vscode.Uri {
  const [, page] = /\/blob\/v[^/]+\/(.+)/.exec(target.path) ?? [];
  return page === undefined || extension.scheme !== 'file' ? target : vscode.Uri.joinPath(extension, page);
}

/**
 * Whether a document is somebody's to fix: of whatever file system the folders are, or of one that can be written. The
 * left side of a diff (`git:`) is not, nor is what an extension shows.
 */
function isMeant({ scheme }: vscode.Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled') return true;
  if (vscode.workspace.workspaceFolders?.some(({ uri }) => uri.scheme === scheme)) return true;
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
