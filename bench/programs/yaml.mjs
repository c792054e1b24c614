// A peer: reads the same files, and has `yaml` parse them. Errors are part of what it gives.
//
//   node bench/programs/yaml.mjs <folder>

import { parseAllDocuments } from 'yaml';
import { textsIn } from './read.mjs';

let documents = 0;
for (const text of textsIn(process.argv[2])) documents += parseAllDocuments(text).length;
console.log(documents);
