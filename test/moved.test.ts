import { describe, expect, test } from 'vitest';
import { editsOf } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { locate } from '../server/src/lint/place';
import { Workspace } from '../server/src/workspace/workspace';
import { lint, seen, situations } from './situations';
import { isThorough } from './thorough';

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

describe('objects', () => {
  test('stay the same objects while only comments and blank lines change, and are found where they went', () => {
    const text = `${object('Service', 'a')}---\n${object('ConfigMap', 'b')}data:\n  Corefile: |\n    .:53 {\n    }\n`;
    const one = Workspace.empty.update([['a.yaml', text]]);
    const [service, configMap] = one.files.get('a.yaml')?.resources ?? [];
    const two = one.update([['a.yaml', text.replaceAll('metadata:', '# said\n\nmetadata: # beside it')]]);
    expect(two.files.get('a.yaml')?.resources).toBe(one.files.get('a.yaml')?.resources);
    expect(two.views[0]).toBe(one.views[0]);
    const written = two.files.get('a.yaml')?.text ?? '';
    for (const resource of [service, configMap]) {
      const place = resource && two.placeOf(resource.document);
      const start = (place?.start ?? 0) + (resource?.name.range.start ?? 0);
      expect(written.slice(start, start + 1)).toBe(resource?.name.string);
    }
    const back = two.update([['a.yaml', text]]);
    expect(back.files.get('a.yaml')?.resources).toBe(one.files.get('a.yaml')?.resources);
  });

  test('are others where a reader looks at comments too', () => {
    const policy =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n  podSelector: {}\n';
    const one = Workspace.empty.update([['a.yaml', policy]]);
    const two = one.update([['a.yaml', `# deny all\n${policy}`]]);
    expect(two.files.get('a.yaml')?.resources).not.toEqual([]);
    expect(two.files.get('a.yaml')?.resources[0]).not.toBe(one.files.get('a.yaml')?.resources[0]);
  });
});

test('an edit of a chart template leaves all that is judged as it is', () => {
  const files: [string, string][] = [
    ['Chart.yaml', 'apiVersion: v2\nname: web\n'],
    ['templates/web.yaml', `${object('Service', 'web')}# {{ .Values.x }}\n`],
    ['other/web.yaml', object('Service', 'other')],
  ];
  const one = Workspace.empty.update(files);
  const text = `${object('Service', 'another')}---\n${object('Service', 'more')}`;
  const two = one.update([['templates/web.yaml', text]]);
  expect(two.views).toEqual(one.views);
  expect(two.views.every((view, i) => view === one.views[i])).toBe(true);
  const told = ({ files: all }: Workspace) => [...all.values()].map(({ path, role, skipped }) => [path, role, skipped]);
  expect(told(two)).toEqual(told(Workspace.empty.update([...files, ['templates/web.yaml', text]])));
  // What is no manifest is no template, and what is beside no chart is neither.
  const no = 'x: 1\n';
  expect(told(two.update([['templates/web.yaml', no]]))).toEqual(
    told(Workspace.empty.update([...files, ['templates/web.yaml', no]])),
  );
  const alone = Workspace.empty.update([['templates/web.yaml', object('Service', 'web')]]);
  expect(told(alone.update([['templates/web.yaml', text]]))).toEqual([['templates/web.yaml', 'manifests', undefined]]);
});

test('a fault of a text is found, and mended, where it went', () => {
  const text = `${object('Service', 'a')}${object('ConfigMap', 'b')}`;
  const linter = new Linter([]);
  const placesIn = (workspace: Workspace) =>
    linter.lint(workspace).map(finding => {
      const fix = finding.fixes[0] && editsOf(workspace, finding, finding.fixes[0]);
      return [locate(finding.at).range.start, fix?.changed.get('a.yaml')?.map(({ range }) => range.start)];
    });
  const one = Workspace.empty.update([['a.yaml', text]]);
  const second = text.lastIndexOf('apiVersion');
  expect(placesIn(one)).toEqual([[second, [second]]]);
  const two = one.update([['a.yaml', `# said\n${text}`]]);
  expect(placesIn(two)).toEqual([[second + 7, [second + 7]]]);
});

describe('findings stand where their text went', () => {
  for (const { rule, title, files } of situations.filter((_, i) => isThorough || i % 3 === 0)) {
    test(`${rule.id}: ${title}`, () => {
      const { workspace, config } = lint(files, [rule]);
      const linter = new Linter([rule]);
      linter.lint(workspace, config);
      // Above each field at the edge of a document, and each that stands two columns in.
      const moved = [...files].map(([name, text]): [string, string] => [
        name,
        text.replace(/^(?: {2})?[a-zA-Z]+:(?=\s)/gm, '# a word\n$&'),
      ]);
      const after = workspace.update(moved);
      const cold = lint(new Map(moved), [rule]);
      expect(seen(after, linter.lint(after, config))).toEqual(seen(cold.workspace, cold.findings));
    });
  }
});

test('an edit that makes one build an alternative of another parts their views', () => {
  const service = (port: number) => `${object('Service', 'web')}spec:\n  ports: [{port: ${port}}]\n`;
  const listing = 'resources: [web.yaml]\n';
  const files = ['a', 'b'].flatMap((folder): [string, string][] => [
    [`${folder}/kustomization.yaml`, listing],
    [`${folder}/web.yaml`, service(80)],
  ]);
  const one = Workspace.empty.update(files);
  const two = one.update([['b/web.yaml', service(81)]]);
  expect([one.views.length, two.views.length]).toEqual([1, 2]);
  expect(two.update([['b/web.yaml', service(80)]]).views).toHaveLength(1);
});
