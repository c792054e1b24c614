import type { Kind } from '../../kube/kinds';
import { type Labels, labelsOf } from '../../kube/labels';
import { jobNameLabel, podLabelsOf, podTemplateOf, type Workload } from '../../kube/pods/workload';
import type { Service } from '../../kube/services/service';
import type { Objects } from '../../kube/view';
import { slipOf } from '../../text/distance';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import type { Services } from '../calls/services';

/** Kinds of others that hold a pod template: Argo Rollouts, OpenShift DeploymentConfigs, KubeVirt machines and the like. */
export const templateKinds = ['Unlisted', 'Rollout.argoproj.io'] as const satisfies readonly Kind[];

/** The labels of all pod templates in a namespace that no workload of Kubernetes itself holds. */
export function templateLabelsIn(home: Objects<(typeof templateKinds)[number]>): Labels[] {
  return home.of(...templateKinds).flatMap(resource => {
    const labels = labelsOf(resource.at('spec', 'template', 'metadata', 'labels'));
    return labels.size > 0 ? [labels] : [];
  });
}

/** One label of a selector. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly node: Node;
}

/**
 * Labels that programs put on their pods while they run: who leads, who is unsealed.
 *
 * @source https://developer.hashicorp.com/vault/docs/configuration/service-registration/kubernetes (read 2026-11-29)
 * @source patroni/patroni:docs/ENVIRONMENT.rst (role, 00cc627, read 2026-11-29)
 * @source zalando/postgres-operator:manifests/configmap.yaml (spilo-role, 01dddc6, read 2026-11-29)
 * @source OT-CONTAINER-KIT/redis-operator:internal/controller/common/constants.go (redis-role, 2026-11-29)
 * @own leader and master, as examples of leader election call such labels
 */
const runtimeKeys = new Set([
  'role',
  'spilo-role',
  'redis-role',
  'leader',
  'master',
  'vault-active',
  'vault-initialized',
  'vault-sealed',
]);

/**
 * Whether a label is put on pods by somebody else than the author of manifests: a key of a controller (with its domain),
 * or one that is set at run time, that no pod template here has.
 */
export function isForeignKey(key: string, keys: ReadonlySet<string>): boolean {
  if (keys.has(key) || key.startsWith('app.kubernetes.io/')) return false;
  return key.includes('/') || runtimeKeys.has(key) || key === 'job-name' || key === 'pod-template-hash';
}

/** Pods that a selector missed by little. */
export interface NearMiss {
  readonly workload: Workload;
  /** The label that is wrong, where it is one; else only the names say that these pods are meant. */
  readonly pair: Pair | undefined;
  /** The value that the pods have under that key. */
  readonly value: string | undefined;
}

/** The pods that a selector without a match probably means. Looks at five hundred workloads at most. */
export function nearMissOf(pairs: readonly Pair[], name: string, all: readonly Workload[]): NearMiss | undefined {
  const workloads = all.slice(0, 500);
  for (const workload of workloads) {
    const labels = podLabelsOf(workload);
    const [pair, ...others] = pairs.filter(({ key, value }) => labels.get(key) !== value);
    const isNear = pair !== undefined && others.length === 0 && pairs.length > 1;
    if (isNear && isLikely(pair, labels, workload, name)) return { workload, pair, value: labels.get(pair.key) };
  }
  const [pair, ...others] = pairs;
  if (pair && others.length === 0) {
    const meant = slipOf(pair.value, new Set(workloads.flatMap(workload => podLabelsOf(workload).get(pair.key) ?? [])));
    const workload = workloads.find(one => meant !== undefined && podLabelsOf(one).get(pair.key) === meant);
    if (workload && meant !== undefined) return { workload, pair, value: meant };
  }
  const workload = workloads.find(one => one.name.text !== undefined && bareName(one.name.text) === bareName(name));
  if (workload === undefined || podLabelsOf(workload).size === 0) return undefined;
  const value = pair && others.length === 0 ? podLabelsOf(workload).get(pair.key) : undefined;
  return { workload, pair: value === undefined ? undefined : pair, value };
}

/** A label that many pods share says little; so the wrong one has to be a slip, or the names agree. */
function isLikely(pair: Pair, labels: Labels, workload: Workload, name: string): boolean {
  const value = labels.get(pair.key);
  if (value !== undefined && slipOf(pair.value, [value]) !== undefined) return true;
  return bareName(workload.name.text ?? '') === bareName(name);
}

/** @own endings that names of Services and Deployments add to that of the application */
export const bareName = (name: string) => name.replace(/-(?:svc|service|headless|deployment|deploy)$/, '');

/** The labels by which the pods of a workload are known: those of its selector, its template, or its controller. */
export const ownLabelsOf = memo((workload: Workload): Labels => {
  const own = labelsOf(workload.at('spec', 'selector', 'matchLabels'));
  if (own.size > 0) return own;
  const written = labelsOf(podLabelsNode(workload));
  if (written.size > 0) return written;
  const name = podLabelsOf(workload).get(jobNameLabel);
  return name === undefined ? written : new Map([[jobNameLabel, name]]);
});

export const podLabelsNode = memo((workload: Workload): Node => podTemplateOf(workload).at('metadata', 'labels'));

/**
 * The workloads behind a Service, fifty at most: more than a handful have the same labels only in generated manifests,
 * and there the first ones tell as much.
 */
export function workloadsBehind(services: Services, service: Service): readonly Workload[] {
  return services.workloadsOf(service).slice(0, 50);
}
