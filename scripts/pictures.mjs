// `npm run pictures`: takes the README's pictures in docs/images/ anew, from the test of the user interface.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { testUserInterface } from '../test/e2e/ui/ui.mjs';
import { buildPackage } from './run.mjs';
import { root } from './vscode-web/builds.mjs';

const pictures = path.join(root, 'docs', 'images');
fs.mkdirSync(pictures, { recursive: true });
await buildPackage();
const { passed, failed } = await testUserInterface({ pictures });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
