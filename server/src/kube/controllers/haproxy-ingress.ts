import type { ControllerFacts } from '../controller';
import { onAnnotation, onConfigMap } from './balance';

const values = [
  'leastconn',
  'random(2)',
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

const accepts = (value: string) =>
  [
    'leastconn',
    'random',
    'roundrobin',
    'static-rr',
    'first',
    'source',
    'uri',
    'url_param',
    'hdr',
    'rdp-cookie',
    'hash',
  ].includes(value.trim().split(/[ (]/, 1)[0] ?? '');

const described = {
  values,
  accepts,
  best: 'leastconn',
  roundRobin: ['roundrobin'],
  onUnknown: 'rejected',
  consequence: 'HAProxy refuses the whole new configuration, and goes on with the old one',
} as const;

/** haproxy-ingress by jcmoraisjr, 0.16: the value goes into HAProxy's configuration as it is. */
export const haproxyIngress: ControllerFacts = {
  id: 'haproxy-ingress',
  title: 'the haproxy-ingress controller',
  specControllers: ['haproxy-ingress.github.io/controller', 'haproxy-ingress.github.io/controller/'],
  classNames: [],
  prefixes: ['haproxy-ingress.github.io/'],
  images: ['jcmoraisjr/haproxy-ingress', 'haproxy-ingress'],
  classFlags: ['ingress-class', 'controller-class'],
  configMap: { flags: ['configmap'], names: ['haproxy-ingress'], appNames: ['haproxy-ingress'] },
  balance: {
    default: 'random(2)',
    isDefaultGood: true,
    before: { version: '0.16', default: 'roundrobin' },
    isSticky: resource =>
      resource.annotation('haproxy-ingress.github.io/affinity').exists || resource.at('data', 'affinity').exists,
    settings: [
      onAnnotation('haproxy-ingress.github.io/balance-algorithm', ['Ingress', 'Service'], described),
      onConfigMap('balance-algorithm', described),
    ],
  },
};
