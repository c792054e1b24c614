import { describe, expect, test } from 'vitest';
import { parseCorefile, parseOverride } from '../server/src/corefile/parse';
import type { Corefile, Directive } from '../server/src/corefile/syntax';

/** A Corefile in short: enough to see every token in its place. */
function shown(corefile: Corefile): unknown {
  return corefile.blocks.map(({ keys, directives }) => [keys.map(key => key.token.text), directives.map(line)]);
}

function line({ name, args, options, block }: Directive): string {
  const words = [name, ...args].map(token => token.text).join(' ');
  return block === undefined ? words : `${words} {${options.map(line).join('; ')}}`;
}

function problems(text: string): readonly string[] {
  return parseCorefile(text).problems.map(
    ({ code, severity, range }) => `${severity} ${code} '${text.slice(range.start, range.end)}' at ${range.start}`,
  );
}

describe('what a Corefile holds', () => {
  test.each<[string, string, unknown]>([
    ['a block', '.:53 {\n  errors\n}\n', [[['.:53'], ['errors']]]],
    ['its brace on the next line', 'a.test\n{\n  errors\n}\n', [[['a.test'], ['errors']]]],
    ['its brace after comments', 'a.test # x\n# y\n{ # z\n  errors\n}\n', [[['a.test'], ['errors']]]],
    ['a plugin beside the brace', '. { errors\n  log\n}\n', [[['.'], ['errors', 'log']]]],
    ['an empty block on one line', '. { }', [[['.'], []]]],
    ['no brace at all', 'a.test\nforward . 1.1.1.1\ncache\n', [[['a.test'], ['forward . 1.1.1.1', 'cache']]]],
    ['several keys', 'a.test b.test:1053 {\n}\n', [[['a.test', 'b.test:1053'], []]]],
    [
      'a comma at the line end',
      'a.test,\n\nb.test, c.test {\n log\n}\n',
      [[['a.test,', 'b.test,', 'c.test'], ['log']]],
    ],
    [
      'two blocks on one line',
      'a.test { \n log\n} b.test {\n}',
      [
        [['a.test'], ['log']],
        [['b.test'], []],
      ],
    ],
    [
      'options',
      '. {\n cache 30 {\n  success 100\n  keepttl\n }\n log\n}',
      [[['.'], ['cache 30 {success 100; keepttl}', 'log']]],
    ],
    ['an option beside the brace', '. {\n cache { success 100\n }\n}', [[['.'], ['cache {success 100}']]]],
    ['nested braces', '. {\n a {\n  b c {\n   d\n  }\n  e\n }\n}', [[['.'], ['a {b c {d}; e}']]]],
    ['quotes', '. {\n log "{ } # no" "a \\"b\\" \\c"\n}', [[['.'], ['log { } # no a "b" \\c']]]],
    ['a quote over two lines', '. {\n log "a\nb" c\n errors\n}', [[['.'], ['log a\nb c', 'errors']]]],
    ['an empty quote', '. {\n log ""\n}', [[['.'], ['log ']]]],
    ['a quote inside a word', '. {\n log a"b c"\n}', [[['.'], ['log a"b c"']]]],
    ['the end of a quote ends the word', '. {\n log "a"b\n}', [[['.'], ['log a b']]]],
    ['a comment inside a word', '. {\n cache 30#s\n log\n}', [[['.'], ['cache 30', 'log']]]],
    [
      'a placeholder',
      '$(ZONE) {\n cache $TTL\n forward . $(DNS) __DNS__\n}',
      [[['$(ZONE)'], ['cache $TTL', 'forward . $(DNS) __DNS__']]],
    ],
    ['a brace inside of a line', '. {\n template a{ b} [0-9]{2}\n}', [[['.'], ['template a{ b} [0-9]{2}']]]],
    ['a comment with braces', '. {\n # } {\n log\n}', [[['.'], ['log']]]],
    [
      'the environment',
      '{$ZONE}:{$PORT} {\n cache {$TTL}\n log {%A%}\n}',
      [[['{$ZONE}:{$PORT}'], ['cache {$TTL}', 'log {%A%}']]],
    ],
    ['CRLF', '. {\r\n  cache 30 {\r\n    keepttl\r\n  }\r\n}\r\n', [[['.'], ['cache 30 {keepttl}']]]],
    ['a lone CR inside a word', '. {\n lo\rg\n}', [[['.'], ['log']]]],
    ['a BOM', '\uFEFF. {\n log\n}', [[['.'], ['log']]]],
    ['words of other white space', '.\u00a0{\n\tlog\u2003x\n}', [[['.'], ['log x']]]],
    ['nothing', ' \n# only this\n', []],
    ['an address and nothing else', 'a.test', [[['a.test'], []]]],
  ])('%s', (_, text, expected) => {
    const corefile = parseCorefile(text);
    expect(shown(corefile)).toEqual(expected);
    expect(corefile.problems).toEqual([]);
  });

  test('snippets and imports stand apart from the blocks', () => {
    const text =
      '(common) {\n  errors\n  cache 30\n}\nimport conf.d/*\n. {\n  import common\n}\nimport custom/*.server\n';
    const corefile = parseCorefile(text);
    expect(corefile.problems).toEqual([]);
    expect(shown(corefile)).toEqual([[['.'], ['import common']]]);
    expect(corefile.snippets.map(({ name, directives }) => [name, directives.map(line)])).toEqual([
      ['common', ['errors', 'cache 30']],
    ]);
    expect(corefile.imports.map(line)).toEqual(['import conf.d/*', 'import custom/*.server']);
  });

  test('lines for the inside of a block', () => {
    const corefile = parseOverride('log\nhosts {\n  10.0.0.1 a.test\n  fallthrough\n}\n');
    expect(shown(corefile)).toEqual([[[], ['log', 'hosts {10.0.0.1 a.test; fallthrough}']]]);
    expect(corefile.problems).toEqual([]);
    expect(parseOverride('log\n}\nerrors\n').problems.map(problem => problem.code)).toEqual([
      'unexpected-closing-brace',
    ]);
  });
});

describe('what is half typed is read as far as it goes', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ['a block', '. {\n  errors\n  cac', [[['.'], ['errors', 'cac']]], ["error unclosed-block '{' at 2"]],
    [
      'an option',
      '. {\n forward . 1.1.1.1 {\n  max',
      [[['.'], ['forward . 1.1.1.1 {max}']]],
      ["error unclosed-block '{' at 23"],
    ],
    [
      'a missing brace shows by the indent',
      '. {\n  cache {\n    keepttl\n  log\n}\n',
      [[['.'], ['cache {keepttl; log}']]],
      ["warning unclosed-block '{' at 12"],
    ],
    ['a quote', '. {\n log "a b\n errors\n}', [[['.'], ['log a b', 'errors']]], ["error unclosed-quote '\"a b' at 9"]],
  ])('%s', (_, text, expected, expectedProblems) => {
    expect(shown(parseCorefile(text))).toEqual(expected);
    expect(problems(text)).toEqual(expectedProblems);
  });
});

describe('what CoreDNS would not take', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'words behind a comment in a word',
      '. {\n forward . 8.8.8.8#google dns\n}',
      ["warning comment-in-word 'dns' at 30"],
    ],
    ['a port behind a hash', '. {\n forward . 10.0.0.1#5353\n}', ["warning comment-in-word '#5353' at 23"]],
    ['a brace glued to a zone', '.:53{\n log\n}', ["error glued-brace '{' at 4"]],
    ['a brace glued to a plugin', '. {\n cache{\n  keepttl\n }\n}', ["error glued-brace '{' at 10"]],
    ['a brace glued to an option', '. {\n cache {\n  keepttl}\n}', ["error closing-brace-not-alone '}' at 22"]],
    ['a plugin block on one line', '. { errors }', ["error closing-brace-not-alone '}' at 11"]],
    ['an option block on one line', '. {\n cache { keepttl }\n}', ["warning closing-brace-not-alone '}' at 21"]],
    ['a brace on the next line', '. {\n cache\n {\n  keepttl\n }\n}', ["error brace-on-next-line '{' at 12"]],
    ['a second brace', '. {\n cache {\n }\n {\n }\n}', ["error unexpected-opening-brace '{' at 17"]],
    ['a brace without a plugin', '. {\n {\n }\n}', ["error unexpected-opening-brace '{' at 5"]],
    ['a brace too many at the end', '. {\n}\n}\n', ["warning unexpected-closing-brace '}' at 6"]],
    ['a brace too many before more', '. {\n}\n}\na.test {\n}\n', ["error unexpected-closing-brace '}' at 6"]],
    ['a brace that ends lines without one', 'a.test\nlog\n}\n', ["warning unexpected-closing-brace '}' at 11"]],
    ['two braces on a line', '. {\n cache {\n } }\n', ["error closing-brace-not-alone '}' at 16"]],
    ['text behind a brace', '. {\n cache {\n } log\n}', ["error text-after-brace 'log' at 16"]],
    ['no keys', '{\n log\n}\n', ["warning missing-keys '{' at 0"]],
    ['a comma before the brace', 'a.test, {\n}\n', ["error comma-before-brace 'a.test,' at 0"]],
    ['a comma at the end', 'a.test,', ["error comma-before-brace 'a.test,' at 0"]],
    ['a snippet without lines', '(a)\nlog\n', ["error snippet-without-brace '(a)' at 0"]],
    ['a snippet without end', '(a) {\n cache {\n }\n', ["error unclosed-block '{' at 4"]],
    ['two snippets of one name', '(a) {\n}\n(a) {\n}\n', ["error duplicate-snippet '(a)' at 8"]],
    ['an import of two', '. {\n import a b\n}', ["error import-arguments 'b' at 14"]],
    ['an import of nothing', '. {\n import\n}', ["error import-arguments 'import' at 5"]],
    ['a snippet below its use', '. {\n import a\n}\n(a) {\n}', ["error snippet-after-use 'import a' at 5"]],
    ['a snippet in itself', '(a) {\n import a\n}\n. {\n import a\n}', ["error import-cycle 'import a' at 7"]],
    [
      'a ring of snippets',
      '(a) {\n import b\n}\n(b) {\n import a\n}\n. {\n import b\n}',
      ["error import-cycle 'import b' at 7"],
    ],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('a file to import is nobody’s business here', () => {
    expect(problems('import a/*.b\n. {\n import c.conf\n import d/*\n}')).toEqual([]);
  });
});

test('words whose value nobody knows are marked', () => {
  const shell = '$'.concat('{C}');
  const text = `{$A} {%B%} ${shell} $D $(E) __F_G__ "{$H}" x a{$I}b {$} {} __x__ $5 a$`;
  expect(
    parseCorefile(text)
      .tokens.filter(token => token.isDynamic)
      .map(token => token.text),
  ).toEqual(['{$A}', '{%B%}', shell, '$D', '$(E)', '__F_G__', '{$H}', 'a{$I}b']);
});

describe('ranges', () => {
  const text = '# head\n.:53 tls://b.test:853 {\n\tcache 30 "x" { # c\n\t\tkeepttl\n\t}\n\tlog\n}\n';
  const [block] = parseCorefile(text).blocks;
  const cut = (range: { start: number; end: number } | undefined) => range && text.slice(range.start, range.end);

  test('of a block, its body and its lines', () => {
    expect(cut(block?.range)).toBe(text.slice(7, -1));
    expect(cut(block?.body)).toBe('\n\tcache 30 "x" { # c\n\t\tkeepttl\n\t}\n\tlog\n');
    expect(block?.directives.map(directive => cut(directive.range))).toEqual([
      'cache 30 "x" { # c\n\t\tkeepttl\n\t}',
      'log',
    ]);
    expect(cut(block?.directives[0]?.block)).toBe(' # c\n\t\tkeepttl\n\t');
    expect(block?.directives[0]?.args.map(token => cut(token.range))).toEqual(['30', '"x"']);
    expect(block?.indent).toBe('\t');
  });

  test('of the parts of a key', () => {
    const key = block?.keys[1];
    expect([cut(key?.schemeRange), cut(key?.zoneRange), cut(key?.portRange)]).toEqual(['tls', 'b.test', '853']);
  });

  test('the indent of a block that has no lines yet', () => {
    expect(parseCorefile('  . {\n  }').blocks[0]?.indent).toBe('      ');
    expect(parseCorefile('').blocks).toEqual([]);
  });
});

describe('templates', () => {
  test('are read line by line, without problems', () => {
    const text = [
      '{{- if .Values.stub }}',
      '{{ .Values.zone }}:53 {',
      '{{- else }}',
      '.:53 {',
      '{{- end }}',
      '    forward . {{ join " " .Values.upstreams }} {',
      '        {{- /* a } that',
      '        closes nothing */}}',
      '        max_concurrent {{ .Values.max }}',
      '    }',
      '    {% if x %}',
      '    cache "{{ .Values.ttl | default "30" }}"',
      '    {% endif %}',
    ].join('\n');
    const corefile = parseCorefile(text);
    expect(corefile.isTemplate).toBe(true);
    expect(corefile.problems).toEqual([]);
    expect(shown(corefile)).toEqual([
      [
        ['{{ .Values.zone }}:53'],
        [
          '.:53 {forward . {{ join " " .Values.upstreams }} {max_concurrent {{ .Values.max }}}; cache {{ .Values.ttl | default "30" }}}',
        ],
      ],
    ]);
  });

  test('of other kinds', () => {
    expect(parseCorefile('%{ if x }\n. {\n log\n}\n%{ endif }\n').problems).toEqual([]);
  });

  test('are not meant by the template plugin of CoreDNS', () => {
    const text = '. {\n  template IN A {\n    answer "{{ .Name }} 60 IN A {{ .Group.a }}"\n  }\n}\n';
    expect(parseCorefile(text).isTemplate).toBe(false);
    expect(parseCorefile('. {\n  # {{ not }}\n  cache {%TTL%}\n}').isTemplate).toBe(false);
    expect(parseCorefile('. {\n  answer "{{ .Values.name }} IN A"\n}').isTemplate).toBe(true);
  });
});
