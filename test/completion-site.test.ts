import { describe, expect, test } from 'vitest';
import { type Site, siteAt } from '../server/src/assist/completion/site';
import { Workspace } from '../server/src/workspace/workspace';

const cursor = '‸';

function siteIn(marked: string, path = 'a.yaml'): { site: Site | undefined; text: string } {
  const offset = marked.indexOf(cursor);
  const text = marked.replace(cursor, '');
  const file = Workspace.empty.update([[path, text]]).files.get(path);
  return { site: file && siteAt(file, offset), text };
}

/** `spec.podSelector.matchLabels key 'ap'`. */
function shown(marked: string, path?: string): string | undefined {
  const { site, text } = siteIn(marked, path);
  if (site === undefined) return undefined;
  expect(text.slice(site.range.start, site.range.end)).toBe(site.word);
  const place = [...site.path, ...(site.key === '' ? [] : [site.key])].join('.');
  return `${site.object?.kindName ?? '-'} ${place} ${site.typing} '${site.word}'`;
}

const policy =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: shop\nspec:\n';
const labels = 'NetworkPolicy spec.podSelector.matchLabels';

describe('where somebody types', () => {
  test.each([
    ['  podSelector:\n    matchLabels:\n      ‸', `${labels} key ''`],
    ['  podSelector:\n    matchLabels:\n      ap‸', `${labels} key 'ap'`],
    ['  podSelector:\n    matchLabels:\n      ap‸p: cart\n', `${labels} key 'app'`],
    ['  podSelector:\n    matchLabels:\n      app: ‸', `${labels}.app value ''`],
    ['  podSelector:\n    matchLabels:\n      app:‸', `${labels}.app value ''`],
    ['  podSelector:\n    matchLabels:\n      app: c‸art\n      tier: web\n', `${labels}.app value 'cart'`],
    ['  podSelector:\n    matchLabels:\n      app: "c‸"', `${labels}.app value 'c'`],
    ['  podSelector:\n    matchLabels:\n      app: "c‸', `${labels}.app value 'c'`],
    ["  podSelector:\n    matchLabels:\n      app: 'c‸'  # why\n", `${labels}.app value 'c'`],
    ['  podSelector: {matchLabels: {app: c‸}}', `${labels}.app value 'c'`],
    ['  podSelector: {matchLabels: {app: c‸', `${labels}.app value 'c'`],
    ['  podSelector: {matchLabels: {app: "c‸}}', `${labels}.app value 'c'`],
    ['  podSelector: {matchLabels: {‸}}', `${labels} key ''`],
    ['  podSelector: {matchLabels: {app: cart, t‸}}', `${labels} key 't'`],
    ['  podSelector: {matchLabels: {t‸, app: cart}}', `${labels} key 't'`],
    ['  podSelector: {matchLabels: {\n    app: c‸\n  }}', `${labels}.app value 'c'`],
    ['  podSelector: {matchLabels: {\n    ‸\n  }}', `${labels} key ''`],
    [
      '  podSelector:\n    matchExpressions:\n      - {key: app, operator: In, values: [a, ‸]}',
      "NetworkPolicy spec.podSelector.matchExpressions.0.values item ''",
    ],
    [
      '  podSelector:\n    matchExpressions:\n      - key: app\n        values:\n          - ‸',
      "NetworkPolicy spec.podSelector.matchExpressions.0.values item ''",
    ],
    [
      '  podSelector:\n    matchExpressions:\n      - key: ‸\n        operator: In',
      "NetworkPolicy spec.podSelector.matchExpressions.0.key value ''",
    ],
    [
      '  ingress:\n    - ports:\n        - port: ‸\n  egress: []\n',
      "NetworkPolicy spec.ingress.0.ports.0.port value ''",
    ],
    [
      '  ingress:\n  - from:\n    - ipBlock:\n        except:\n        -‸\n',
      "NetworkPolicy spec.ingress.0.from.0.ipBlock.except item ''",
    ],
    ['  podSelector:\n    matchLabels:\n      app: a\n\n      ‸\n\n  policyTypes: [Ingress]\n', `${labels} key ''`],
    ['  podSelector: {}\n  ‸\n  ingress: []\n', "NetworkPolicy spec key ''"],
  ])('%j', (text, want) => {
    expect(shown(policy + text)).toBe(want);
    expect(shown((policy + text).replaceAll('\n', '\r\n'))).toBe(want);
    expect(shown(`\uFEFF${policy}${text}`)).toBe(want);
    const item = (policy + text).replaceAll('\n', '\n    ');
    const others = '  - apiVersion: v1\n    kind: Pod\n    spec:\n      a: 1\n'.repeat(1000);
    expect(shown(`apiVersion: v1\nkind: List\nitems:\n${others}  - ${item}\n${others}`)).toBe(want);
  });

  test('in documents that are broken elsewhere', () => {
    const behind = '  podSelector:\n    matchLabels:\n      app: ‸\n  ingress: [{\n  x: : :\n';
    expect(shown(policy + behind)).toBe(`${labels}.app value ''`);
    const before = '  ingress: [{\n    a\n  x: : :\n  podSelector:\n    matchLabels:\n      tier: web\n      app: c‸\n';
    expect(shown(policy + before)).toBe(`${labels}.app value 'c'`);
    expect(siteIn(policy + before).site?.object?.namespace).toBe('shop');
    expect(siteIn(policy + before).site?.node.parent?.at('tier').string).toBe('web');
  });

  test('in items of a List, with names of their own', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: a}\n    spec:\n      selector: {app: ‸}\n  - kind: Pod\n';
    expect(shown(list)).toBe("Service spec.selector.app value ''");
    expect(shown(list.replace('kind: List', 'kind: ServiceList').replace(/ {4}kind.*\n/, ''))).toBe(
      "Service spec.selector.app value ''",
    );
  });

  test('in patches, of a kustomization and in files of their own', () => {
    const patch =
      'apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: a}\n      spec:\n        selector:\n          matchLabels:\n            app: c‸';
    const inline = `resources: [a.yaml]\npatches:\n  - patch: |-\n      ${patch}\n    target: {kind: Deployment}\n`;
    expect(shown(inline, 'kustomization.yaml')).toBe("Deployment spec.selector.matchLabels.app value 'c'");
    expect(siteIn(inline, 'kustomization.yaml').site?.isPatch).toBe(true);
    expect(shown(patch.replaceAll('\n      ', '\n'))).toBe("Deployment spec.selector.matchLabels.app value 'c'");
  });

  test('in one document of several', () => {
    expect(
      shown(`${policy}  podSelector: {}\n---\n${policy}  podSelector: {matchLabels: {app: ‸}}\n---\n${policy}`),
    ).toBe(`${labels}.app value ''`);
  });
});

describe('nowhere', () => {
  test.each([
    ['a comment', `${policy}  podSelector: {} # app: ‸`],
    ['a line of comment', `${policy}  # podSelector: ‸`],
    ['a template', `${policy}  podSelector:\n    matchLabels:\n      app: ‸\n      b: {{ .Values.b }}\n`],
    ['a text', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n    app: ‸\n'],
    ['an alias', `${policy}  podSelector: *al‸`],
    ['the head of a block scalar', `${policy}  podSelector: |‸`],
    ['behind a word', `${policy}  podSelector: a ‸`],
    ['below a word', `${policy}  podSelector: a\n    ‸`],
    ['deeper than a value', `${policy}  policyTypes: [Ingress]\n      ‸`],
    ['tabs', `${policy}  podSelector:\n\t‸`],
    ['a second line of a text', `${policy}  podSelector: "a\n    b‸"`],
  ])('%s', (_, text) => {
    expect(shown(text)).toBeUndefined();
  });
});
