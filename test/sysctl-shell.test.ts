import { expect, test } from 'vitest';
import { shellCommands } from '../server/src/kube/pods/sysctl-shell';

const words = (script: string) => shellCommands(script).map(command => command.map(({ text }) => text));

test.each<[string, readonly (readonly string[])[]]>([
  ['sysctl -w a=1\\\n b=2', [['sysctl', '-w', 'a=1', 'b=2']]],
  ['sysctl -w a=1\\\r\n b=2', [['sysctl', '-w', 'a=1', 'b=2']]],
  ['sysctl -w a=12\\\n8', [['sysctl', '-w', 'a=128']]],
  ['sysctl -w a=12\\\n', [['sysctl', '-w', 'a=12']]],
  ['sysctl -w "a=1\\\n2"', [['sysctl', '-w', 'a=12']]],
  ["sysctl -w 'a=1\\\n2'", [['sysctl', '-w', 'a=1\\\n2']]],
  ['sysctl \\\n -w a=1', [['sysctl', '-w', 'a=1']]],
  ['echo a\\ b\\\\', [['echo', 'a b\\']]],
])('a backslash at the end of a line joins what is on both sides: %j', (script, expected) => {
  expect(words(script)).toEqual(expected);
});
