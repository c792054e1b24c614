import { describe, expect, test } from 'vitest';
import { wholeLines } from '../server/src/corefile/lines';
import { parseCorefile, parseOverride } from '../server/src/corefile/parse';
import { placeAt } from '../server/src/corefile/place';

/** The text without its `|`, and what stands there: kind, word, then owner, line and index where they are known. */
function shown(marked: string, read = parseCorefile): string {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = placeAt(read(text), offset);
  if (place === undefined) return 'nothing';
  const word = `${place.kind} '${text.slice(place.range.start, place.range.end)}'`;
  if (place.kind === 'key') return word;
  const owner = place.owner === undefined ? '' : ` in ${place.owner.name.text}`;
  return place.kind === 'name' ? `${word}${owner}` : `${word}${owner} of ${place.line.name.text} ${place.index}`;
}

describe('the place of a cursor', () => {
  test.each([
    ['|', "key ''"],
    ['exam|', "key 'exam'"],
    ['. {\n}\nb|', "key 'b'"],
    ['. {\n  |\n}', "name ''"],
    ['. {\n  for|\n}', "name 'for'"],
    ['. {\n  fo|r\n}', "name 'for'"],
    ['. {\n  errors\n  |\n  log\n}', "name ''"],
    ['. {\n  errors\n|', "name ''"],
    ['. {\n  errors\n  ca|', "name 'ca'"],
    ['. { |', "name ''"],
    ['. {|', "name ''"],
    ['.\nlog\n|', "name ''"],
    ['(s) {\n  |\n}', "name ''"],
    ['(s) {\n  log\n  |', "name ''"],
    ['. {\n  cache |\n}', "argument '' of cache 0"],
    ['. {\n  cache 3|\n}', "argument '3' of cache 0"],
    ['. {\n  cache 30 |\n}', "argument '' of cache 1"],
    ['. {\n  forward . tls://1.1|.1.1 b\n}', "argument 'tls://1.1.1.1' of forward 1"],
    ['. {\n  cache {\n    |\n  }\n}', "name '' in cache"],
    ['. {\n  cache {\n    den|\n  }\n}', "name 'den' in cache"],
    ['. {\n  cache { | }\n}', "name '' in cache"],
    ['. {\n  cache {\n    denial |\n  }\n}', "argument '' in cache of denial 0"],
    ['. {\n  cache {\n    denial 100 3|\n  }\n}', "argument '3' in cache of denial 1"],
    ['. {\n  cache {\n    denial 100\n    |', "name '' in cache"],
    ['. {\n  cache {\n    keepttl\n  } |\n}', 'nothing'],
    ['. {\n  cache {\n    keepttl\n  }\n  |\n}', "name ''"],
    ['. {\n  log # all|\n}', 'nothing'],
    ['. {\n  log\n}|', 'nothing'],
    ['. {\n  template IN A {\n    answer "{{ .Na|me }}"\n  }\n}', 'argument \'"{{ .Name }}"\' in template of answer 0'],
  ])('%j', (marked, expected) => {
    expect(shown(marked)).toBe(expected);
  });

  test('in lines for the inside of a block', () => {
    expect(shown('lo|', parseOverride)).toBe("name 'lo'");
    expect(shown('log\n|', parseOverride)).toBe("name ''");
    expect(shown('hosts {\n  |\n}', parseOverride)).toBe("name '' in hosts");
  });
});

test.each([
  ['. {\n  [cache 30]\n  log\n}', '  cache 30\n'],
  ['. {\n  [cache 30] # often\r\n  log\n}', '  cache 30 # often\r\n'],
  ['. {\n  [cache {\n    keepttl\n  }]\n}', '  cache {\n    keepttl\n  }\n'],
  ['. { [cache 30]\n}', 'cache 30'],
  ['[log]', 'log'],
])('the whole lines of %j', (marked, expected) => {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = marked.replace('[', '').replace(']', '');
  const range = wholeLines(text, { start, end });
  expect(text.slice(range.start, range.end)).toBe(expected);
});
