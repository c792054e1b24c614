import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { controllers } from '../server/src/kube/controllers/facts';
import type { KeyFacts } from '../server/src/kube/controllers/facts/annotation-table';
import { isKnownType, valueTypeOf } from '../server/src/kube/controllers/facts/annotation-types';
import { ingressNginx } from '../server/src/kube/controllers/facts/ingress-nginx';
import { gatewayEquivalents } from '../server/src/kube/controllers/facts/ingress-nginx-successors';
import { expectLinear } from './growth';

const vocabularies = controllers.flatMap(({ id, vocabulary }) =>
  vocabulary
    ? [
        { name: `annotations of ${id}`, keys: vocabulary.annotations.keys },
        { name: `settings of ${id}`, keys: vocabulary.settings?.keys ?? [] },
      ]
    : [],
);

describe.each(vocabularies)('$name', ({ keys }) => {
  test('are each written once, with a type, a sentence and a default that the type takes', () => {
    const faults = keys.flatMap(facts => faultsOf(facts).map(fault => `${facts.key}: ${fault}`));
    expect(faults).toEqual([]);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
  });
});

function faultsOf({ about, default: byDefault, type, typeName, on }: KeyFacts): string[] {
  return [
    ...(isKnownType(typeName) ? [] : [`no type ${typeName}`]),
    ...(/^[A-Z].*\.$/.test(about) ? [] : [`no sentence: ${about}`]),
    ...(byDefault === undefined || type.accepts(byDefault) ? [] : [`does not take its default ${byDefault}`]),
    ...(on.length > 0 ? [] : ['is read nowhere']),
  ];
}

test('the tables are as long as they should be', () => {
  const counts = vocabularies.map(({ name, keys }) => `${name}: ${keys.length}`);
  expect(counts).toEqual([
    'annotations of ingress-nginx: 138',
    'settings of ingress-nginx: 211',
    'annotations of f5-nginx: 80',
    'settings of f5-nginx: 99',
    'annotations of traefik: 27',
    'settings of traefik: 0',
    'annotations of haproxytech: 84',
    'settings of haproxytech: 81',
    'annotations of haproxy-ingress: 238',
    'settings of haproxy-ingress: 238',
    'annotations of alb: 67',
    'settings of alb: 0',
  ]);
});

test('no type takes long over hostile text', () => {
  const types = [...new Set(vocabularies.flatMap(({ keys }) => keys.map(({ typeName }) => typeName)))];
  const parts = [
    'a',
    '1',
    ' ',
    ',',
    '1,',
    'a ',
    '1m',
    '/',
    '*.',
    'a:',
    '10.0.0.0/8,',
    'a=b,',
    'GET, ',
    'TLSv1.2 ',
    '[',
  ];
  for (const typeName of types) {
    const type = valueTypeOf(typeName);
    for (const part of parts) {
      expectLinear(`${typeName} on ${part}`, 6_000 / part.length, n => {
        const text = `${part.repeat(n)}!`;
        type.accepts(text);
        type.meant?.(text);
      });
    }
  }
});

test('the page about the retirement says what the tables say', () => {
  const page = fs.readFileSync(path.resolve(__dirname, '../server/src/rules/ingress/retired-controller.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` *\| ([^|]+)\| (yes|–) *\|$/gm)];
  const told = rows.map(([, key, gateway = '', traefik]) => `${key}: ${gateway.trim()}, ${traefik}`);
  const prefix = ingressNginx.prefixes[0] ?? '';
  const keys = (ingressNginx.vocabulary?.annotations.keys ?? []).map(({ key, marks }) => ({
    name: key.slice(prefix.length),
    isRead: marks.includes('traefik'),
  }));
  const known = keys
    .filter(({ name, isRead }) => isRead || gatewayEquivalents.has(name))
    .map(({ name, isRead }) => `${name}: ${gatewayEquivalents.get(name) ?? '–'}, ${isRead ? 'yes' : '–'}`);
  expect(told.sort()).toEqual(known.sort());
  expect([...gatewayEquivalents.keys()].filter(name => !keys.some(key => key.name === name))).toEqual([]);
});
