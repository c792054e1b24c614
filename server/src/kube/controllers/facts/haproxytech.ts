import { keysIn, Vocabulary } from './annotation-table';
import { onAnnotation, onConfigMap } from './balance';
import type { ControllerFacts } from './controller';
import { rows } from './haproxytech-annotations';

/**
 * @source haproxytech/client-native:models/balance.go (read 2026-11-29 at 164f8ae)
 * @source haproxytech/kubernetes-ingress:documentation/doc.yaml (commit fc12067)
 */
const values = [
  'leastconn',
  'roundrobin',
  'static-rr',
  'first',
  'source',
  'uri',
  'url_param',
  'hdr',
  'random',
  'rdp-cookie',
  'hash',
];

/** The name up to a parenthesis, then options: `hdr(X-User)`, `uri len 3`. */
const accepts = (value: string) => values.includes(value.trim().split(/[ (]/, 1)[0] ?? '');

/** @source haproxytech/kubernetes-ingress:documentation/doc.yaml (commit fc12067) */
const sticky = ['cookie-persistence', 'cookie-persistence-no-dynamic'];

/** @source haproxytech/kubernetes-ingress:pkg/annotations/service/loadbalance.go (3.2) */
const described = {
  values,
  accepts,
  best: 'leastconn',
  roundRobin: ['roundrobin'],
  onUnknown: 'ignored',
  consequence: 'logs an error and keeps the method that it had, roundrobin by default',
} as const;

/**
 * HAProxy Technologies' haproxytech/kubernetes-ingress 3.2: pkg/annotations/service/loadbalance.go.
 *
 * @source haproxytech/kubernetes-ingress:documentation/doc.yaml (commit fc12067)
 * @source haproxytech/kubernetes-ingress:documentation/ingressclass.md (read 2026-11-29 at 35f2e5c)
 * @source haproxytech/kubernetes-ingress:pkg/utils/flags.go (read 2026-11-29 at 0491475)
 * @source haproxytech/kubernetes-ingress:deploy/haproxy-ingress.yaml (read 2026-11-29 at 06fc1b4)
 */
export const haproxytech: ControllerFacts = {
  id: 'haproxytech',
  title: 'the HAProxy Kubernetes Ingress Controller',
  specControllers: ['haproxy.org/ingress-controller', 'haproxy.org/ingress-controller/'],
  classNames: [],
  prefixes: ['haproxy.org/', 'haproxy.com/'],
  images: ['haproxytech/kubernetes-ingress', 'haproxytech/kubernetes-ingress-controller'],
  classFlags: ['ingress.class'],
  configMap: {
    flags: ['configmap'],
    names: ['haproxy-kubernetes-ingress', 'haproxy-configmap'],
    appNames: ['kubernetes-ingress'],
    chart: { name: 'kubernetes-ingress', path: ['controller', 'config'] },
  },
  vocabulary: {
    annotations: new Vocabulary(keysIn(rows, 'haproxy.org/', ['Ingress'])),
    settings: new Vocabulary(keysIn(rows, '', ['Ingress']).filter(({ on }) => on.includes('ConfigMap'))),
    onWrongValue: { severity: 'warning', consequence: 'logs an error and ignores it' },
  },
  balance: {
    default: 'roundrobin',
    isDefaultGood: false,
    isSettled: resource => sticky.some(key => resource.annotation(`haproxy.org/${key}`).exists),
    stickySettings: sticky,
    settings: [
      onAnnotation('haproxy.org/load-balance', ['Ingress', 'Service'], described),
      onConfigMap('load-balance', described),
    ],
  },
};
