import { keysIn, Vocabulary } from './annotation-table';
import { onAnnotation, onConfigMap, onField } from './balance';
import type { ControllerFacts } from './controller';
import { annotationRows, settingRows } from './f5-nginx-annotations';

/** @source nginx/kubernetes-ingress:internal/configs/parsing_helpers.go (5.5.4) */
const values = [
  'least_conn',
  'random two least_conn',
  'round_robin',
  'ip_hash',
  'random',
  'random two',
  'hash $request_uri consistent',
];

/**
 * Only NGINX Plus can do these; whether it is Plus that runs is mostly not written down.
 *
 * @source nginx/kubernetes-ingress:internal/configs/parsing_helpers.go (5.5.4)
 */
const plusValues = [
  'random two least_time=header',
  'random two least_time=last_byte',
  'least_time header',
  'least_time last_byte',
  'least_time header inflight',
  'least_time last_byte inflight',
];

const accepts = (value: string) =>
  [...values, ...plusValues].includes(value) || /^hash \S+(?: consistent)?$/.test(value);

const needsPlus = (value: string) => plusValues.includes(value);

/**
 * F5 NGINX Ingress Controller (nginx/kubernetes-ingress) 5.5: internal/configs/parsing_helpers.go.
 *
 * @source nginx/kubernetes-ingress:internal/configs/parsing_helpers.go (5.5.4)
 * @source nginx/kubernetes-ingress:internal/configs/config_params.go (5.5.4)
 * @source nginx/kubernetes-ingress:internal/k8s/validation.go (5.5.4)
 * @source nginx/kubernetes-ingress:cmd/nginx-ingress/flags.go (read 2026-11-29 at 0a9f037)
 * @source nginx/kubernetes-ingress:charts/nginx-ingress/values.yaml (0eb3072, 2026-08-21)
 * @source nginx/kubernetes-ingress:charts/nginx-ingress/values-plus.yaml (2026-lts-r7)
 */
export const f5Nginx: ControllerFacts = {
  id: 'f5-nginx',
  title: 'the F5 NGINX Ingress Controller',
  specControllers: ['nginx.org/ingress-controller'],
  classNames: [],
  prefixes: ['nginx.org/', 'nginx.com/', 'appprotect.f5.com/', 'appprotectdos.f5.com/'],
  images: ['nginx/nginx-ingress', 'nginxinc/nginx-ingress', 'nginx-ic/nginx-plus-ingress', 'nginx-plus-ingress'],
  classFlags: ['ingress-class'],
  configMap: {
    flags: ['nginx-configmaps'],
    names: ['nginx-config'],
    appNames: ['nginx-ingress'],
    chart: { name: 'nginx-ingress', path: ['controller', 'config', 'entries'] },
  },
  vocabulary: {
    annotations: new Vocabulary(keysIn(annotationRows, '', ['Ingress'])),
    settings: new Vocabulary(keysIn(settingRows, '', ['ConfigMap'])),
    onWrongValue: { severity: 'error', consequence: 'rejects the Ingress' },
  },
  balance: {
    default: 'random two least_conn',
    isDefaultGood: true,
    settings: [
      onAnnotation('nginx.org/lb-method', ['Ingress'], {
        values,
        accepts,
        needsPlus,
        best: 'least_conn',
        roundRobin: ['round_robin'],
        onUnknown: 'rejected',
        consequence: 'rejects the Ingress',
      }),
      onConfigMap('lb-method', {
        values,
        accepts,
        needsPlus,
        best: 'least_conn',
        roundRobin: ['round_robin'],
        onUnknown: 'ignored',
        consequence: "logs an error and keeps 'random two least_conn'",
      }),
      onField(
        'lb-method',
        ['VirtualServer.k8s.nginx.org', 'VirtualServerRoute.k8s.nginx.org'],
        resource =>
          resource
            .at('spec', 'upstreams')
            .items()
            .map(upstream => upstream.at('lb-method')),
        {
          values,
          accepts,
          needsPlus,
          best: 'least_conn',
          roundRobin: ['round_robin'],
          onUnknown: 'rejected',
          consequence: 'rejects the object',
        },
      ),
    ],
  },
};
