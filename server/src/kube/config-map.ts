import { memo } from '../text/maps';
import type { Node } from '../yaml/node';
import type { Resource } from './resource';

export type ConfigMap = Resource<'ConfigMap'>;

/** The values of a ConfigMap that are text, each under its key. */
export const textEntriesOf = memo((configMap: Resource): readonly Node[] =>
  configMap
    .at('data')
    .entries()
    .filter(entry => entry.string !== undefined),
);

/** The text under one key; undefined where there is none. */
export function textOf(configMap: Resource, key: string): Node | undefined {
  const entry = configMap.at('data', key);
  return entry.string === undefined ? undefined : entry;
}
