import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { configHoverAt } from '../server/src/assist/completion/config-words';
import { Workspace } from '../server/src/workspace/workspace';
import { type Asked, known, offered } from './offered';

const config: Asked = { path: '.kube-netlint.yaml' };
const service = (annotations: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${annotations}spec:\n  selector: {app: web}\n`;

describe('the config file', () => {
  const places: readonly [string, readonly string[], Asked?][] = [
    ['|', ['extends', 'kubernetes', 'rules'], config],
    ['rules:\n  |', ['api', 'cni', 'config'], config],
    ['rules:\n  dns: |', ['error', 'warning', 'info'], config],
    ['extends: |', ['recommended', 'all'], config],
    ['kubernetes: |', ['1.35'], config],
    ['honor: [kube-score, |]', ['kube-linter', 'checkov', 'polaris'], config],
    ['overrides:\n  - |', ['files', 'kinds', 'namespaces'], config],
    ['overrides:\n  - files: [a]\n    |', ['kinds', 'namespaces', 'names'], config],
    ['overrides:\n  - files: [a]\n    rules: {ingress: |}', ['error', 'warning', 'info'], config],
    ['scopes:\n  - name: a\n    |', ['paths', 'namespace'], { path: 'x/.kube-netlint.yml' }],
  ];
  test.each(places)('%j', (marked, first, asked) => {
    const { labels, items, accepted } = offered(marked, asked);
    expect(labels.slice(0, first.length)).toEqual(first);
    for (const item of items) {
      const [document] = parseAllDocuments(accepted(item), { prettyErrors: false });
      expect(document?.errors ?? []).toEqual([]);
    }
  });
  test.each(['rules:\n  dns: warning |', 'rules:\n  no-such-area:\n    |', 'scopes:\n  - paths: [|]', '# |'])(
    'offers nothing at %j',
    marked => expect(offered(marked, config).labels).toEqual([]),
  );
});

describe('rules in comments', () => {
  const reported = () => [
    { rule: 'service/no-endpoints', line: 2 },
    { rule: 'dns/ndots', line: 5 },
  ];
  const first = (marked: string) => offered(marked, { given: { reported } }).labels[0];
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  # kube-netlint-ignore |\n  ports: []\n';

  test('begin with those that are reported in the line that the comment is for', () => {
    const own = [...known.rules, { id: 'service/no-endpoints', title: 't' }, { id: 'dns/ndots', title: 't' }];
    const at = (marked: string) => offered(marked, { given: { reported, rules: own } }).labels.slice(0, 2);
    expect(at(text)[0]).toBe('dns/ndots');
    expect(
      at(text.replace('  # kube-netlint-ignore |\n', '').replace('{name: a}', '{name: a} # kube-netlint-ignore |'))[0],
    ).toBe('service/no-endpoints');
    expect(at(`# kube-netlint-ignore-file |\n${text.replace('|', 'x')}`).sort()).toEqual([
      'dns/ndots',
      'service/no-endpoints',
    ]);
    expect(first(text)).toBe('api');
  });

  test('leave out those that are there, and replace the one that is being typed', () => {
    const typed = offered(text.replace('|', 'api, cni/un|known'));
    expect(typed.labels).not.toContain('api');
    expect(typed.accepted(typed.items.find(({ label }) => label === 'dns'))).toContain('ignore api, dns\n');
  });

  test('speak for a file at its head alone', () => {
    expect(offered(text.replace('kube-netlint-ignore |', 'kube-netl|')).labels).toEqual(['kube-netlint-ignore']);
  });
});

test('the annotation takes several names', () => {
  const typed = offered(service('  annotations:\n    kube-netlint.dev/ignore: "dns, ap|"\n'));
  expect(typed.accepted(typed.items[0])).toContain('ignore: "dns, api"');
  expect(typed.labels).not.toContain('dns');
});

describe('the config file explains itself', () => {
  const hover = (marked: string, path = '.kube-netlint.yaml') => {
    const text = marked.replace('|', '');
    const file = Workspace.empty.update([[path, text]]).files.get(path);
    return file && configHoverAt(file, marked.indexOf('|'))?.markdown;
  };
  test.each([
    ['ker|nel: 1', undefined],
    ['kuber|netes: "1.35"', 'Kubernetes version of the cluster, such as 1.35.'],
    ['rules:\n  dn|s: off', 'All rules of the area dns.'],
    ['overrides:\n  - kin|ds: [Service]\n    rules: {}', 'Kinds of objects, such as Service.'],
    ['overrides:\n  - kinds: [Service]\n    rules: {dns: o|ff}', 'Takes `error`, `warning`, `info`, `hint`, `off`.'],
    ['honor: [kube-sc|ore]', undefined],
    ['|', undefined],
  ])('%j', (marked, says) => {
    if (says === undefined) expect(hover(marked)).toBeUndefined();
    else expect(hover(marked)).toContain(says);
  });
  test('and no other file does', () => expect(hover('kuber|netes: 1', 'other.yaml')).toBeUndefined());
});
