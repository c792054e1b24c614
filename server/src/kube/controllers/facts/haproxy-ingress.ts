import { type KeyFacts, keysIn, Vocabulary } from './annotation-table';
import { onAnnotation, onConfigMap } from './balance';
import type { ControllerFacts } from './controller';
import { rows } from './haproxy-ingress-annotations';

/**
 * @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/keys.md (0.16)
 * @source haproxytech/client-native:models/balance.go (read 2026-11-29 at 164f8ae)
 */
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

/** @source haproxytech/client-native:models/balance.go (read 2026-11-29 at 164f8ae) */
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

/** @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/keys.md (0.16) */
const described = {
  values,
  accepts,
  best: 'leastconn',
  roundRobin: ['roundrobin'],
  onUnknown: 'rejected',
  consequence: 'HAProxy rejects the whole new configuration and keeps the old one',
} as const;

/** What concerns everything is read from the ConfigMap only. */
const keys = (prefix: string) =>
  keysIn(rows, prefix, ['Ingress', 'Service', 'ConfigMap']).map(
    (facts): KeyFacts => (facts.marks.includes('global') ? { ...facts, on: ['ConfigMap'] } : facts),
  );

/**
 * haproxy-ingress by jcmoraisjr, 0.16: the value goes into HAProxy's configuration as it is.
 *
 * @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/keys.md (0.16)
 * @source jcmoraisjr/haproxy-ingress:docs/content/en/docs/configuration/command-line.md (0.16)
 * @source haproxy-ingress/charts:haproxy-ingress/values.yaml (0.14.12)
 */
export const haproxyIngress: ControllerFacts = {
  id: 'haproxy-ingress',
  title: 'the haproxy-ingress controller',
  specControllers: ['haproxy-ingress.github.io/controller', 'haproxy-ingress.github.io/controller/'],
  classNames: [],
  prefixes: ['haproxy-ingress.github.io/'],
  images: ['jcmoraisjr/haproxy-ingress', 'haproxy-ingress'],
  classFlags: ['ingress-class', 'controller-class'],
  configMap: {
    flags: ['configmap'],
    names: ['haproxy-ingress'],
    appNames: ['haproxy-ingress'],
    chart: { name: 'haproxy-ingress', path: ['controller', 'config'] },
  },
  vocabulary: {
    annotations: new Vocabulary(keys('haproxy-ingress.github.io/')),
    settings: new Vocabulary(keys('')),
    onWrongValue: { severity: 'warning', consequence: 'logs a warning and keeps its default' },
  },
  balance: {
    default: 'random(2)',
    isDefaultGood: true,
    before: { version: '0.16', default: 'roundrobin' },
    isSettled: resource => resource.annotation('haproxy-ingress.github.io/affinity').exists,
    stickySettings: ['affinity'],
    settings: [
      onAnnotation('haproxy-ingress.github.io/balance-algorithm', ['Ingress', 'Service'], described),
      onConfigMap('balance-algorithm', described),
    ],
  },
};
