/** The policies that open one call: applied, they open just that. */
import { describe, expect, test } from 'vitest';
import { connectivityOf, endNamesIn, openedCallIn } from '../server/src/assist/policies-asked';
import { Workspace } from '../server/src/workspace/workspace';
import { admin, namespace, pod, policy } from './connectivity/texts';

const pods = namespace('ns') + namespace('other') + pod('ns/a') + pod('ns/b') + pod('ns/c') + pod('other/d');
const service = (name: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ns}\nspec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}\n`;
const closed = (name: string, types: string) =>
  policy(`closed-${name}`, `{podSelector: {matchLabels: {app: ${name}}}, policyTypes: [${types}]}`);

const openIn = (...texts: readonly string[]) =>
  Workspace.empty.update(
    texts.map((text, i) => [`${i}.yaml`, text]),
    { isOneCluster: true },
  );

function ask(text: string, from: string, to: string) {
  const workspace = openIn(text);
  const [view] = workspace.views;
  if (view === undefined) throw new Error('no view');
  return openedCallIn(workspace, view, from, to);
}

function linesOf(...texts: readonly string[]): readonly string[] {
  const [view] = openIn(...texts).views;
  return (view && connectivityOf(view).text?.split('\n')) ?? [];
}

/** What changes once the policies are applied. */
function changes(text: string, from: string, to: string) {
  const { text: written = '', sentence } = ask(text, from, to);
  const [before, after] = [linesOf(text), linesOf(text, written)];
  return {
    sentence,
    opened: after.filter(line => !before.includes(line)),
    closed: before.filter(line => !after.includes(line)),
    policies: written.match(/^ {2}name: .*/gm)?.map(line => line.slice(8)) ?? [],
  };
}

describe('a policy', () => {
  test('is written at the end that lets nothing in, for the port behind the Service', () => {
    const text = pods + service('b') + closed('b', 'Ingress');
    expect(changes(text, 'ns/a', 'ns/b')).toEqual({
      sentence: 'Not written anywhere yet.',
      opened: ['ns/a[Pod] => ns/b[Pod] : TCP 8080'],
      closed: [],
      policies: ['allow-b-from-a'],
    });
  });

  test('is written at both ends, and in the namespace of each', () => {
    const text =
      pods +
      service('b') +
      closed('b', 'Ingress') +
      policy('shut', '{podSelector: {}, policyTypes: [Egress]}', 'other');
    expect(changes(text, 'd', 'ns/b')).toMatchObject({
      opened: ['other/d[Pod] => ns/b[Pod] : TCP 8080'],
      closed: [],
      policies: ['allow-d-to-b', 'allow-b-from-d'],
    });
  });

  test('opens what is missing only, and has a name that is free', () => {
    const some = policy(
      'allow-b-from-a',
      '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 9090}]}]}',
    );
    expect(changes(pods + service('b') + some, 'a', 'b')).toMatchObject({
      opened: ['ns/a[Pod] => ns/b[Pod] : TCP 8080,9090'],
      closed: ['ns/a[Pod] => ns/b[Pod] : TCP 9090'],
      policies: ['allow-b-from-a-2'],
    });
  });

  test('is for all ports where no manifest shows one, and says so', () => {
    const bare = pods.replaceAll(/ports: \[[^\]]*\]/g, 'ports: []');
    expect(ask(bare + closed('b', 'Ingress'), 'a', 'b').text).toContain('No manifest shows a port, so all are opened');
  });

  test('says who else bears the labels', () => {
    const twin = pod('ns/e').replace('app: e', 'app: a');
    expect(ask(pods + twin + closed('b', 'Ingress'), 'ns/a', 'b').text).toContain(
      "# The same labels also select Pod 'e'.",
    );
  });
});

describe('no policy', () => {
  test.each([
    ['where nothing cuts the call', pods, /there is nothing to open/],
    ['from pods to themselves', pods, /needs two ends/, 'a', 'a'],
    ['for names that are none, or many', pods, /no pods called 'zz'/, 'zz', 'a'],
    [
      'where an admin policy denies it',
      pods +
        admin(
          'AdminNetworkPolicy',
          '{priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}',
        ),
      /no NetworkPolicy can change that/,
    ],
    [
      'for pods without labels',
      pods.replace('app: b', '') + policy('x', '{podSelector: {}, policyTypes: [Ingress]}'),
      /no label to select them by/,
    ],
    ['for names that hold Markdown or line ends', pods, /no pods called 'a\\n/, 'a\n# [x](y)', 'b'],
  ] as const)('%s', (_, text, reason, from = 'a', to = 'b') => {
    const { sentence, text: written } = ask(text, from, to);
    expect(sentence).toMatch(reason);
    expect(written).toBe(undefined);
  });
});

test('names are those that connectivity prints', () => {
  const [view] = openIn(pods).views;
  expect(view && endNamesIn(view)).toEqual(['ns/a[Pod]', 'ns/b[Pod]', 'ns/c[Pod]', 'other/d[Pod]']);
});
