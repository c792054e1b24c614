import { onField } from './balance';
import type { ControllerFacts } from './controller';

/**
 * GKE: a Gateway's policy chooses the method; its Ingress can't (BackendConfig has no such field).
 *
 * @source datreeio/CRDs-catalog:networking.gke.io/gcptrafficdistributionpolicy_v1.json (read 2026-11-29 at aadf945)
 * @source datreeio/CRDs-catalog:cloud.google.com/backendconfig_v1.json (read 2026-11-22)
 * @source kubernetes/ingress-gce:pkg/annotations/ingress.go (read 2026-11-29 at 0b7b3f1)
 * @source kubernetes/kubernetes:cluster/gce/manifests/glbc.manifest (glbc 1.1.1)
 */
export const gke: ControllerFacts = {
  id: 'gke',
  title: 'GKE',
  specControllers: [],
  classNames: ['gce', 'gce-internal'],
  prefixes: ['ingress.gcp.kubernetes.io/'],
  images: ['ingress-gce-glbc-amd64', 'ingress-gce-glbc'],
  classFlags: [],
  balance: {
    default: 'ROUND_ROBIN',
    isDefaultGood: false,
    openings: {
      on: ['GCPTrafficDistributionPolicy.networking.gke.io'],
      find: resource => {
        const policy = resource.at('spec', 'default');
        const node = policy.at('localityLbAlgorithm');
        return policy.at('sessionAffinity').exists || node.exists ? [] : [{ node, at: resource.name }];
      },
    },
    settings: [
      onField(
        'localityLbAlgorithm',
        ['GCPTrafficDistributionPolicy.networking.gke.io'],
        resource => [resource.at('spec', 'default', 'localityLbAlgorithm')],
        {
          values: [
            'LEAST_REQUEST',
            'ROUND_ROBIN',
            'RANDOM',
            'RING_HASH',
            'MAGLEV',
            'ORIGINAL_DESTINATION',
            'WEIGHTED_ROUND_ROBIN',
          ],
          best: 'LEAST_REQUEST',
          roundRobin: ['ROUND_ROBIN'],
          onUnknown: 'rejected',
          consequence: 'the API server rejects the object',
        },
      ),
    ],
  },
};
