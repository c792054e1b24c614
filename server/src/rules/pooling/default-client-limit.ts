import { variableOf } from '../../kube/pooling/pooler';
import { nameOf } from '../../kube/resource';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { pgbouncerKinds, pgbouncersIn, type RunPgbouncer } from './shared/pgbouncers';

const wanted = 1000;

export default defineRule({
  id: 'pooling/default-client-limit',
  title: 'PgBouncer takes more clients than its default',
  severity: 'info',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://www.pgbouncer.org/config.html#max_client_conn'],

  check(namespace, report) {
    for (const run of pgbouncersIn(namespace)) {
      const { pooler, file, workload } = run;
      if (file === 'hidden' || (file === 'none' && !isReadable(run))) continue;
      if (typeof file === 'object' && (file.isOpen || file.settings.has('max_client_conn'))) continue;
      report(
        typeof file === 'object' ? file.header : pooler.container.at('name'),
        `PgBouncer of '${nameOf(workload)}' takes 100 clients in each pod, as long as max_client_conn says nothing else, and refuses the rest.`,
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
