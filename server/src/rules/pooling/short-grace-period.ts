import { podSpecOf } from '../../kube/pods/workload';
import { isAtLeast } from '../../kube/pooling/pooler';
import { nameOf } from '../../kube/resource';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { graceSeconds } from './shared/pgbouncer-file';
import { pgbouncerKinds, pgbouncersIn } from './shared/pgbouncers';

export default defineRule({
  id: 'pooling/short-grace-period',
  title: 'PgBouncer has time to wait for its clients when it stops',
  severity: 'info',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://www.pgbouncer.org/usage.html#signals'],

  check(namespace, report) {
    for (const { workload, pooler } of pgbouncersIn(namespace)) {
      const { version, container } = pooler;
      if (version === undefined || !isAtLeast(version, [1, 23]) || container.at('lifecycle', 'preStop').exists)
        continue;
      const field = podSpecOf(workload).at('terminationGracePeriodSeconds');
      const seconds = field.number ?? 30;
      if ((field.exists && field.number === undefined) || seconds > 30) continue;
      report(
        field.exists ? field : container.at('name'),
        {
          what: `PgBouncer of '${nameOf(workload)}' has ${field.exists ? 'only' : 'the default of'} ${seconds} s to stop`,
          why: 'From 1.23 on PgBouncer waits for all clients to leave. Those that are still connected then lose their connections.',
          how: `Set 'terminationGracePeriodSeconds' to ${graceSeconds} or more.`,
        },
        { fixes: [set(`Give it ${graceSeconds} s (terminationGracePeriodSeconds)`, field, graceSeconds)] },
      );
    }
  },
});
