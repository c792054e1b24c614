import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Disk } from '../server/src/host/disk';
import { mayBeManifest } from '../server/src/kube/resource';
import { splitDocuments } from '../server/src/yaml/document';
import { fastTree } from '../server/src/yaml/fast-tree';
import { goTree } from '../server/src/yaml/go-tree';
import { cases } from './go-yaml-cases';
import { expectLinear } from './growth';
import { sharedFolder } from './shared';
import { situations } from './situations';
import { isThorough } from './thorough';

/** Documents as people write them, of the pages; of the corpus too where that is there and time is not. */
function documents(): readonly string[] {
  const pages = situations.flatMap(({ files }) => [...files.values()]);
  const corpus = isThorough ? sharedFolder('corpus') : undefined;
  const texts = corpus === undefined ? [] : textsIn(new Disk(corpus));
  return [...pages, ...texts]
    .flatMap(text => splitDocuments(text).map(({ document }) => document.text))
    .filter(mayBeManifest);
}

function textsIn(disk: Disk): readonly string[] {
  return [...disk.list()].flatMap(file => {
    const read = disk.read(file);
    return read && 'text' in read ? [read.text] : [];
  });
}

const all = documents();

/** What one keystroke, or two, makes of a text. */
const typed = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.constantFrom(...' \n:-#"\'[]{},&*!|>%@`\tab1?.~\r\\'), fc.nat(5))
    .map(([at, character, kind]) => {
      const [start, end] = [text.lastIndexOf('\n', at - 1) + 1, text.indexOf('\n', at)];
      if (kind === 0) return text.slice(0, at) + character + text.slice(at);
      if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
      if (kind === 2) return text.slice(0, start) + (end === -1 ? '' : text.slice(end + 1));
      if (kind === 3) return `${text.slice(0, start)} ${text.slice(start)}`;
      if (kind === 4) return text.slice(0, at);
      return text.replaceAll('\n', '\r\n');
    });

describe('the fast reader', () => {
  test('takes nearly all that people write, and reads it as go-yaml does', () => {
    let [taken, sound] = [0, 0];
    for (const text of all) {
      const [fast, slow] = [fastTree(text), goTree(text)];
      if (slow !== undefined && slow.type !== 'refused') sound++;
      if (fast === undefined) continue;
      taken++;
      expect(fast).toEqual(slow);
    }
    expect(taken / sound).toBeGreaterThan(0.97);
  });

  test('reads what is half typed as go-yaml does, or not at all', () => {
    const edited = fc
      .constantFrom(...all.filter(({ length }) => length < 4000))
      .chain(typed)
      .chain(typed);
    fc.assert(
      fc.property(edited, text => {
        const fast = fastTree(text);
        if (fast !== undefined) expect(fast).toEqual(goTree(text));
      }),
      { numRuns: isThorough ? 100_000 : 6_000 },
    );
  });

  test('reads every case of go-yaml as that does, or not at all', () => {
    for (const [text] of cases) {
      for (const written of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
        const fast = fastTree(written);
        if (fast !== undefined) expect(fast, JSON.stringify(written)).toEqual(goTree(written));
      }
    }
  });

  test('leaves a block that ends in blanks without a line end to the other', () => {
    const texts = ['a: |+\n  b\n   ', 'a: |\n  b\n   ', 'a: >-\n  b\n   ', 'a: |+\n  b\n  '];
    for (const text of texts) {
      const fast = fastTree(text);
      if (fast !== undefined) expect(fast, JSON.stringify(text)).toEqual(goTree(text));
    }
    expect(fastTree(texts[0] ?? '')).toBeUndefined();
  });

  test('takes time in proportion to the text', () => {
    const shapes: readonly ((count: number) => string)[] = [
      count => 'a: b\n'.repeat(count),
      count => `a: "${'b\n\n '.repeat(count)}"\n`,
      count => `a: ${'b\n\n  '.repeat(count)}\n`,
      count => `a: |\n${'  b\n\n'.repeat(count)}`,
      count => `a: [${'b, '.repeat(count)}]\n`,
      count => `${'\n'.repeat(count)}a: |\n${'  \n'.repeat(count)}  b\n`,
      count => `- ${'#'.repeat(count)}\n${'# c\n'.repeat(count)}`,
    ];
    for (const shape of shapes) expectLinear(String(shape), 20_000, count => fastTree(shape(count)));
  });
});
