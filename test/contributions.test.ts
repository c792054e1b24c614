/** What package.json promises to VS Code: files that are there and shipped, commands that exist, lines that are read. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { documentSelector } from '../client/src/documents';
import { configNames } from '../server/src/workspace/config-names';
import { isConfig } from '../server/src/workspace/source-file';

vi.mock('vscode', () => ({}));

const root = path.resolve(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}
interface Pattern {
  readonly name: string;
  readonly regexp: string;
}
interface Manifest {
  readonly files: readonly string[];
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly yamlValidation: readonly { readonly fileMatch: readonly string[] }[];
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly [{ readonly steps: readonly Step[] }];
    readonly problemPatterns: readonly [Pattern];
    readonly problemMatchers: readonly { readonly name: string; readonly pattern: string }[];
    readonly taskDefinitions: readonly { readonly type: string; readonly properties: object }[];
  };
}
const { files, activationEvents, contributes }: Manifest = JSON.parse(read('package.json'));

test('a config file is one by each of its names, wherever VS Code asks', () => {
  expect(configNames.map(name => isConfig(`apps/${name}`))).toEqual(configNames.map(() => true));
  expect(contributes.yamlValidation.map(({ fileMatch }) => fileMatch)).toEqual([configNames]);
  expect(activationEvents.filter(event => event.includes('kube-netlint'))).toEqual(
    configNames.map(name => `workspaceContains:**/${name}`),
  );
  const patterns = documentSelector.flatMap(filter => ('pattern' in filter ? filter.pattern : []));
  expect(patterns).toEqual(configNames.map(name => `**/${name}`));
});

describe('the walkthrough', () => {
  const [{ steps }] = contributes.walkthroughs;

  test('has four steps', () => expect(steps).toHaveLength(4));

  test.each(steps)('shows a page and a picture that are in the package: $id', ({ media }) => {
    const pictures = [...read(media.markdown).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, picture = '']) => picture);
    expect(pictures).toHaveLength(1);
    for (const picture of pictures) {
      expect(fs.existsSync(path.join(root, path.dirname(media.markdown), picture))).toBe(true);
      expect(picture).toMatch(/^\.\.\/images\/dark\/[\w-]+\.png$/);
    }
    expect(files).toEqual(expect.arrayContaining(['docs/walkthrough', 'docs/images/dark/*.png']));
  });

  test('runs our own commands by names that exist', () => {
    const named = JSON.stringify(steps).match(/(?<=ommand:)kubeNetlint\.\w+/g);
    const known = contributes.commands.map(({ command }) => command);
    expect(named?.filter(command => !known.includes(command))).toEqual([]);
  });
});

describe('the problem matcher', () => {
  const [pattern] = contributes.problemPatterns;
  const partsOf = (line: string) => new RegExp(pattern.regexp).exec(line)?.slice(1);

  test('is that of the tasks', () => {
    expect(contributes.problemMatchers).toMatchObject([{ name: 'kube-netlint', pattern: `$${pattern.name}` }]);
    expect(contributes.taskDefinitions.map(({ type }) => type)).toEqual(['kube-netlint']);
    expect(read('client/src/tasks.ts')).toContain(`'$${pattern.name}'`);
  });

  test.each([
    [
      "shop/web.yaml:7:11: error: Port 'htpp' [x]: no such port. [service/unknown-target-port]",
      'shop/web.yaml',
      '7',
      '11',
    ],
    ['C:\\shop\\web.yaml:7:11: hint: It is slow. [placement/no-spread]', 'C:\\shop\\web.yaml', '7', '11'],
  ])('reads %s', (line, file, row, column) => {
    const parts = partsOf(line);
    expect(parts?.slice(0, 3)).toEqual([file, row, column]);
    expect(parts?.at(-1)).toMatch(/^[a-z]+\/[a-z-]+$/);
  });

  test('leaves other lines alone', () =>
    expect(partsOf('10 findings (1 error, 3 warnings) in 10 files read')).toBe(undefined));
});
