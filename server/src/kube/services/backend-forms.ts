import type { Kind } from '../kinds';
import { controlledKinds, controlledPlaces } from './controlled-backends';
import { routeKinds } from './gateway';

/** How objects of some kinds name a Service, and a port of it. */
export interface BackendForm {
  readonly kinds: readonly Kind[];
  /** Whether a path is one of a mapping that names it: `spec.rules.*.backendRefs.*`. */
  readonly isAt: (path: string) => boolean;
  /** The field with the name. */
  readonly name: string;
  /** Where the port stands below that mapping; the first is written with a name that is chosen. */
  readonly ports: readonly PortField[];
  /** Whether the name is a host of Istio: short in the own namespace, in full elsewhere. */
  readonly isHost?: true;
}

export interface PortField {
  readonly path: readonly string[];
  readonly takes: 'number' | 'name' | 'either';
}

const port = (takes: PortField['takes'], ...path: readonly string[]): PortField => ({ path, takes });

/**
 * @source kubernetes/kubernetes:api/openapi-spec/swagger.json (1.36)
 * @source kubernetes-sigs/gateway-api:config/crd/standard (v1.6.1)
 * @source https://istio.io/latest/docs/reference/config/networking/virtual-service/ (1.30)
 */
const forms: readonly BackendForm[] = [
  {
    kinds: ['Ingress'],
    isAt: path => /(?:^|\.)(?:backend|defaultBackend)\.service$/.test(path),
    name: 'name',
    ports: [port('number', 'port', 'number'), port('name', 'port', 'name')],
  },
  {
    kinds: ['Ingress'],
    isAt: path => /(?:^|\.)backend$/.test(path),
    name: 'serviceName',
    ports: [port('either', 'servicePort')],
  },
  {
    kinds: routeKinds,
    isAt: path => /(?:^|\.)(?:backendRefs\.\*|backendRef)$/.test(path),
    name: 'name',
    ports: [port('number', 'port')],
  },
  {
    kinds: ['VirtualService.networking.istio.io'],
    isAt: path => /\.(?:destination|mirror)$/.test(path),
    name: 'host',
    ports: [port('number', 'port', 'number')],
    isHost: true,
  },
  {
    kinds: ['DestinationRule.networking.istio.io'],
    isAt: path => path === 'spec',
    name: 'host',
    ports: [],
    isHost: true,
  },
  {
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    isAt: path => path === 'webhooks.*.clientConfig.service',
    name: 'name',
    ports: [port('number', 'port')],
  },
  ...controlledKinds.flatMap(kind =>
    controlledPlaces[kind].map(({ path, name, port: takes }): BackendForm => {
      const own = ['spec', ...path].join('.');
      return { kinds: [kind], isAt: other => other === own, name, ports: takes ? [port(takes, 'port')] : [] };
    }),
  ),
];

/** How objects of a kind name Services. */
export const formsOf = (kind: Kind): readonly BackendForm[] => forms.filter(({ kinds }) => kinds.includes(kind));
