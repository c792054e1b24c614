import { corefileOf, corefilesIn, faultOf } from '../../kube/dns/corefiles';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'corefile/syntax',
  title: 'A Corefile can be read',
  severity: 'error',
  per: 'resource',
  kinds: ['ConfigMap'],
  references: ['https://coredns.io/manual/configuration/', 'https://github.com/coredns/caddy/tree/master/caddyfile'],

  check(configMap, report) {
    for (const { corefile, node } of corefilesIn(configMap)) {
      const fault = faultOf(corefile);
      if (fault !== undefined) report({ in: node, range: fault.range }, fault.message, { severity: fault.severity });
    }
  },

  checkText(text, report) {
    const fault = faultOf(corefileOf(text));
    if (fault !== undefined) report({ in: text, range: fault.range }, fault.message, { severity: fault.severity });
  },
});
