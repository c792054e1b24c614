// A peer: reads the same files, and has js-yaml parse them. What it refuses, it refuses.
//
//   node bench/programs/js-yaml.mjs <folder>

import { loadAll } from 'js-yaml';
import { textsIn } from './read.mjs';

let documents = 0;
for (const text of textsIn(process.argv[2])) {
  try {
    loadAll(text, () => documents++);
  } catch {
    // Templates and broken files.
  }
}
console.log(documents);
