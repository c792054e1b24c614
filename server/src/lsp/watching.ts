import { type FileSystemWatcher, WatchKind } from 'vscode-languageserver';

const files = /(?:\.(?:ya?ml|json|corefile)|\/(?:Corefile|Kustomization|\.gitignore))$/i;
const neverEntered = /\/(?:node_modules|\.git)(?:\/|$)/;

/**
 * Globs know no "without a dot", so it is spelled out for each length: this takes in nearly every folder and hardly any
 * file. A folder comes and goes as one event of its own, and a watcher of everything would bring each output of a build.
 */
const longest = 40;
const names = Array.from({ length: longest }, (_, i) => '[!.]'.repeat(i + 1)).join();

export const watchers: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.{yaml,yml,json,corefile}' },
  { globPattern: '**/{Corefile,Kustomization,.gitignore}' },
  { globPattern: `**/{${names}}`, kind: WatchKind.Create | WatchKind.Delete },
  // Folders of versions (v1.2), and hidden ones.
  { globPattern: '**/{*.[0-9],*.[0-9]*[0-9],.[!.]*}', kind: WatchKind.Create | WatchKind.Delete },
];

/** Of what an editor tells about, the files that are read, and what may be a folder. */
export function sortedOut(uris: readonly string[]): { readonly files: string[]; readonly others: string[] } {
  const meant = [...new Set(uris)].filter(uri => !neverEntered.test(uri));
  return { files: meant.filter(uri => files.test(uri)), others: meant.filter(uri => !files.test(uri)) };
}
