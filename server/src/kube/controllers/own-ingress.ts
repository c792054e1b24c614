import { memo } from '../../text/maps';
import { groupOf, type Kind } from '../kinds';
import { annotationKeysOf } from '../services/ingress';
import type { Cluster } from '../view';
import { controllerKinds } from './in-scope';

export const platformKinds = [
  ...controllerKinds,
  'Service',
  'Namespace',
  'BackendConfig.cloud.google.com',
  'GCPBackendPolicy.networking.gke.io',
  'GCPTrafficDistributionPolicy.networking.gke.io',
  'Route.route.openshift.io',
  'DNS.operator.openshift.io',
  'Unlisted',
] as const satisfies readonly Kind[];

/**
 * Whose objects and annotations show a platform that serves Ingresses without a class.
 *
 * @source https://cloud.google.com/kubernetes-engine/docs/concepts/ingress (controller behavior, read 2026-11-29)
 * @source openshift/route-controller-manager:pkg/route/ingress/ingress.go (ingressManaged, 0f46372)
 */
const platforms = ['cloud.google.com', 'networking.gke.io', 'openshift.io'];

const isOfPlatform = (group: string) => platforms.some(end => group === end || group.endsWith(`.${end}`));

/** Whether what is around shows GKE or OpenShift, which take Ingresses without a class. */
export const takesAnyIngress = memo(
  (view: Cluster<(typeof platformKinds)[number]>): boolean =>
    view
      .of(...platformKinds)
      .some(
        resource =>
          isOfPlatform(groupOf(resource.apiVersion)) ||
          annotationKeysOf(resource).some(key => isOfPlatform(groupOf(key))),
      ),
  view => view.of(...platformKinds),
);
