import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, parseAllDocuments, visit } from 'yaml';
import { cacheOf } from '../server/src/corefile/cache';
import { isPlausible, looksLikeCorefile } from '../server/src/corefile/detect';
import { forwardOf } from '../server/src/corefile/forward';
import { expanded } from '../server/src/corefile/imports';
import { kubernetesOf } from '../server/src/corefile/kubernetes';
import { clashesIn } from '../server/src/corefile/listeners';
import { parseCorefile, parseOverride } from '../server/src/corefile/parse';
import { isPluginName, optionOf, pluginNamed } from '../server/src/corefile/plugins';
import { sharedFolder } from './shared';

const corpus = sharedFolder('corpus');
const stress = sharedFolder('stress/small');
const LARGEST = 3_000_000;

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

interface Embedded {
  readonly path: string;
  readonly key: string;
  readonly text: string;
}

/** Every Corefile of a folder: plain files, and values of ConfigMaps under the keys that hold one. */
function* corefilesBelow(folder: string): Generator<Embedded> {
  for (const path of filesBelow(folder)) {
    if (statSync(path).size > LARGEST) continue;
    if (/(?:^|[/.])corefile$/i.test(path)) yield { path, key: 'Corefile', text: readFileSync(path, 'utf8') };
    if (!['.yaml', '.yml', '.json'].includes(extname(path))) continue;
    const text = readFileSync(path, 'utf8');
    if (/Corefile|\.(?:server|override)\b/i.test(text)) yield* valuesIn(path, text);
  }
}

function valuesIn(path: string, text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (const document of parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' })) {
    visit(document, {
      Map(_, map) {
        const data = map.get('data');
        if (map.get('kind') !== 'ConfigMap' || !isMap(data)) return;
        for (const { key, value } of data.items) {
          if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string') continue;
          if (/^Corefile|\.(?:server|override)$/i.test(String(key.value))) {
            found.push({ path, key: String(key.value), text: value.value });
          }
        }
      },
    });
  }
  return found;
}

describe('real and hostile Corefiles', () => {
  test.skipIf(!corpus)('of the corpus have no problem, and only plugins and options that are known', () => {
    let count = 0;
    for (const { path, key, text } of corefilesBelow(corpus ?? '')) {
      const corefile = key.endsWith('.override') ? parseOverride(text) : parseCorefile(text);
      // Other programs use keys like `redis.server`.
      if (!/^Corefile/i.test(key) && !isPlausible(corefile)) continue;
      count++;
      expect(corefile.problems, path).toEqual([]);
      expect(clashesIn(corefile), path).toEqual([]);
      if (corefile.isTemplate) continue;
      if (corefile.blocks.length > 0) expect(looksLikeCorefile(text), path).toBe(true);
      for (const block of corefile.blocks) {
        for (const line of expanded(block.directives, corefile).directives) {
          const name = line.name.text;
          expect(isPluginName(name), `${path}: ${name}`).toBe(true);
          const plugin = pluginNamed(name);
          if (plugin !== undefined && plugin.isOpen !== true) {
            for (const option of line.options)
              expect(optionOf(plugin, option.name.text), `${path}: ${name} ${option.name.text}`).toBeDefined();
          }
          if (name === 'cache') expect(cacheOf(line, corefile).problems, path).toEqual([]);
          if (name === 'forward') expect(forwardOf(line, corefile).problems, path).toEqual([]);
          if (name === 'kubernetes') expect(kubernetesOf(line, corefile).problems, path).toEqual([]);
        }
      }
    }
    console.info(`${count} Corefiles read`);
    expect(count).toBeGreaterThan(10);
  });

  test.skipIf(!stress)('made to break a parser are read', () => {
    for (const { path, text } of corefilesBelow(stress ?? '')) {
      const corefile = parseCorefile(text);
      looksLikeCorefile(text);
      clashesIn(corefile);
      for (const { range } of corefile.problems) expect(range.end, path).toBeLessThanOrEqual(text.length);
    }
  });
});
