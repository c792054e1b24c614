import { expect, test } from 'vitest';
import { distanceOf, nearest, slipOf } from '../server/src/text/distance';

test.each([
  ['web', 'web', 0],
  ['wbe', 'web', 1],
  ['weeb', 'web', 1],
  ['wb', 'web', 1],
  ['wab', 'web', 1],
  ['chekcout', 'checkout', 1],
  ['checkuot-svc', 'checkout-src', 2],
  ['ca', 'abc', undefined],
])('%s is %s with %s slips', (a, b, expected) => expect(distanceOf(a, b, 2)).toBe(expected));

test.each([
  ['fronted', ['backend', 'frontend'], 'frontend'],
  ['round_robbin', ['round_robin', 'ewma'], 'round_robin'],
  ['Frontend', ['frontend'], 'frontend'],
  ['web', ['wob', 'web-2', 'weg'], 'weg'],
  ['web', ['web', 'wep'], undefined],
  ['cart', ['shop', 'payments'], undefined],
  ['a', ['b'], undefined],
  ['redis-1', ['redis-2', 'redis-10'], undefined],
  ['x'.repeat(500), ['x'.repeat(499)], undefined],
])('by %s of %j was meant %s', (name, candidates, expected) => expect(nearest(name, candidates)).toBe(expected));

test.each([
  ['fronted', ['backend', 'frontend'], 'frontend'],
  ['checkoutsvc', ['checkout-svc'], 'checkout-svc'],
  ['shop-cart', ['shop-catr'], 'shop-catr'],
  ['application-controller', ['applicationset-controller'], undefined],
  ['db-eu', ['db-us'], undefined],
  ['web', ['web-a'], undefined],
  ['payments', ['payment-lb'], undefined],
])('by a slip in %s of %j was meant %s', (name, candidates, expected) =>
  expect(slipOf(name, candidates)).toBe(expected),
);

test('a hostile list of names costs little', () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `${i}-service-${'a'.repeat(90)}`);
  expect(nearest(`-service-${'a'.repeat(91)}`, names)).toBe(names[0]);
});
