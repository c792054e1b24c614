import { runsToCompletion, type Workload, workloadKinds } from '../../../kube/pods/workload';
import { type Pooler, pgbouncerRunBy } from '../../../kube/pooling/pooler';
import { type PgbouncerFile, pgbouncerFileOf } from '../../../kube/pooling/pooler-ini';
import { containersBehind } from '../../../kube/services/probe';
import { type Service, servicePortsOf } from '../../../kube/services/service';
import type { Objects } from '../../../kube/view';
import { serviceKinds, servicesOf } from '../../../network/calls/services';

/** Kinds that tell how a PgBouncer is run. */
export const pgbouncerKinds = ['ConfigMap', ...serviceKinds] as const;

/** A workload that runs PgBouncer, what it is configured with, and who leads to it. */
export interface RunPgbouncer {
  readonly workload: Workload;
  readonly pooler: Pooler;
  readonly file: PgbouncerFile;
  readonly services: readonly Service[];
  /** Whether one of them leads to the pooler. A sidecar is for its own application, and lives and goes with it. */
  readonly isApart: boolean;
}

/** Every PgBouncer of a namespace. */
export function pgbouncersIn(namespace: Objects<(typeof pgbouncerKinds)[number]>): readonly RunPgbouncer[] {
  return namespace.of(...workloadKinds).flatMap((workload): RunPgbouncer[] => {
    if (runsToCompletion(workload)) return [];
    const pooler = pgbouncerRunBy(workload);
    if (pooler === undefined) return [];
    const mapsNamed = (name: string) => namespace.of('ConfigMap').filter(map => map.name.string === name);
    const services = servicesOf(namespace).servicesOf(workload);
    const isApart = services
      .flatMap(servicePortsOf)
      .some(port => containersBehind(port, workload).includes(pooler.container));
    return [{ workload, pooler, file: pgbouncerFileOf(pooler, workload, mapsNamed), services, isApart }];
  });
}
