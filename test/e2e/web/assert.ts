/** What the suite needs of `node:assert/strict`, which a browser doesn't have. */

class AssertionError extends Error {}

export function ok(value: unknown, message = `${value} is not truthy`): asserts value {
  if (!value) throw new AssertionError(message);
}

export function equal(actual: unknown, expected: unknown, message = `${actual} is not ${expected}`): void {
  ok(Object.is(actual, expected), message);
}

export function notEqual(actual: unknown, expected: unknown, message = `${actual} is the same`): void {
  ok(!Object.is(actual, expected), message);
}

export function deepEqual(actual: unknown, expected: unknown): void {
  equal(JSON.stringify(actual), JSON.stringify(expected));
}

export function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `${JSON.stringify(text)} does not match ${pattern}`);
}
