// The floor: walks folders and reads the files that a linter would read, and nothing else.
//
//   node bench/programs/read.mjs <folder>

import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';

const relevant = /\.(?:ya?ml|json|corefile)$|^(?:Corefile|Kustomization)$/i;
const neverEntered = new Set(['.git', 'node_modules']);

/** The texts of all files of a folder, one after the other. */
export function* textsIn(root) {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && !neverEntered.has(entry.name)) folders.push(full);
      else if (entry.isFile() && relevant.test(entry.name)) yield fs.readFileSync(full, 'utf8');
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  let characters = 0;
  for (const text of textsIn(process.argv[2])) characters += text.length;
  console.log(characters);
}
