import { pgbouncerInisIn } from '../../kube/pooling/pooler-ini';
import { fix } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'pooling/unset-listen-addr',
  title: 'PgBouncer has a listen_addr and listens on the network',
  severity: 'error',
  per: 'resource',
  kinds: ['ConfigMap'],
  references: ['https://www.pgbouncer.org/config.html#listen_addr'],

  check(configMap, report) {
    for (const { settings, header, isOpen, node } of pgbouncerInisIn(configMap)) {
      // Whoever says where the socket goes means to share it within the pod.
      if (isOpen || settings.has('listen_addr') || settings.has('unix_socket_dir')) continue;
      report(
        header,
        {
          what: `'${node.key}' sets no listen_addr`,
          why: 'PgBouncer then listens on a Unix socket only, and nobody outside of its container can connect.',
          how: "Set 'listen_addr = *' in the section [pgbouncer].",
        },
        {
          fixes: [
            fix('Listen on all addresses (listen_addr = *)', edits =>
              edits.replace(header, '[pgbouncer]\nlisten_addr = *'),
            ),
          ],
        },
      );
    }
  },
});
