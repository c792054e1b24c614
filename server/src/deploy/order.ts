import type { EffectiveObject } from './object';
import { at, itemsOf, textAt, type Value } from './value';

/**
 * The order in which `kubectl kustomize` prints: what others need comes first, webhooks last.
 *
 * @source kubernetes-sigs/kustomize:api/internal/builtins/SortOrderTransformer.go (5.5.0)
 */
const first = [
  'Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy',
  'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service',
  'LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'CronJob',
  'PodDisruptionBudget',
]; // biome-ignore format: a table
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Objects as `sortOptions:` of a kustomization wants them. */
export function ordered(objects: readonly EffectiveObject[], sortOptions: Value | undefined): EffectiveObject[] {
  if (textAt(sortOptions, 'order') === 'fifo') return [...objects];
  const named = (field: string) =>
    itemsOf(at(sortOptions, 'legacySortOptions', field)).flatMap(item => textAt(item) ?? []);
  const [own, ownLast] = [named('orderFirst'), named('orderLast')];
  const hasOwn = own.length + ownLast.length > 0;
  const ranks = new Map((hasOwn ? own : first).map((kind, index) => [kind, index - 1000]));
  for (const [index, kind] of (hasOwn ? ownLast : last).entries()) ranks.set(kind, index + 1000);
  const keyOf = ({ id }: EffectiveObject) =>
    `${id.group || '~G'}_${id.version}_${id.kind}|${id.namespace || '~X'}|${id.name}`;
  return [...objects]
    .map(object => ({ object, rank: ranks.get(object.id.kind) ?? 0, key: keyOf(object) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ object }) => object);
}
