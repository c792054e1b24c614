import { variableOf } from '../../kube/pooling/pooler';
import { nameOf } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { pgbouncerKinds, pgbouncersIn, type RunPgbouncer } from './shared/pgbouncers';

const wanted = 1000;

export default defineRule({
  id: 'pooling/default-client-limit',
  title: 'PgBouncer accepts more clients than its default of 100',
  severity: 'info',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://www.pgbouncer.org/config.html#max_client_conn'],

  check(namespace, report) {
    for (const run of pgbouncersIn(namespace)) {
      const { pooler, file, workload } = run;
      if (file === 'hidden' || (file === 'none' && !isReadable(run))) continue;
      if (typeof file === 'object' && (file.isOpen || file.settings.has('max_client_conn'))) continue;
      // A file is named by its key: several workloads may mount it.
      const whose = typeof file === 'object' ? `with '${file.node.key}'` : `of '${nameOf(workload)}'`;
      report(
        typeof file === 'object' ? file.header : pooler.container.at('name'),
        {
          what: `PgBouncer ${whose} accepts only 100 clients per pod`,
          why: "'max_client_conn' is not set, and its default is 100: further clients are refused.",
          how: "Set 'max_client_conn' to more than the number of clients, such as 1000.",
        },
        { fixes: [fixFor(run)] },
      );
    }
  },
});

/** Whether all variables that may set it can be seen. */
function isReadable({ pooler: { maker, container } }: RunPgbouncer): boolean {
  const name = variableName(maker);
  return name !== undefined && variableOf(container, name) === undefined && container.at('envFrom').isEmpty;
}

function variableName(maker: RunPgbouncer['pooler']['maker']): string | undefined {
  return maker === 'edoburu' ? 'MAX_CLIENT_CONN' : maker === 'bitnami' ? 'PGBOUNCER_MAX_CLIENT_CONN' : undefined;
}

function fixFor({ pooler: { container, maker }, file }: RunPgbouncer): Fix {
  const edit: Fix['edit'] =
    typeof file === 'object'
      ? edits => edits.replace(file.header, `[pgbouncer]\nmax_client_conn = ${wanted}`)
      : edits => {
          const env = container.at('env');
          edits.set(env.at(env.items().length), { name: variableName(maker), value: String(wanted) });
        };
  return fix(`Take ${wanted} clients`, edit);
}
