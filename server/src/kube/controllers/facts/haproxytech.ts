import { keysIn, Vocabulary } from './annotation-table';
import { onAnnotation, onConfigMap } from './balance';
import type { ControllerFacts } from './controller';
import { rows } from './haproxytech-annotations';

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

const sticky = ['cookie-persistence', 'cookie-persistence-no-dynamic'];

const described = {
  values,
  accepts,
  best: 'leastconn',
  roundRobin: ['roundrobin'],
  onUnknown: 'ignored',
  consequence: 'it logs an error and keeps the method that it had, roundrobin by default',
} as const;

/** HAProxy Technologies' haproxytech/kubernetes-ingress 3.2: pkg/annotations/service/loadbalance.go. */
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
    onWrongValue: { severity: 'warning', consequence: 'logs an error and goes on without it' },
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
