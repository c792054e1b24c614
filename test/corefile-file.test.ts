import { expect, test } from 'vitest';
import { editsOf } from '../server/src/lint/fix';
import { Linter } from '../server/src/lint/linter';
import { rules } from '../server/src/rules';
import { applyEdits } from '../server/src/text/range';
import { Workspace } from '../server/src/workspace/workspace';

const corefile = `# the cluster's DNS
.:53 {
    errors
    kubernetes cluster.local in-addr.arpa
    forward . /etc/resolv.conf
}
`;

const lint = (text: string, path = 'dns/Corefile') => {
  const workspace = Workspace.empty.update([[path, text]]);
  const linter = new Linter(rules);
  return { workspace, findings: linter.lint(workspace), failures: linter.failures };
};

test.each(['\n', '\r\n'])('a Corefile that is a file has findings and fixes, with %j', eol => {
  const text = corefile.replaceAll('\n', eol);
  const { workspace, findings } = lint(text);
  const missing = findings.find(({ rule }) => rule.id === 'coredns/missing-cache');
  expect(missing?.resource).toBeUndefined();
  const fix = missing?.fixes[0];
  const edits = missing && fix && editsOf(workspace, missing, fix);
  const fixed = applyEdits(text, edits?.changed.get('dns/Corefile') ?? []);
  expect(fixed).toContain(`${eol}    cache 30`);
  expect(fixed.split('\r\n').length).toBe(eol === '\r\n' ? fixed.split('\n').length : 1);
  expect(lint(fixed).findings.map(({ rule }) => rule.id)).not.toContain('coredns/missing-cache');
});

test('comments silence rules in it, and what cannot be read is said once', () => {
  expect(lint(`# kube-netlint-ignore coredns: a test\n${corefile}`).findings).toEqual([]);
  const broken = lint(corefile.slice(0, -2), 'x.corefile').findings;
  expect(broken.filter(({ severity }) => severity === 'error').map(({ rule }) => rule.id)).toEqual(['corefile/syntax']);
});

test('no text of a Corefile makes a rule throw', () => {
  for (let end = 0; end <= corefile.length; end++) expect(lint(corefile.slice(0, end)).failures).toEqual([]);
});
