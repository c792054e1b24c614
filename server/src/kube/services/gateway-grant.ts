import type { Node } from '../../yaml/node';
import type { Resource } from '../resource';
import type { Reference } from './gateway';

/** Who is let in by a ReferenceGrant. */
export interface GrantFrom {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

export interface GrantTo {
  readonly group: string;
  readonly kind: string;
  readonly name: string | undefined;
}

/** Whether a ReferenceGrant lets objects of that kind and namespace in, whatever they use. */
export function isFrom(grant: Resource, { group, kind, namespace }: GrantFrom): boolean {
  const sources = grant.at('spec', 'from').items();
  return sources.some(
    item =>
      item.at('group').string === group && item.at('kind').string === kind && item.at('namespace').string === namespace,
  );
}

/** Whether a ReferenceGrant opens what is named: an entry without name opens all of the kind. */
export function isTo(grant: Resource, { group, kind, name }: Reference): boolean {
  const targets = grant.at('spec', 'to').items();
  return targets.some(
    item =>
      (item.at('group').string ?? '') === group &&
      item.at('kind').string === kind &&
      (item.at('name').isEmpty || item.at('name').text === name.text),
  );
}

/** Whether a list of sources or targets holds this one, and nothing that is or opens more. */
export function isAlone(list: Node, one: GrantFrom | GrantTo): boolean {
  const items = list.items();
  return (
    items.length > 0 &&
    items.every(item => Object.entries(one).every(([key, value]) => (item.at(key).text ?? '') === value))
  );
}
