import type { ScalarValue } from './tree';

const words = new Map<string, boolean | null>();
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, null);
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) words.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) words.set(word, false);

const decimal = /^[-+]?(?:0|[1-9][0-9]*)$/;
const octal = /^[-+]?0o?[0-7]+$/;
const hexadecimal = /^[-+]?0x[0-9a-fA-F]+$/;
const binary = /^[-+]?0b[01]+$/;
const float = /^[-+]?(?:[0-9]+|[0-9]*\.[0-9]+)(?:[eE][-+]?[0-9]+)?$|^[-+]?[0-9]+\.$/;
const special = new Map([
  ['.inf', Infinity],
  ['.Inf', Infinity],
  ['.INF', Infinity],
  ['+.inf', Infinity],
  ['+.Inf', Infinity],
  ['+.INF', Infinity],
  ['-.inf', -Infinity],
  ['-.Inf', -Infinity],
  ['-.INF', -Infinity],
  ['.nan', NaN],
  ['.NaN', NaN],
  ['.NAN', NaN],
]); // prettier-ignore

/**
 * What the API server sees in a plain scalar. It decodes with sigs.k8s.io/yaml, that is go-yaml v2: YAML 1.1 words
 * (`on`, `yes`, `n`), C-style octal (`0644`), `_` between digits, but no base-60 numbers.
 */
export function plainValue(source: string): ScalarValue {
  const word = words.get(source);
  if (word !== undefined) return word;
  const first = source.charCodeAt(0);
  const maybeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!maybeNumber) return source;
  const digits = source.includes('_') ? source.replaceAll('_', '') : source;
  return numberOf(digits) ?? special.get(source) ?? source;
}

function numberOf(digits: string): number | undefined {
  if (decimal.test(digits)) return Number(digits);
  const sign = digits.startsWith('-') ? -1 : 1;
  const unsigned = digits.replace(/^[-+]/, '');
  if (octal.test(digits)) return sign * Number.parseInt(unsigned.replace(/^0o?/, ''), 8);
  if (hexadecimal.test(digits)) return sign * Number.parseInt(unsigned.slice(2), 16);
  if (binary.test(digits)) return sign * Number.parseInt(unsigned.slice(2), 2);
  return float.test(digits) ? Number(digits) : undefined;
}
