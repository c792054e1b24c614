import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../server/src/lint/config';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { fits } from '../server/src/text/words';
import { Workspace } from '../server/src/workspace/workspace';
import { expectLinear } from './growth';

// A value may have millions of characters, and one expression that looks at them again and again stops the editor.

const source = path.resolve(__dirname, '..', 'server', 'src');

/** The expressions of the sources, each once, with the file that has it first. */
const expressions = new Map<string, { readonly file: string; readonly expression: RegExp }>();
for (const file of fs.readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
  const { program } = parseSync(file, fs.readFileSync(path.join(source, file), 'utf8'));
  new Visitor({
    Literal(node) {
      if (!('regex' in node)) return;
      const expression = new RegExp(node.regex.pattern, node.regex.flags);
      if (!expressions.has(String(expression))) expressions.set(String(expression), { file, expression });
    },
  }).visit(program);
}

const characters = [' ', '\n', '\r', '\t', ...'0aA/-.:@#"\'{}()[]<>%$\\,_!=*+|;&~^`?'];

/** What may begin a match over and over: single characters, and how texts begin that it matches. */
function pumpsOf(expression: RegExp): Set<string> {
  const pumps = new Set(characters);
  for (const sample of samplesOf(expression)) {
    for (let length = 2; length <= Math.min(sample.length, 16); length++) pumps.add(sample.slice(0, length));
  }
  return pumps;
}

function samplesOf({ source, flags }: RegExp): string[] {
  try {
    const simple = new RegExp(source.replaceAll(/\(\?<?[=!](?:\\.|\[(?:\\.|[^\]])*\]|[^\\()[])*\)|\\[bB]/g, ''), flags);
    // A limit of length would be tried for again and again, for ever where no text is so short.
    return fc.sample(fc.stringMatching(simple, { size: 'xsmall' }), { seed: 1, numRuns: 4 });
  } catch {
    return []; // not everything can be sampled: the characters have to do
  }
}

function search(expression: RegExp, text: string): void {
  expression.lastIndex = 0;
  if (expression.global) for (const _ of text.matchAll(expression));
  else expression.test(text);
}

/** Milliseconds from which it is looked at how the time grows, with more text: near this a clock sees mostly noise. */
const suspicious = 3;

/** The characters at which a search takes long enough for that: few where it is cubic, so that a failure comes soon. */
function sizeToWatch(run: (size: number) => void): number | undefined {
  return [600, 6000].find(size => {
    const before = performance.now();
    run(size);
    return performance.now() - before > suspicious;
  });
}

test('each expression takes time in proportion to the text', () => {
  expect(expressions.size).toBeGreaterThan(300);
  for (const [name, { file, expression }] of expressions) {
    for (const pump of pumpsOf(expression)) {
      for (const end of ['', '\0', '\n!']) {
        const run = (size: number) => search(expression, pump.repeat(size / pump.length) + end);
        const size = sizeToWatch(run);
        if (size !== undefined) expectLinear(`${file}: ${name} on ${JSON.stringify(pump)}`, size * 2, run);
      }
    }
  }
}, 120_000);

/** What a hostile value does to all rules together; the length is that of the value. */
const manifests: Readonly<Record<string, (value: string) => string>> = {
  'an address of a CNI': value =>
    configMap(`script: "kubectl apply -f https://docs.projectcalico.org/manifests/calico.yaml${value}x"`),
  'a host': value => ingress(`host: "${value}!"`),
  'a path': value => ingress(`http: {paths: [{path: "${value}!", pathType: Prefix, backend: ${backend}}]}`),
  'the name of a Service': value => `apiVersion: v1\nkind: Service\nmetadata: {name: "${value}!"}\nspec: {}\n`,
  'the image of a DaemonSet': value => daemonSet(`image: "${value}!"`),
  'a file of a pooler': value => `${configMap(`pgbouncer.ini: "${value}!"`)}  userlist.txt: "${value}!"\n`,
  'a Corefile': value => configMap(`Corefile: "${value}! {\\n${value}!\\n}"`),
  'a script': value => daemonSet(`command: [sh, -c, "sysctl -w net.core.somaxconn=${value}!"]`),
};

const backend = '{service: {name: s, port: {number: 80}}}';
const configMap = (entry: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  ${entry}\n`;
const ingress = (rule: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  rules:\n    - ${rule}\n`;
const daemonSet = (field: string) =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n        - name: c\n          ${field}\n`;

describe('the rules take time in proportion to a value', () => {
  const pieces = [':', '/', 'A', '@', '0', '-', '.', ',', '*', '\\n', '"', '{', '__', '://:', ' #'];
  test.each(Object.keys(manifests))('%s', name => {
    for (const piece of pieces) {
      const value = piece === '"' ? '\\"' : piece;
      expectLinear(`${name} of ${piece}`, 2000, size => {
        const text = manifests[name]?.(value.repeat(size)) ?? '';
        new Linter(rules).lint(Workspace.empty.update([['a.yaml', text]]), defaultConfig);
      });
    }
  });
}, 120_000);

test('stars of a pattern are anything, and many take no longer', () => {
  expect(['', 'a', 'ab', 'axb', 'xab', 'abx', 'aab'].filter(text => fits(text, 'a*b'))).toEqual(['ab', 'axb', 'aab']);
  expect(['', 'aa', 'a', 'aba', 'abcaba'].filter(text => fits(text, 'a*b*a'))).toEqual(['aba', 'abcaba']);
  expect(['x', 'xy'].filter(text => fits(text, 'x'))).toEqual(['x']);
  expect(fits('anything', '*')).toBe(true);
  expectLinear('stars', 5000, size => fits('a'.repeat(size), `${'*a'.repeat(size / 4)}*b`));
});

describe('comments in the head of a document', () => {
  const below = (head: string) => {
    const text = `${head}# kube-netlint-ignore api/wrong-type: why\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: yes\n`;
    const workspace = Workspace.empty.update([['a.yaml', text]]);
    return new Linter(rules).lint(workspace, defaultConfig).map(({ rule }) => rule.id);
  };

  test('are found behind any number of lines, which take their time and no stack', () => {
    for (const head of ['', '---\n', '--- # a\n', '\n \n# b\n---\n', '#\n'.repeat(3_000_000)]) {
      expect(below(head), JSON.stringify(head.slice(0, 20))).toEqual([]);
    }
    expect(below('a: b\n---\n')).toEqual([]);
    expect(below('a:\n')).toContain('api/wrong-type');
    expectLinear('comments that ignore', 300, size =>
      below('# kube-netlint-ignore api/wrong-type: why\n'.repeat(size)),
    );
  });
});
