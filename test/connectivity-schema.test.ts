/** What `connectivity diff --format json` prints is what its schema says. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';
import { beforeAll, expect, test } from 'vitest';
import { commandLine } from './command-line';
import { namespace, pod, policy, two } from './connectivity/texts';

const { write, run } = commandLine();
const schema = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../schemas/connectivity-diff.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

const calling = `---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: ns}
spec: {selector: {app: b}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: caller, namespace: ns, labels: {app: c}}
spec: {containers: [{name: main, image: x, env: [{name: URL, value: "http://b"}]}]}
`;
const cilium = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: c, namespace: ns}
spec: {endpointSelector: {}, ingress: [{}]}
`;
const broken = '---\napiVersion: v1\nkind: Pod\nmetadata: {name: c\nspec: {}\n';
const closed = policy('b', '{podSelector: {matchLabels: {app: b}}}');
const texts: Readonly<Record<string, string>> = {
  none: 'a: 1\n',
  two,
  closed: two + closed,
  calling: two + calling,
  denied: two + calling + closed,
  cilium: two + calling + cilium,
  other: namespace('ns') + pod('ns/a') + pod('ns/d') + broken,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(texts)) write(`${name}/all.yaml`, text);
});

test.each([
  ['two', 'two', []],
  ['none', 'two', ['added']],
  ['two', 'none', ['removed']],
  ['two', 'closed', ['connections']],
  ['closed', 'two', ['connections']],
  ['calling', 'denied', ['connections', 'calls']],
  ['denied', 'cilium', ['connections', 'calls', 'notes']],
  ['calling', 'other', ['added', 'removed', 'notes']],
])('from %s to %s', (before, after, expected) => {
  const { stdout, status } = run('.', 'connectivity', 'diff', before, after, '--format', 'json');
  const told = JSON.parse(stdout);
  validate(told);
  expect({ status, errors: validate.errors }).toEqual({ status: 0, errors: null });
  const filled = Object.keys(told).filter(name => Array.isArray(told[name]) && told[name].length > 0);
  expect(filled).toEqual(expect.arrayContaining(expected));
  // Whatever is left out, or is new, is noticed.
  expect(validate({ ...told, version: 2 })).toBe(false);
  expect(validate({ ...told, more: [] })).toBe(false);
  for (const name of Object.keys(told)) expect(validate({ ...told, [name]: undefined }), name).toBe(false);
});
