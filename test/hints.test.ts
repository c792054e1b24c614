import { describe, expect, test } from 'vitest';
import { hintsIn } from '../server/src/assist/inlay-hints';
import { lensesIn, lensTitleAt } from '../server/src/assist/lenses';
import { Workspace } from '../server/src/workspace/workspace';

/** A marked text without its marks: `«⟵ pods of cart»` stands where such a hint is expected. */
const unmarked = (text: string) => text.replaceAll(/ ?«[^»]*»/g, '');

/** The text with a mark for every hint of a stretch; all of it, unless something else is asked. */
function marked(text: string, files: Record<string, string> = {}, range = { start: 0, end: text.length }): string {
  const workspace = Workspace.empty.update([['all.yaml', text], ...Object.entries(files)]);
  const hints = [...hintsIn(workspace, 'all.yaml', range, 'nothing')].sort((a, b) => b.offset - a.offset);
  let shown = text;
  for (const { offset, parts } of hints) {
    const words = parts.map(part => part.text).join('');
    shown = `${shown.slice(0, offset)} «${words}»${shown.slice(offset)}`;
  }
  return shown;
}

const workload = (name: string, rest = '', namespace = 'shop') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]${rest}}]}
`;

const both = `${workload('cart')}---\n${workload('web')}---\n`;
const policyOn = (spec: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: p
  namespace: shop
spec:
${spec}`;
const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec:\n${spec}`;

/** What is behind the workloads, of which the hints are not looked at here. */
function behind(text: string, before: string): string {
  return marked(before + unmarked(text), {}, { start: before.length, end: (before + text).length }).slice(
    before.length,
  );
}

describe('hints stand', () => {
  test.each([
    ['at the selector of a Service', service('  selector: {app: cart} «⟵ pods of cart»\n')],
    ['behind the colon of a block', service('  selector: «⟵ pods of cart»\n    app: cart\n')],
    ['before a comment', service('  selector: «⟵ pods of cart»   # those\n    app: cart\n')],
    ['with none', service('  selector: {app: crat} «⟵ none»\n')],
    ['not where nothing is written', service('  selector: {}\n')],
    ['not where a label is one of a controller', service('  selector: {acme.io/role: x}\n')],
    ['not where it is a placeholder', service('  selector: {app: $APP}\n')],
    [
      'at a target port by name',
      service('  selector: {app: cart} «⟵ pods of cart»\n  ports: [{port: 80, targetPort: http «= 8080»}]\n'),
    ],
    [
      'at one by number',
      service('  selector: {app: cart} «⟵ pods of cart»\n  ports:\n    - port: 80\n      targetPort: 8080 «= http»\n'),
    ],
    [
      'not at one of another protocol',
      service('  selector: {app: cart} «⟵ pods of cart»\n  ports: [{port: 80, protocol: UDP, targetPort: http}]\n'),
    ],
  ])('%s', (_, text) => {
    expect(behind(text, both)).toBe(text);
  });

  test.each([
    [
      'at a policy and its selectors',
      policyOn(`  podSelector: «⟵ pods of cart»
    matchLabels:
      app: cart
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}} «⟵ pods of web»
        - ipBlock: {cidr: 192.0.2.0/24}
      ports:
        - port: http «= 8080»
        - port: 8080 «= http»
        - port: 8000
          endPort: 8090
`),
      'isolates 1, lets in 1 and addresses',
    ],
    [
      'at one of all pods',
      policyOn('  podSelector: {} «⟵ pods of cart, web»\n  ingress: [{}]\n'),
      'isolates 2, lets in everybody',
    ],
    ['at one that closes', policyOn('  podSelector: {} «⟵ pods of cart, web»\n'), 'isolates 2, lets in nobody'],
    [
      'at one for both directions',
      policyOn(`  podSelector: {matchLabels: {app: web}} «⟵ pods of web»
  policyTypes: [Ingress, Egress]
  egress:
    - to: [{podSelector: {matchLabels: {app: cart}} «⟵ pods of cart»}]
      ports: [{port: http «= 8080»}]
    - ports: [{port: 53, protocol: UDP}]
`),
      'isolates 1, lets in nobody, out on some ports',
    ],
    [
      'at one that lets nothing out',
      policyOn('  podSelector: {} «⟵ pods of cart, web»\n  policyTypes: [Egress]\n'),
      'isolates 2, lets out nothing',
    ],
    ['at one that selects nothing', policyOn('  podSelector: {matchLabels: {app: crat}} «⟵ none»\n'), undefined],
    [
      'at a selector of namespaces',
      policyOn(
        '  podSelector: {} «⟵ pods of cart, web»\n  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}} «⟵ pods of cart, web»}]}]\n',
      ),
      'isolates 2, lets in 2',
    ],
    [
      'not at a selector of namespaces without pods',
      policyOn(
        '  podSelector: {} «⟵ pods of cart, web»\n  ingress: [{from: [{namespaceSelector: {matchLabels: {team: x}}}]}]\n',
      ),
      'isolates 2, lets in others',
    ],
  ])('%s', (_, text, sum) => {
    const whole = sum === undefined ? text : text.replace('name: p\n', `name: p «${sum}»\n`);
    expect(behind(whole, both)).toBe(whole);
  });

  test('at an Ingress', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: shop}
spec:
  defaultBackend: {service: {name: s, port: {number: 80 «= web»}}}
  rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: s, port: {name: web «= 80»}}}}]}}]
`;
    expect(behind(text, `${service('  ports: [{port: 80, name: web}]\n')}---\n`)).toBe(text);
  });

  test('at probes by name, of the ports of their own container', () => {
    const text = workload(
      'cart',
      ', livenessProbe: {httpGet: {path: /, port: http «= 8080»}}, readinessProbe: {tcpSocket: {port: other}}',
    );
    expect(marked(unmarked(text))).toBe(text);
  });

  test('at workloads, once there are policies: by how many others each is reached', () => {
    const policy = policyOn(
      '  podSelector: {matchLabels: {app: cart}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n',
    );
    const three = `${both}${workload('db')}`;
    expect(marked(three)).toBe(three);
    const shown = marked(`${three}---\n${policy}`);
    expect(
      [...shown.matchAll(/name: (\w+)(?:, namespace: shop\})? «([^»]*)»/g)].map(([, name, sum]) => `${name}: ${sum}`),
    ).toEqual([
      'cart: reached from 1, reaches anything',
      'web: reached from anything, reaches anything',
      'db: reached from anything, reaches 1',
      'p: isolates 1, lets in 1',
    ]);
  });

  test.each([
    ['{namespaceSelector: {matchLabels: {team: edge}}}', 'others'],
    ['{ipBlock: {cidr: 192.0.2.0/24}}', 'addresses'],
    ['{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 192.0.2.0/24}}', '1 and addresses'],
  ])('at workloads: who else is let in, such as %s', (peers, whom) => {
    const policy = policyOn(`  podSelector: {matchLabels: {app: cart}}\n  ingress: [{from: [${peers}]}]\n`);
    expect(marked(`${both}${policy}`)).toContain(`«reached from ${whom}, reaches anything»`);
  });

  test('with few names, and those of other namespaces in full', () => {
    const many = Array.from({ length: 6 }, (_, i) => workload(`worker-${i}`)).join('---\n');
    const far = workload('far', '', 'other');
    const text = policyOn(
      '  podSelector: {} «⟵ pods of worker-0, worker-1 and 4 more»\n  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}} «⟵ pods of other/far»}]}]\n',
    );
    const whole = text.replace('name: p\n', 'name: p «isolates 6, lets in 1»\n');
    expect(behind(whole, `${many}---\n${far}---\n`)).toBe(whole);
  });
});

describe('hints stand nowhere', () => {
  const at = service('  selector: {app: cart} «⟵ pods of cart»\n');

  test('outside of what is seen', () => {
    const text = both + unmarked(at);
    const line = text.indexOf('selector: {app');
    expect(marked(text, {}, { start: 0, end: line })).not.toContain('pods of');
    expect(marked(text, {}, { start: line, end: text.length })).toContain('pods of');
  });

  test('in a document that is being typed, and its neighbours keep theirs', () => {
    const broken = `${unmarked(at).replace('{app: cart}', '{app: cart')}`;
    expect(marked(`${both}${broken}---\n${unmarked(at)}`).match(/pods of/g)).toHaveLength(1);
    expect(marked(`${both}${unmarked(at)}---\n${broken.replace('{app: cart', '"')}`)).toContain('«⟵ pods of cart»');
  });

  test.each([
    '',
    'kind',
    'kind: Service',
    '\0',
    '- - -',
    'apiVersion: v1\nkind: Service\nspec: {selector: [1]}',
    '&a [*a]',
  ])('in %j', text => {
    expect(marked(text)).toBe(text);
  });

  test('where the builds of a base differ in what it means', () => {
    const overlay = (selected: string) => `resources: [..]
patches: [{target: {kind: Service}, patch: '[{op: replace, path: /spec/selector, value: {app: ${selected}}}]'}]
`;
    const files = (selected: string) => ({
      'kustomization.yaml': 'resources: [all.yaml]\n',
      'one/kustomization.yaml': 'resources: [..]\n',
      'two/kustomization.yaml': selected === '' ? 'resources: [..]\n' : overlay(selected),
    });
    const text = both + unmarked(at);
    expect(marked(text, files(''))).toContain('«⟵ pods of cart»');
    expect(marked(text, files('web'))).not.toContain('pods of');
  });
});

test('names are shown as they are, and not for ever', () => {
  const nasty = `\\u001b[31m${'x'.repeat(100)}`;
  const hostile = workload('cart').replace('{name: cart,', `{name: "${nasty}",`);
  const shown = marked(`${hostile}---\n${service('  selector: {app: cart}\n')}`);
  expect(shown).toMatch(/«⟵ pods of \\u001b\[31mx{5,30}…»/);
});

describe('lenses', () => {
  const policy = policyOn(
    '  podSelector: {matchLabels: {app: cart}}\n  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n',
  );
  const lenses = (text: string) => {
    const workspace = Workspace.empty.update([['all.yaml', text]]);
    return lensesIn(workspace, 'all.yaml').map(({ offset }) => [
      text.slice(offset, text.indexOf('\n', offset)),
      lensTitleAt(workspace, 'all.yaml', offset),
    ]);
  };

  test('stand above workloads and policies', () => {
    expect(lenses(`${both}# Of the cart.\n${policy}---\n${service('  selector: {app: cart}\n')}`)).toEqual([
      ['apiVersion: apps/v1', 'Reached from 1, reaches anything'],
      ['apiVersion: apps/v1', 'Reached from anything, reaches anything'],
      ['apiVersion: networking.k8s.io/v1', 'Isolates 1, lets in 1'],
    ]);
  });

  test('stand nowhere without policies, and not over what is being typed', () => {
    expect(lenses(both)).toEqual([]);
    const broken = lenses(`${both}${policy.replace('{matchLabels: {app: cart}}', '{matchLabels')}`);
    expect(broken.map(([line]) => line)).toEqual(['apiVersion: apps/v1', 'apiVersion: apps/v1']);
  });

  test('say what they are for where there is nothing to count', () => {
    const unknown = policy.replace('app: cart', 'app: elsewhere');
    expect(lenses(`${both}${unknown}`).at(-1)?.[1]).toBe('Who can reach this');
  });
});
