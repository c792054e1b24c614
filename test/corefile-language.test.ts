import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';

describe('what package.json says of the language', () => {
  const root = path.resolve(__dirname, '..');
  const read = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  const { contributes, files } = read('package.json');

  test('names files that exist and are shipped', () => {
    const named = [
      contributes.languages[0].configuration,
      ...contributes.grammars.map((each: { path: string }) => each.path),
    ];
    for (const file of named) {
      expect(fs.existsSync(path.join(root, file))).toBe(true);
      expect(files).toContain(path.posix.normalize(file).split('/')[0]);
    }
  });

  test('fits the grammars: scopes, and every rule that one includes', () => {
    const grammars = new Map<string, { repository: Record<string, unknown> }>(
      contributes.grammars.map(({ scopeName, path: file }: { scopeName: string; path: string }) => {
        const grammar = read(file);
        expect(grammar.scopeName).toBe(scopeName);
        return [scopeName, grammar];
      }),
    );
    for (const [scope, grammar] of grammars) {
      const includes = [...JSON.stringify(grammar).matchAll(/"include":"([^"]+)"/g)].map(match => match[1] ?? '');
      expect(includes.length).toBeGreaterThan(0);
      for (const include of includes) {
        const [target = '', rule] = include.split('#');
        const repository = grammars.get(target === '' ? scope : target)?.repository;
        expect(repository, include).toBeDefined();
        if (rule !== undefined) expect(Object.keys(repository ?? {}), include).toContain(rule);
      }
    }
    const [region] = Object.keys(contributes.grammars[1].embeddedLanguages);
    expect(JSON.stringify(grammars.get('source.yaml.corefile'))).toContain(`"contentName":"${region}"`);
  });

  test('every pattern is a regular expression that takes something, or looks ahead', () => {
    const patterns = contributes.grammars.flatMap((each: { path: string }) =>
      [
        ...fs.readFileSync(path.join(root, each.path), 'utf8').matchAll(/"(?:match|begin|end)": ("(?:[^"\\]|\\.)*")/g),
      ].map(match => new RegExp(JSON.parse(match[1] ?? '""'), 'g')),
    );
    expect(patterns.length).toBeGreaterThan(20);
    // A rule that matches nothing at all ends the rule around it.
    for (const pattern of patterns)
      for (const line of ['', ' ', '. {', '  log # x'])
        for (const [hit] of line.matchAll(pattern)) expect(hit, String(pattern)).not.toBe('');
  });

  test('completes brackets, and moves lines behind a brace to the right', () => {
    const { comments, indentationRules, wordPattern } = read(contributes.languages[0].configuration);
    expect(comments.lineComment).toBe('#');
    const [more, less] = [indentationRules.increaseIndentPattern, indentationRules.decreaseIndentPattern].map(
      (text: string) => new RegExp(text),
    );
    expect(['.:53 {', '  cache {  # x', '  log', '# x {', 'a { b }'].map(line => more?.test(line))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(less?.test('  }')).toBe(true);
    expect('in-addr.arpa :9153'.match(new RegExp(wordPattern, 'g'))).toEqual(['in-addr.arpa', ':9153']);
  });
});
