import type { ControllerFacts } from '../controller';
import { onAnnotation, onConfigMap } from './balance';

const prefix = 'nginx.ingress.kubernetes.io/';

const notes = { least_conn: "'least_conn' went with 0.21 in 2018, and 'ewma' is what comes nearest to it" };

/** kubernetes/ingress-nginx as of its last releases, v1.15.1 and v1.14.5 (March 2026). */
export const ingressNginx: ControllerFacts = {
  id: 'ingress-nginx',
  title: 'the retired ingress-nginx controller',
  specControllers: ['k8s.io/ingress-nginx'],
  classNames: [],
  prefixes: [prefix],
  images: [
    'ingress-nginx/controller',
    'ingress-nginx/controller-chroot',
    'nginx-ingress-controller',
    'nginx-ingress-controller-amd64',
  ],
  classFlags: ['ingress-class', 'controller-class'],
  configMap: {
    flags: ['configmap'],
    names: [
      'ingress-nginx-controller',
      'nginx-configuration',
      'ingress-nginx',
      'nginx-ingress-controller',
      'nginx-load-balancer-conf',
      'nginx-load-balancer-microk8s-conf',
    ],
    appNames: ['ingress-nginx'],
  },
  balance: {
    default: 'round_robin',
    isDefaultGood: false,
    isSticky: resource =>
      [
        resource.annotation(`${prefix}affinity`),
        resource.annotation(`${prefix}upstream-hash-by`),
        resource.at('data', 'upstream-hash-by'),
      ].some(node => Boolean(node.string?.trim())),
    settings: [
      // internal/ingress/annotations/loadbalancing: trimmed, case matters. The chash and sticky ones are what
      // upstream-hash-by and affinity pick: accepted, but nothing to propose.
      onAnnotation(`${prefix}load-balance`, ['Ingress'], {
        values: ['ewma', 'round_robin'],
        accepts: value =>
          /^(?:ewma|round_robin|chash|chashsubset|sticky_balanced|sticky_persistent)$/.test(value.trim()),
        best: 'ewma',
        prefers: 'the pods that have been answering fastest',
        roundRobin: ['round_robin'],
        onUnknown: 'rejected',
        consequence:
          'since 1.12 it rejects the Ingress or does not serve it at all; older releases went on with round_robin',
        notes,
      }),
      onConfigMap('load-balance', {
        values: ['ewma', 'round_robin'],
        best: 'ewma',
        prefers: 'the pods that have been answering fastest',
        roundRobin: ['round_robin'],
        onUnknown: 'ignored',
        consequence: 'it goes on with round_robin',
        notes,
      }),
    ],
  },
};
