import type { Node } from '../../../yaml/node';
import type { Kind } from '../../kinds';
import type { Resource } from '../../resource';
import type { BalanceKey, BalancePlace } from './controller';

type Described = Omit<BalanceKey, 'key' | 'on' | 'find' | 'accepts'> & {
  readonly accepts?: (value: string) => boolean;
};

/** A method that is the whole value of an annotation. */
export function onAnnotation(key: string, on: readonly Kind[], described: Described): BalanceKey {
  return { ...withAccepts(described), key, on, find: resource => written(resource.annotation(key)) };
}

/** A method that is the whole value of a key of the controller's ConfigMap. */
export function onConfigMap(key: string, described: Described): BalanceKey {
  return { ...withAccepts(described), key, on: ['ConfigMap'], find: () => [] };
}

/** A method that is a field of a custom resource. */
export function onField(
  key: string,
  on: readonly Kind[],
  fields: (resource: Resource) => readonly Node[],
  described: Described,
): BalanceKey {
  return { ...withAccepts(described), key, on, find: resource => fields(resource).flatMap(written) };
}

function withAccepts(described: Described): Described & Pick<BalanceKey, 'accepts'> {
  return { accepts: value => described.values.includes(value), ...described };
}

function written(node: Node): BalancePlace[] {
  const value = node.string;
  return value === undefined || value.trim() === '' ? [] : [{ node, value }];
}
