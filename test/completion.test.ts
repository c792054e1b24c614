import { describe, expect, test } from 'vitest';
import { manifestCompletionsAt } from '../server/src/assist/completion/completions';
import { siteAt } from '../server/src/assist/completion/site';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';
import { YamlDocument } from '../server/src/yaml/document';
import { places, silent, world } from './completion-places';
import type { Files } from './objects';

const cursor = '‸';
const kubernetes = '1.35';

function asked(marked: string, path = 'new.yaml', around: Files = world) {
  const offset = marked.indexOf(cursor);
  const text = marked.replace(cursor, '');
  const workspace = Workspace.empty.update(Object.entries({ ...around, [path]: text }));
  const found = manifestCompletionsAt(workspace, path, offset, kubernetes);
  const { range, items = [] } = found ?? {};
  const taken = (item: (typeof items)[number]) =>
    applyEdits(text, [{ range: item.range ?? range ?? { start: 0, end: 0 }, text: item.insert + (item.below ?? '') }]);
  return { text, offset, start: range?.start ?? 0, items, taken, labels: items.map(({ label }) => label) };
}

function siteIn(path: string, text: string, offset: number) {
  const file = Workspace.empty.update([[path, text]]).files.get(path);
  return file && siteAt(file, offset);
}

const linesAt = (text: string, offset: number, count: number) =>
  text
    .slice(text.lastIndexOf('\n', offset - 1) + 1)
    .split('\n')
    .slice(0, count)
    .join('\n')
    .trimEnd();

describe('what exists', () => {
  test.each(places)('$where', ({ text: marked, first, then, path }) => {
    const { text, offset, items, labels, taken } = asked(marked, path);
    expect(labels.slice(0, 3).slice(0, first.length)).toEqual(first);
    const [best] = items;
    expect(best && linesAt(taken(best), offset, then.split('\n').length)).toBe(then);
    for (const item of items) {
      // Editors refuse an edit that doesn't touch the cursor.
      const { start, end } = item.range ?? { start: 0, end: text.length };
      expect(start <= offset && offset <= end).toBe(true);
      expect(item.detail).not.toBe('');
    }
  });

  test.each(places)('$where, in a file with other line ends', ({ text, first, then, path }) => {
    const found = asked(text.replaceAll('\n', '\r\n'), path);
    expect(found.labels.slice(0, 3).slice(0, first.length)).toEqual(first);
    const [best] = found.items;
    expect(
      best &&
        linesAt(
          found.taken(best).replaceAll('\r\n', '\n'),
          found.text.slice(0, found.offset).replaceAll('\r\n', '\n').length,
          then.split('\n').length,
        ),
    ).toBe(then);
    expect(best && /(?<!\r)\n/.test(found.taken(best))).toBe(false);
  });

  test.each(places.filter(({ where }) => where !== 'a document that is broken behind'))(
    '$where: all that is offered reads, and as what it says',
    ({ text: marked, path = 'new.yaml' }) => {
      const { items, taken, text, offset, start } = asked(marked, path);
      for (const item of items) {
        const now = taken(item);
        const parts = now.split(/^---\n/m).map(part => new YamlDocument(part));
        expect(parts.flatMap(({ problems }) => problems)).toEqual([]);
        // What is written there now is read as what was promised, in the place that it was promised for.
        const site = siteIn(path, now, start + (now.charAt(start) === ' ' ? 1 : 0));
        expect(site?.path).toEqual(siteIn(path, text, offset)?.path);
        if (item.range === undefined) expect(site?.word).toBe(item.label.replace(/(?:: |, port ).*/, ''));
      }
    },
  );
});

test.each(silent)('nothing at %s', (_, text) => {
  expect(asked(text).labels).toEqual([]);
});
