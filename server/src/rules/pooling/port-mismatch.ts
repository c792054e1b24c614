import { containerPortsOf } from '../../kube/pods/workload';
import { listenPortOf } from '../../kube/pooling/pooler-ini';
import { nameOf } from '../../kube/resource';
import { servicePortsOf } from '../../kube/services/service';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';
import { pgbouncerKinds, pgbouncersIn, type RunPgbouncer } from './shared/pgbouncers';

export default defineRule({
  id: 'pooling/port-mismatch',
  title: 'Services and probes use the port that PgBouncer listens on',
  severity: 'error',
  per: 'namespace',
  kinds: pgbouncerKinds,
  references: ['https://github.com/edoburu/docker-pgbouncer', 'https://www.pgbouncer.org/config.html#listen_port'],

  check(namespace, report) {
    const told = new Set<Node>();
    for (const run of pgbouncersIn(namespace)) {
      const listens = listenPortOf(run.pooler, run.file);
      if (listens === undefined) continue;
      for (const { node, field, port, who } of usesOf(run)) {
        if (port === listens || told.has(node)) continue;
        told.add(node);
        report(
          node,
          {
            what: `${who} port ${port}, but PgBouncer listens on ${listens}`,
            why: `Connections to port ${port} are refused: PgBouncer of '${nameOf(run.workload)}' listens on ${listens}, ${reasonFor(run)}.`,
            how: `Use port ${listens}.`,
          },
          { fixes: [set(`Use port ${listens}`, field, listens)] },
        );
      }
    }
  },
});

function reasonFor({ pooler, file }: RunPgbouncer): string {
  if (typeof file === 'object') {
    return file.settings.has('listen_port') ? "set by 'listen_port' in its file" : "the default without 'listen_port'";
  }
  const name = pooler.maker === 'edoburu' ? 'LISTEN_PORT' : 'PGBOUNCER_PORT';
  const isSet = pooler.container
    .at('env')
    .items()
    .some(item => item.at('name').string === name);
  return isSet ? `set by ${name}` : `the default of image '${pooler.image.path}'`;
}

interface Use {
  readonly node: Node;
  /** What to set: callers keep the port they know. */
  readonly field: Node;
  readonly port: number;
  readonly who: string;
}

/** Where a port of the container is named by its number, once each: a name leads to the number that is declared. */
function usesOf({ workload, pooler, services }: RunPgbouncer): readonly Use[] {
  const { container } = pooler;
  const declared = containerPortsOf(workload);
  const others = new Set(declared.filter(port => port.container !== container).map(({ number }) => number));
  const isAlone = workload.at('spec', 'template', 'spec', 'containers').items().length === 1;
  const targets = services.flatMap(service =>
    servicePortsOf(service).flatMap((port): Use[] => {
      const who = `Service '${nameOf(service)}' sends to`;
      if (typeof port.target === 'number') {
        const isMeant = isAlone || declared.some(({ number }) => number === port.target);
        const field = port.node.at('targetPort');
        const node = field.exists ? field : port.node.at('port');
        return isMeant && !others.has(port.target) ? [{ node, field, port: port.target, who }] : [];
      }
      const named = declared.find(one => one.container === container && one.name === port.target);
      const node = named?.node.at('containerPort');
      return named && node ? [{ node, field: node, port: named.number, who }] : [];
    }),
  );
  const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((name): Use[] => {
    const node = container.at(name, 'tcpSocket', 'port');
    return node.number === undefined ? [] : [{ node, field: node, port: node.number, who: `'${name}' uses` }];
  });
  const seen = new Set<Node>();
  return [...targets, ...probes].filter(({ node }) => !seen.has(node) && seen.add(node));
}
