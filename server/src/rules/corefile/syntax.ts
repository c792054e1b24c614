import { parseCorefile } from '../../corefile/parse';
import { type Corefile, refused } from '../../corefile/syntax';
import { editCorefile } from '../../kube/dns/corefile-edit';
import { corefileOf, corefilesIn, faultOf } from '../../kube/dns/corefiles';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix, type Report } from '../../lint/rule';
import { applyEdits } from '../../text/range';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'corefile/syntax',
  title: 'A Corefile has no syntax error',
  severity: 'error',
  per: 'resource',
  kinds: ['ConfigMap'],
  references: ['https://coredns.io/manual/configuration/', 'https://github.com/coredns/caddy/tree/master/caddyfile'],

  check(configMap, report) {
    for (const { corefile, node } of corefilesIn(configMap)) tell(corefile, node, report);
  },

  checkText(text, report) {
    tell(corefileOf(text), text, report);
  },
});

function tell(corefile: Corefile, node: Node, report: Report): void {
  const fault = faultOf(corefile);
  if (fault === undefined) return;
  report(
    { in: node, range: fault.range },
    { why: refused, ...fault.message },
    {
      severity: fault.severity,
      fixes: () => bracesApart(corefile, node),
    },
  );
}

/** All of them at once, and only where nothing else is wrong: else the next fault would be told in its place. */
function bracesApart({ text, problems }: Corefile, node: Node): readonly Fix[] {
  const glued = problems.filter(({ code }) => code === 'glued-brace');
  const blanks = glued.map(({ range: { start } }) => ({ range: { start, end: start }, text: ' ' }));
  if (parseCorefile(applyEdits(text, blanks)).problems.length > 0) return [];
  const title = blanks.length > 1 ? "Write a blank before each glued '{'" : "Write a blank before the '{'";
  return [fix(title, edits => editCorefile(edits, node, blanks))];
}
