import { corefilesIn } from '../../kube/corefile';
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
      // What follows the first fault is often a consequence of it.
      const { problems } = corefile;
      const problem = problems.find(({ severity }) => severity === 'error') ?? problems[0];
      if (problem === undefined) continue;
      report({ in: node, range: problem.range }, problem.message, { severity: problem.severity });
    }
  },
});
