// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tab stops of snippets look like placeholders of templates.

import { describe, expect, test } from 'vitest';
import { isMap, parseAllDocuments } from 'yaml';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { Workspace } from '../server/src/workspace/workspace';
import snippets from '../snippets/kube-netlint.json';
import { expandSnippet } from './snippet';

const all = Object.entries(snippets).map(([name, { prefix, description, body }]) => ({
  name,
  prefixes: prefix,
  description,
  source: body.join('\n'),
}));

/** Component configuration is read by a program, not kept by the API server: it has no metadata. */
const nameless = /^apiVersion: (kubeproxy\.config|kubelet\.config|kind\.x)\b/m;

describe('the snippet file', () => {
  test('has prefixes that stand for one snippet only', () => {
    const prefixes = all.flatMap(snippet => snippet.prefixes);
    expect(prefixes.filter((prefix, index) => prefixes.indexOf(prefix) !== index)).toEqual([]);
    expect(prefixes.filter(prefix => !/^[a-z][a-z0-9-]+$/.test(prefix))).toEqual([]);
  });

  test('describes each snippet in a few sentences of its own', () => {
    expect(new Set(all.map(snippet => snippet.description)).size).toBe(all.length);
    for (const { description } of all) expect(description).toMatch(/^\S.{39,239}[.]$/);
  });
});

describe.each(all)('$name', ({ source, description }) => {
  const variants = variantsOf(source);

  test.each(variants)('is sound YAML with $label', ({ text }) => {
    expect(text).not.toMatch(/\t| $/m);
    expect(text).not.toMatch(/^(?: {2})* (?=\S)/m);
    expect(text).not.toMatch(/<[^<>\n]*>|\b(?:your|my)-|changeme|todo|foo\b/i);
    const documents = parseAllDocuments(text, { prettyErrors: true });
    expect(documents.flatMap(document => [...document.errors, ...document.warnings])).toEqual([]);
    for (const document of documents) expect(isMap(document.contents)).toBe(true);
  });

  test('is a snippet that reads the same before and after its tab stops are left', () => {
    expect(expandSnippet(source).problems).toEqual([]);
  });

  test('is made of whole manifests, or says where it goes', () => {
    for (const { text } of variants) {
      if (isFragment(text)) {
        expect(description).toMatch(/^Fragment for a pod spec: /);
        continue;
      }
      for (const document of parseAllDocuments(text)) {
        expect(document.get('apiVersion')).toMatch(/^([a-z0-9.-]+\/)?v\d/);
        expect(document.get('kind')).toMatch(/^[A-Z]\w+$/);
        if (!nameless.test(document.toString())) expect(document.getIn(['metadata', 'name'])).toMatch(/^[a-z0-9-]+$/);
      }
    }
  });

  test.each(variants)('gives no warning and no error with $label', ({ text }) => {
    const file = isFragment(text) ? inPodSpec(text) : text;
    const findings = new Linter(rules).lint(Workspace.empty.update([['snippet.yaml', file]]));
    const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(loud.map(({ rule, message }) => `${rule.id}: ${message}`)).toEqual([]);
  });
});

describe('expandSnippet', () => {
  test('fills defaults in, mirrors included', () => {
    expect(expandSnippet('a: $1\nb: ${1:x-${2:y}}\nc: $2$0').text).toBe('a: x-y\nb: x-y\nc: y');
  });

  test('takes the first option of a choice, or the one that is asked for', () => {
    const body = 'p: ${1|a\\,b,c\\|d,{e}|} $1';
    expect(expandSnippet(body)).toMatchObject({ text: 'p: a,b a,b', problems: [] });
    expect(expandSnippet(body).choices.get(1)).toEqual(['a,b', 'c|d', '{e}']);
    expect(expandSnippet(body, new Map([[1, '{e}']])).text).toBe('p: {e} {e}');
  });

  test('drops backslashes where VS Code does', () => {
    expect(expandSnippet('\\$a \\\\ \\n ${1:{\\}} }').text).toBe('$a \\ \\n {} }');
  });

  test.each([
    ['$uri', "no tab stop: write '\\$'"],
    ['${TM_FILENAME}', 'no tab stop'],
    ['${1:x} ${1/x/y/}', 'no tab stop'],
    ['${1:x', 'not closed'],
    ['${1|a,b', 'not closed'],
    ['${1|a,,b|}', 'empty option'],
    ['${1:x} ${1:y}', 'two defaults'],
    ['$1', 'no default'],
    ['${2:x}', 'none before it'],
    ['${1:x$1}', 'in its own default'],
  ])('finds what is wrong with %s', (body, problem) => {
    expect(expandSnippet(body).problems.join()).toContain(problem);
  });
});

/** A snippet as it is inserted, and once more for every further option of each of its choices. */
function variantsOf(source: string): { readonly label: string; readonly text: string }[] {
  const { text, choices } = expandSnippet(source);
  const others = [...choices].flatMap(([stop, options]) =>
    options.slice(1).map(option => ({
      label: `'${option}'`,
      text: expandSnippet(source, new Map([[stop, option]])).text,
    })),
  );
  return [{ label: 'its defaults', text }, ...others];
}

function isFragment(text: string): boolean {
  return !/^apiVersion: /m.test(text);
}

/** A fragment in the pod spec of a Deployment, beside the workload that an affinity of it may name. */
function inPodSpec(fragment: string): string {
  const deployment = (name: string, more: string): string =>
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example/${name}:1.0.0
${more.replace(/^(?=.)/gm, '      ')}
`;
  return `${deployment('web', fragment)}---\n${deployment('backend', '')}`;
}
