import { podSpecOf } from '../../kube/pods/workload';
import { type ConnectionLimit, databasesRunBy, limitInContainer, limitInText } from '../../kube/pooling/database';
import type { Database } from './endpoints';

/** `max_connections` of a database, where the manifests declare it: never a default. */
export function connectionLimitOf({ object, workloads, namespace }: Database): ConnectionLimit | undefined {
  if (!object.is('Service')) {
    const node = object.at('spec', 'postgresql', 'parameters', 'max_connections');
    return /^\d{1,6}$/.test(node.text ?? '') ? { value: Number(node.text), node } : undefined;
  }
  for (const workload of workloads) {
    for (const { container } of databasesRunBy(workload)) {
      const limit = limitInContainer(container);
      if (limit) return limit;
    }
    const mounted = new Set(
      podSpecOf(workload)
        .at('volumes')
        .items()
        .map(volume => volume.at('configMap', 'name').string),
    );
    for (const map of namespace.of('ConfigMap')) {
      if (!mounted.has(map.name.string)) continue;
      for (const entry of map.at('data').entries()) {
        const limit = /\.(?:conf|cnf)$/.test(String(entry.key)) ? limitInText(entry) : undefined;
        if (limit) return limit;
      }
    }
  }
  return undefined;
}
