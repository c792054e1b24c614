import { expect, test } from 'vitest';
import type { ClusterView } from '../server/src/workspace/cluster-view';
import { Workspace } from '../server/src/workspace/workspace';

const service = (name: string, port = 80) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: ${port} }] }\n`;
const configMap = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: ${value} }\n`;

/** Two environments of two folders each, and a folder that is an alternative of one of them from the start. */
const files: readonly (readonly [string, string])[] = [
  ['other/service.yaml', service('a', 81)],
  ['env/dev/web/service.yaml', service('a')],
  ['env/prod/web/service.yaml', service('b')],
  ['env/dev/app/config.yaml', configMap('dev', 'x')],
  ['env/prod/app/config.yaml', configMap('prod', 'y')],
];

function viewOf({ views }: Workspace, folder: string): ClusterView {
  const view = views.find(({ builds }) => builds.some(build => build.folder === folder));
  if (view === undefined) throw new Error(`Nothing judges ${folder}.`);
  return view;
}

const services = (view: ClusterView) => view.of('Service').map(({ name }) => name.text);

test('what becomes an alternative by what is written beside it is no longer shown', () => {
  const before = Workspace.empty.update(files);
  expect(services(viewOf(before, 'env/dev/web'))).toEqual(['a', 'b']);
  const after = before.update([['env/dev/app/config.yaml', configMap('prod', 'x')]]);
  const view = viewOf(after, 'env/dev/web');
  expect(view.key).toBe(viewOf(before, 'env/dev/web').key);
  expect(services(view)).toEqual(['a']);
  expect(services(viewOf(after.update([files[3] ?? ['', '']]), 'env/dev/web'))).toEqual(['a', 'b']);
});

test('what is listed as before is listed in the very same list', () => {
  const before = Workspace.empty.update(files);
  const shown = viewOf(before, 'env/dev/web').of('Service');
  const after = before.update([['env/dev/app/config.yaml', configMap('dev', 'z')]]);
  const view = viewOf(after, 'env/dev/web');
  expect(view.index).not.toBe(viewOf(before, 'env/dev/web').index);
  expect(view.index.byKind.get('Service')).toBe(viewOf(before, 'env/dev/web').index.byKind.get('Service'));
  expect(view.index.byKind.get('ConfigMap')).not.toBe(viewOf(before, 'env/dev/web').index.byKind.get('ConfigMap'));
  expect(view.of('Service')).toBe(shown);
});
