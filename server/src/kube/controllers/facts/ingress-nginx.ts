import { keysIn, Vocabulary } from './annotation-table';
import { onAnnotation, onConfigMap } from './balance';
import type { ControllerFacts } from './controller';
import { annotationRows } from './ingress-nginx-annotations';
import { settingRows } from './ingress-nginx-settings';

const prefix = 'nginx.ingress.kubernetes.io/';

const notes = { least_conn: 'removed it in 0.21 (2018)' };

/**
 * kubernetes/ingress-nginx as of its last releases, v1.15.1 and v1.14.5 (March 2026).
 *
 * @source kubernetes/ingress-nginx:internal/ingress/annotations/loadbalancing/main.go (1.15.1)
 * @source kubernetes/ingress-nginx:rootfs/etc/nginx/lua/balancer.lua (read 2026-11-22)
 * @source kubernetes/ingress-nginx:charts/ingress-nginx/values.yaml (4.15.1)
 * @source kubernetes/ingress-nginx:cmd/plugin/lints/ingress.go (read 2026-11-29 at 2a614a1)
 * @source kubernetes/ingress-nginx:Changelog.md (0.21.0, 0.24.0, 0.27.0, 0.29.0)
 * @source kubernetes/ingress-nginx:changelog/controller-1.10.0.md (1.10.0)
 * @source kubernetes/ingress-nginx:changelog/controller-1.12.0.md (1.12.0)
 * @source kubernetes/ingress-nginx:deploy/configmap.yaml (read 2026-11-29 at 0aeed7f)
 * @source kubernetes-sigs/kubespray:roles/kubernetes-apps/ingress_controller/ingress_nginx/templates (read 2026-11-29)
 * @source kubernetes/minikube:deploy/addons/ingress/ingress-configmap.yaml (read 2026-11-29 at 1346d99)
 * @source canonical/microk8s-core-addons:addons/ingress/ingress.yaml (read 2026-11-29 at 577684e)
 */
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
    chart: { name: 'ingress-nginx', path: ['controller', 'config'] },
  },
  vocabulary: {
    annotations: new Vocabulary(keysIn(annotationRows, prefix, ['Ingress'])),
    settings: new Vocabulary(keysIn(settingRows, '', ['ConfigMap'])),
    removed: {
      'secure-backends': "backend-protocol: 'HTTPS'",
      'grpc-backend': "backend-protocol: 'GRPC'",
      'mirror-uri': 'mirror-target',
      'add-base-url': '',
      'base-url-scheme': '',
      'session-cookie-hash': '',
      'upstream-max-fails': '',
      'upstream-fail-timeout': '',
      'secure-verify-ca-secret': 'proxy-ssl-secret',
      'enable-influxdb': '',
      'influxdb-measurement': '',
      'influxdb-port': '',
      'influxdb-host': '',
      'influxdb-server-name': '',
      'enable-opentracing': 'enable-opentelemetry',
      'opentracing-trust-incoming-span': 'opentelemetry-trust-incoming-span',
      'global-rate-limit': '',
      'global-rate-limit-window': '',
      'global-rate-limit-key': '',
      'global-rate-limit-ignored-cidrs': '',
      'lua-resty-waf': 'enable-modsecurity',
    },
    onWrongValue: {
      severity: 'warning',
      consequence: 'ignores the annotation or, since 1.12, rejects the Ingress',
    },
  },
  balance: {
    default: 'round_robin',
    since: '0.21',
    isDefaultGood: false,
    isSettled: resource =>
      ['affinity', 'upstream-hash-by'].some(key => Boolean(resource.annotation(prefix + key).string?.trim())),
    stickySettings: ['upstream-hash-by'],
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
          'since 1.12 rejects the Ingress or does not serve it at all; older releases fall back to round_robin',
        notes,
      }),
      onConfigMap('load-balance', {
        values: ['ewma', 'round_robin'],
        best: 'ewma',
        prefers: 'the pods that have been answering fastest',
        roundRobin: ['round_robin'],
        onUnknown: 'ignored',
        consequence: 'falls back to round_robin',
        notes,
      }),
    ],
  },
};
