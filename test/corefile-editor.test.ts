import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corefileAt } from '../server/src/assist/corefile';
import { completionsAt } from '../server/src/assist/corefile-completion';
import { corefileHoverAt } from '../server/src/assist/corefile-hover';
import { outlineOf } from '../server/src/assist/outline';
import type { OutlineEntry } from '../server/src/assist/outline-entry';
import { plugins } from '../server/src/corefile/plugins';
import { Workspace } from '../server/src/workspace/workspace';

const cursor = '‸';

function spotIn(marked: string, file: string, kubernetes = '1.35') {
  const offset = marked.indexOf(cursor);
  const text = marked.replace(cursor, '');
  const spot = corefileAt(Workspace.empty.update([[file, text]]), file, offset, kubernetes);
  return { spot, text, offset };
}

/** The first few labels, and the word of the file that they replace; undefined outside of Corefiles. */
function completed(marked: string, file = 'Corefile', kubernetes?: string) {
  const { spot, text, offset } = spotIn(marked, file, kubernetes);
  if (spot === undefined) return undefined;
  const { range, items } = completionsAt(spot.corefile, spot.offset, spot.coreDns);
  const { start, end } = spot.toFile(range);
  // Editors refuse an edit that doesn't touch the cursor.
  expect(start <= offset && offset <= end).toBe(true);
  return { word: text.slice(start, end), labels: items.map(({ label }) => label), items };
}

function hovered(marked: string, file = 'Corefile', kubernetes?: string) {
  const { spot, text } = spotIn(marked, file, kubernetes);
  const hover = spot && corefileHoverAt(spot.corefile, spot.offset, spot.coreDns);
  if (spot === undefined || hover === undefined) return undefined;
  const { start, end } = spot.toFile(hover.range);
  return { word: text.slice(start, end), markdown: hover.markdown };
}

const inYaml = (lines: string, key = 'Corefile: |', name = 'coredns') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  ${key}\n${lines}`;

describe('completion in a Corefile', () => {
  const usual = ['errors', 'health', 'ready', 'kubernetes', 'prometheus', 'forward', 'cache', 'loop', 'reload'];
  test.each([
    ['. {\n  ‸\n}', '', usual],
    ['. {\n  ca‸\n}', 'ca', usual],
    ['. {\n  f‸orward . 1.1.1.1\n}', 'forward', usual],
    ['. {\r\n  ca‸\r\n}\r\n', 'ca', usual],
    ['. {\n  errors\n  loop\n  ‸', '', usual.filter(name => name !== 'errors' && name !== 'loop')],
    ['. {\n  forward . 1.1.1.1 {\n    ‸', '', ['except', 'expire', 'failfast_all_unhealthy_upstreams']],
    ['. {\n  cache {\n    den‸', 'den', ['denial', 'disable']],
    ['. {\n  cache {\n    denial 5\n    ‸\n  }\n}', '', ['disable', 'keepttl']],
    ['. {\n  kubernetes cluster.local {\n    pods ‸\n  }\n}', '', ['disabled', 'insecure', 'verified']],
    ['. {\n  kubernetes cluster.local {\n    pods ins‸\n  }\n}', 'ins', ['disabled', 'insecure', 'verified']],
    ['. {\n  log {\n    class denial ‸\n  }\n}', '', ['success', 'error', 'all']],
    ['. {\n  prometheus ‸\n}', '', [':9153']],
    ['(s) {\n  log\n}\n. {\n  import ‸\n}', '', ['s']],
    ['(s) {\n  ‸\n}', '', usual],
    ['imp‸', 'imp', ['import']],
    ['‸', '', ['import']],
  ])('%j', (marked, word, first) => {
    const found = completed(marked);
    expect(found?.word).toBe(word);
    expect(found?.labels.slice(0, first.length)).toEqual(first);
  });

  test.each([
    ['a comment', '. {\n  # ca‸\n}'],
    ['quotes', '. {\n  log . "ca‸"\n}'],
    ['a quoted name', '. {\n  "ca‸"\n}'],
    ['a variable', '. {\n  {$PLU‸GIN}\n}'],
    ['the keys of a block', 'example.org ‸ {\n}'],
    ['a free argument', '. {\n  bind ‸\n}'],
    ['behind a closing brace', '. {\n}‸'],
    ['a block in the block of a plugin', '. {\n  cache {\n    denial {\n      ‸\n    }\n  }\n}'],
    ['the block of an unknown plugin', '. {\n  mine {\n    ‸\n  }\n}'],
    ['a placeholder', '. {\n  cache __PILLAR__TT‸L__\n}'],
  ])('proposes nothing in %s', (_, marked) => {
    expect(completed(marked)?.labels).toEqual([]);
  });

  test('leaves out what the release no longer reads, and puts last what it does not read yet', () => {
    const now = completed('. {\n  ‸\n}');
    expect(now?.labels).not.toContain('proxy');
    const old = completed('. {\n  ‸\n}', 'Corefile', '1.14');
    expect(old?.items.find(({ label }) => label === 'proxy')).toMatchObject({ isDeprecated: false });
    expect(old?.labels.indexOf('ready')).toBeGreaterThan(old?.labels.indexOf('proxy') ?? -1);
    expect(old?.items.find(({ label }) => label === 'ready')?.markdown).toContain('The CoreDNS here is 1.3.1.');
  });

  test('says of every item what it is for', () => {
    const items = [
      ...(completed('. {\n ‸\n}')?.items ?? []),
      ...plugins.flatMap(({ name }) => completed(`. {\n ${name} {\n  ‸\n }\n}`)?.items ?? []),
    ];
    expect(items.length).toBeGreaterThan(200);
    expect(items.filter(({ detail, markdown, label }) => !detail.startsWith(label) || markdown === '')).toEqual([]);
  });
});

describe('completion in YAML', () => {
  test.each([
    ['in a block scalar', inYaml('    .:53 {\n        er‸\n    }\n'), 'er', 'errors'],
    ['in lines with CRLF', inYaml('    .:53 {\n        er‸\n    }\n').replaceAll('\n', '\r\n'), 'er', 'errors'],
    ['on the blank line at the end of the value', inYaml('    .:53 {\n        errors\n        ‸\n'), '', 'health'],
    ['at the very end of the file', inYaml('    .:53 {\n        errors\n        ‸'), '', 'health'],
    ['on a blank line with more to follow', inYaml('    .:53 {\n        ‸\n    }\n  other: x\n'), '', 'errors'],
    ['in options', inYaml('    .:53 {\n        cache {\n            den‸\n'), 'den', 'denial'],
    [
      'in a value of its own indentation',
      inYaml('      .:53 {\n        er‸\n      }\n', 'Corefile: |4-'),
      'er',
      'errors',
    ],
    ['in a value that is empty yet', inYaml('    ‸\n'), '', 'import'],
    ['in a folded scalar', inYaml('    .:53 {\n\n        er‸\n\n    }\n', 'Corefile: >'), 'er', 'errors'],
    ['under a quoted key', inYaml('    . {\n     er‸\n', '"Corefile": |+ # main'), 'er', 'errors'],
    ['in an override', inYaml('    er‸\n', 'log.override: |', 'coredns-custom'), 'er', 'errors'],
    ['in a server', inYaml('    a.org {\n      er‸', 'a.server: |', 'coredns-custom'), 'er', 'errors'],
    [
      'under a name of its own',
      inYaml('    .:53 {\n        errors\n        forward . 1.1.1.1\n        he‸\n    }\n', 'NodeCorefile: |'),
      'he',
      'health',
    ],
    [
      'while the YAML is broken above',
      inYaml('    .:53 {\n        er‸\n    }\n').replace('{name: coredns}', '{name: cor'),
      'er',
      'errors',
    ],
    ['while the YAML is broken below', `${inYaml('    .:53 {\n        er‸\n    }\n')}  a: b: [\n`, 'er', 'errors'],
    ['in a later document', `a: 1\n---\n${inYaml('    .:53 {\n        er‸\n')}---\nb: 1\n`, 'er', 'errors'],
    ['in quotes', inYaml('', 'Corefile: ".:53 {\\n    er‸\\n}\\n"'), 'er', 'errors'],
    [
      'in a List',
      `kind: List\napiVersion: v1\nitems:\n- kind: ConfigMap\n  apiVersion: v1\n  metadata: {name: coredns}\n  data:\n    Corefile: |\n      . {\n        er‸\n`,
      'er',
      'errors',
    ],
  ])('%s', (_, marked, word, label) => {
    const found = completed(marked, 'a.yaml');
    expect(found?.word).toBe(word);
    expect(found?.labels).toContain(label);
  });

  test('in the template of a chart', () => {
    const marked = inYaml('    .:{{ .Values.port }} {\n        er‸\n    }\n', 'Corefile: |', '{{ .Release.Name }}');
    expect(completed(marked, 'templates/dns.yaml')).toMatchObject({ word: 'er' });
  });

  test('in JSON', () => {
    const marked =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"Corefile":". {\\n er‸\\n}"}}';
    expect(completed(marked, 'a.json')).toMatchObject({ word: 'er' });
    expect(spotIn(marked.replace('er‸\\n', 'er\\‸n'), 'a.json').spot).toBeUndefined();
  });

  test.each([
    ['in other values', inYaml('    er‸\n', 'notes: |')],
    ['of a ConfigMap', inYaml('    . {\n    }\n  na‸me: x\n')],
    ['above the value', inYaml('    . {\n    }\n').replace('data', 'da‸ta')],
    ['in the key', inYaml('    . {\n    }\n', 'Core‸file: |')],
    ['where a word would end the value', inYaml('    . {\n  ‸\n        errors\n    }\n')],
    ['below the value', inYaml('    . {\n    }\n  ‸\n')],
    ['in an override of somebody else', inYaml('    er‸\n', 'x.override: |', 'mine')],
    ['in a Secret', inYaml('    . {\n    er‸\n').replace('ConfigMap', 'Secret')],
    ['in a document without a ConfigMap', `${inYaml('    . {\n    }\n')}---\nCorefile: |\n  . {\n  er‸\n`],
    ['in a shell script', inYaml('    server {\n      er‸\n    }\n', 'nginx.conf: |')],
  ])('nothing %s', (_, marked) => {
    expect(completed(marked, 'a.yaml')).toBeUndefined();
  });

  test('knows the release of the Deployment beside it', () => {
    const deployment = (tag: string) =>
      `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: coredns}\nspec:\n  template:\n    spec:\n      containers: [{name: c, image: "registry.k8s.io/coredns/coredns:${tag}"}]\n`;
    const marked = inYaml('    .:53 {\n        ‸\n    }\n');
    expect(completed(marked + deployment('v1.4.0'), 'a.yaml')?.labels).toContain('proxy');
    expect(completed(marked + deployment('v1.11.3'), 'a.yaml')?.labels).not.toContain('proxy');
  });
});

describe('hover', () => {
  test('on a plugin and on its options', () => {
    const plugin = hovered('. {\n  for‸ward . 1.1.1.1 {\n    max_concurrent 1000\n  }\n}');
    expect(plugin?.word).toBe('forward');
    expect(plugin?.markdown).toContain('`forward FROM TO...`\n\nAsks other servers');
    expect(plugin?.markdown).toContain('https://coredns.io/plugins/forward/');
    const option = hovered('. {\n  forward . 1.1.1.1 {\n    max_concurrent‸ 1000\n  }\n}');
    expect(option?.word).toBe('max_concurrent');
    expect(option?.markdown).toMatch(
      /^`max_concurrent COUNT` in forward\n\n.*\n\nDefault: no limit\. Since CoreDNS 1\.6\.9\.$/,
    );
  });

  test('in a value of a ConfigMap, and on an import', () => {
    expect(hovered(inYaml('    .:53 {\n        lo‸op\n    }\n'), 'a.yaml')?.word).toBe('loop');
    expect(hovered(inYaml('', 'Corefile: ".:53 {\\n  lo‸op\\n}"'), 'a.yaml')?.word).toBe('loop');
    expect(hovered('imp‸ort a\n. {\n}')?.word).toBe('import');
  });

  test('on what went away, with what took its place', () => {
    const markdown = hovered('. {\n  pro‸xy . 1.1.1.1\n}')?.markdown;
    expect(markdown).toContain('Deprecated since 1.4.0, removed in 1.5.0: write `forward` instead.');
    expect(markdown).not.toContain('https://');
  });

  test('on one that the CoreDNS here does not know yet', () => {
    expect(hovered('. {\n  multi‸socket\n}', 'Corefile', '1.30')?.markdown).toContain(
      'Since CoreDNS 1.12.0. The CoreDNS here is 1.11.1.',
    );
  });

  test.each([
    '. {\n  mi‸ne\n}',
    '. {\n  cache 3‸0\n}',
    '.:5‸3 {\n}',
    '. {\n  # ca‸che\n}',
    '. {\n  mine {\n    x‸ 1\n  }\n}',
  ])('nothing in %j', marked => {
    expect(hovered(marked)).toBeUndefined();
  });
});

describe('outline', () => {
  const outline = (text: string, file = 'Corefile') => {
    const source = Workspace.empty.update([[file, text]]).files.get(file);
    return source === undefined ? [] : outlineOf(source);
  };
  const shown = ({ name, detail, children }: OutlineEntry): string =>
    [name, ...(detail === '' ? [] : [detail])].join(' ') +
    (children.length === 0 ? '' : ` [${children.map(shown).join('; ')}]`);

  test('of server blocks, snippets and imports, in their order', () => {
    const text =
      '(s) {\n  log\n}\nimport more/*\na.org, tls://b.org:853 {\n  import s\n  cache 30 {\n    denial 5\n  }\n}\n. {\n';
    expect(outline(text).map(shown)).toEqual([
      '(s) [log]',
      'import more/*',
      'a.org, tls://b.org:853 [import s; cache 30]',
      '.',
    ]);
  });

  test('of YAML nothing that is in the text of a ConfigMap', () => {
    const [entry] = outline(inYaml('    . {\n    }\n'), 'a.yaml');
    expect(entry).toMatchObject({ kind: 'settings', children: [{ kind: 'entry', name: 'Corefile', children: [] }] });
  });

  test('law: selections lie in their ranges, names are not empty, whatever the text', () => {
    const word = fc.constantFrom('.', 'a.org,', '{', '}', '\n', ' ', '"', '(s)', 'import', 'cache', '#', '\\', '');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), words => {
        const check = ({ name, range, selection, children }: OutlineEntry): void => {
          expect(name).not.toBe('');
          expect(range.start <= selection.start && selection.end <= range.end).toBe(true);
          children.forEach(check);
        };
        outline(words.join(' ')).forEach(check);
      }),
      { numRuns: 300 },
    );
  });
});

test('law: at every offset of a text, cut anywhere, an edit touches the cursor and its word lies in the file', () => {
  const whole = inYaml(
    '    .:53 {\n        errors # x\n\n        forward . "a b" {\n          policy random\n        }\n    }\n  next: {a: "b"}\n',
  );
  for (const text of [whole, whole.replaceAll('\n', '\r\n')]) {
    for (let end = 0; end <= text.length; end += 7) {
      const workspace = Workspace.empty.update([['a.yaml', text.slice(0, end)]]);
      for (let offset = 0; offset <= end; offset++) {
        const spot = corefileAt(workspace, 'a.yaml', offset, '1.35');
        if (spot === undefined) continue;
        const { start, end: behind } = spot.toFile(completionsAt(spot.corefile, spot.offset, undefined).range);
        expect(start <= offset && offset <= behind).toBe(true);
        expect(text.slice(start, behind)).not.toContain('\n');
        expect(spot.corefile.text.slice(0, spot.offset).replaceAll(/[ \r]/g, '')).toBe(
          text.slice(text.indexOf('    .:53'), offset).replaceAll(/[ \r]/g, ''),
        );
      }
    }
  }
});
