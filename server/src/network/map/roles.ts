import { databasesRunBy } from '../../kube/pooling/database';
import { poolersRunBy } from '../../kube/pooling/pooler';
import { servesDns } from '../answers/dns-reach';
import type { Cell } from '../answers/end-table';
import { controllersOf } from '../answers/entries';
import type { Network } from '../policies/network';

export type Role = 'workload' | 'database' | 'pooler' | 'dns' | 'controller';

/** What pods are for, by what they run. */
export function roleOf({ pods }: Cell, network: Network): Role {
  const workloads = pods.map(({ workload }) => workload);
  if (workloads.some(workload => databasesRunBy(workload).length > 0)) return 'database';
  if (workloads.some(workload => poolersRunBy(workload).length > 0)) return 'pooler';
  if (workloads.some(servesDns)) return 'dns';
  return pods.some(pod => controllersOf(network).includes(pod)) ? 'controller' : 'workload';
}
