import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Resource, resourcesIn } from '../server/src/kube/resource';
import { connectionsOf } from '../server/src/network/connectivity';
import { viewOf } from '../server/src/network/view';
import { splitDocuments } from '../server/src/yaml/document';
import { differences, parseLines } from './connectivity/compare';

const folders = [join(__dirname, 'connectivity', 'cases'), join(__dirname, '../../shared/yardsticks/connectivity')];

function resourcesBelow(folder: string): Resource[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return paths
    .filter(path => /\.(?:ya?ml|json)$/.test(path))
    .flatMap(path => splitDocuments(readFileSync(join(folder, path), 'utf8')))
    .flatMap(({ document }) => resourcesIn(document));
}
for (const folder of folders) {
  if (!existsSync(folder)) { console.log(`skipped: ${folder} is not there`); continue; }
  const cases = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('expected.txt'));
  describe(folder, () => {
    for (const path of cases.sort()) {
      test(path.replace(/.expected\.txt$/, ''), () => {
        const actual = [...connectionsOf(viewOf(resourcesBelow(join(folder, path, '../manifests'))))];
        const expected = parseLines(readFileSync(join(folder, path), 'utf8'));
        expect(differences(expected, actual).slice(0, 5)).toEqual([]);
      });
    }
  });
}
