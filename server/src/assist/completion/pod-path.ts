import { isWorkload } from '../../kube/pods/workload';
import type { Site } from './site';

/** The path of a site as it counts from the spec of the pods that its object makes; undefined outside of one. */
export function podPathOf({ object, path }: Site): readonly (string | number)[] | undefined {
  if (object === undefined || !isWorkload(object)) return undefined;
  const spec = [...templatePathOf(object.kind), 'spec'];
  return startsWith(path, spec) ? path.slice(spec.length) : undefined;
}

/** Whether a site stands in a map of the metadata of an object, or of the pods that it makes. */
export function metadataOf({ object, path }: Site, map: 'annotations' | 'labels'): 'object' | 'pods' | undefined {
  if (object === undefined || path.at(-1) !== map || path.at(-2) !== 'metadata') return undefined;
  const isPods = isWorkload(object) && startsWith(path, [...templatePathOf(object.kind), 'metadata']);
  if (isPods && path.length === templatePathOf(object.kind).length + 2) return 'pods';
  return path.length === 2 ? 'object' : undefined;
}

function templatePathOf(kind: string): readonly string[] {
  if (kind === 'Pod') return [];
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
}

function startsWith(path: readonly (string | number)[], start: readonly string[]): boolean {
  return start.every((step, i) => path[i] === step);
}
