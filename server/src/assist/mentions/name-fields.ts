import { type Field, stepsOf } from '../../deploy/field';
import { references } from '../../deploy/reference-fields';
import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';

/** A field in which objects of a kind name one of another kind. */
export interface NameField {
  readonly path: readonly string[];
  /** The kind of what is named; with its group where it is none of Kubernetes' own. */
  readonly names: string;
}

/**
 * Fields that kustomize doesn't follow of itself; lists on the way are gone through.
 *
 * @source https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.35/ (CronJob, Pod, Endpoints)
 * @source kubernetes-sigs/gateway-api:apis/v1/gateway_types.go (read 2026-11-29 at 00068f3)
 * @source kubernetes/autoscaler:vertical-pod-autoscaler/pkg/apis/autoscaling.k8s.io/v1/types.go (read 2026-11-29)
 * @source kedacore/keda:apis/keda/v1alpha1/scaledobject_types.go (read 2026-11-29)
 * @source traefik/traefik:pkg/provider/kubernetes/crd/fixtures (fd5a576)
 * @source projectcontour/contour:examples/example-workload/httpproxy (31c4bb3)
 */
const others: Readonly<Record<string, readonly (readonly [path: string, names: string])[]>> = {
  Gateway: [['spec/gatewayClassName', 'GatewayClass'], ['spec/listeners/tls/certificateRefs/name', 'Secret']],
  ReferenceGrant: [['spec/to/name', 'Service'], ['spec/to/name', 'Secret']],
  BackendTLSPolicy: [['spec/targetRefs/name', 'Service']],
  HorizontalPodAutoscaler: [['spec/scaleTargetRef/name', 'Rollout.argoproj.io']],
  VerticalPodAutoscaler: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'CronJob', 'Rollout.argoproj.io'].map(kind => ['spec/targetRef/name', kind]),
  ScaledObject: [['spec/scaleTargetRef/name', 'Deployment'], ['spec/scaleTargetRef/name', 'StatefulSet']],
  IngressRoute: [['spec/routes/middlewares/name', 'Middleware.traefik.io'], ['spec/tls/secretName', 'Secret']],
  HTTPProxy: [['spec/includes/name', 'HTTPProxy.projectcontour.io'], ['spec/virtualhost/tls/secretName', 'Secret']],
}; // biome-ignore format: a table

/** The fields of a kind that hold names of others. */
export function nameFieldsOf(kindName: string): readonly NameField[] {
  return fieldsByKind(references).get(kindName) ?? [];
}

const fieldsByKind = memo((known: typeof references): ReadonlyMap<string, readonly NameField[]> => {
  const byKind = new Map<string, NameField[]>();
  const put = (kindName: string, field: NameField) => byKind.set(kindName, [...(byKind.get(kindName) ?? []), field]);
  for (const { kind: names, fields } of known) {
    for (const field of fields) if (field.kind !== undefined) put(field.kind, { path: pathOf(field), names });
  }
  for (const [kindName, fields] of Object.entries(others)) {
    for (const [path, names] of fields) put(kindName, { path: path.split('/'), names });
  }
  return byKind;
});

/** Names of roles stand in `resourceNames` beside those of anything else: what they are of is said elsewhere. */
const pathOf = (field: Field): readonly string[] => (field.path.endsWith('resourceNames') ? [] : stepsOf(field));

/** What a path leads to, through all items of the lists on its way. */
export function nodesAlong(node: Node, [step, ...rest]: readonly string[]): readonly Node[] {
  if (node.isSequence) return node.items().flatMap(item => nodesAlong(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return node.exists ? [node] : [];
  const next = node.at(step);
  return next.isEmpty ? [] : nodesAlong(next, rest);
}
