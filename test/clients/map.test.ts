import { expect, test } from 'vitest';
import type { MapAnswer } from '../../server/src/lsp/map-answer';
import { open, until } from '../editor';
import { kinds } from './clients';

const app = (name: string, env: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: "i:1", env: [${env}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;

const denial = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;

const files = {
  'web.yaml': app('web', '{name: URL, value: "http://api"}'),
  'api.yaml': app('api', ''),
  'policy.yaml': '',
};

test.each(Object.entries(kinds))('%s gets the map of what is typed', async (_, { capabilities }) => {
  const editor = await open(capabilities, files, { rules: [] });
  await until(() => editor.statuses.some(({ state }) => state === 'ready'));
  const asked = (name?: string): Promise<MapAnswer> =>
    editor.client.sendRequest('kubeNetlint/map', { uri: editor.uri('web.yaml'), ...(name && { name }) });
  const answers = async () => (await asked()).map?.edges.map(({ answer }) => answer);
  expect(await answers()).toEqual(['allowed']);
  await editor.type('policy.yaml', denial, 1);
  await expect.poll(answers, { timeout: 20_000 }).toEqual(['denied']);
  expect(await asked('no such build')).toMatchObject({ names: ['.'], name: '.' });
  const nowhere = await editor.client.sendRequest('kubeNetlint/map', { uri: 'file:///no/such.yaml' });
  expect(nowhere).toBeNull();
});
