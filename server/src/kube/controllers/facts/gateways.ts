import { onField } from './balance';
import type { ControllerFacts } from './controller';

/**
 * Envoy Gateway 1.9: api/v1alpha1/loadbalancer_types.go.
 *
 * @source envoyproxy/gateway:api/v1alpha1/loadbalancer_types.go (1.9)
 */
export const envoyGateway: ControllerFacts = {
  id: 'envoy-gateway',
  title: 'Envoy Gateway',
  specControllers: [],
  classNames: [],
  prefixes: [],
  images: ['envoyproxy/gateway'],
  classFlags: [],
  balance: {
    default: 'LeastRequest',
    isDefaultGood: true,
    settings: [
      onField(
        'type',
        ['BackendTrafficPolicy.gateway.envoyproxy.io'],
        resource => [resource.at('spec', 'loadBalancer', 'type')],
        {
          values: ['LeastRequest', 'RoundRobin', 'Random', 'ConsistentHash'],
          // Newer than the release that was read.
          accepts: value =>
            /^(?:LeastRequest|RoundRobin|Random|ConsistentHash|HostOverride|BackendUtilization)$/.test(value),
          best: 'LeastRequest',
          roundRobin: ['RoundRobin'],
          onUnknown: 'rejected',
          consequence: 'the API server rejects the object',
        },
      ),
    ],
  },
};

/** @source nginx/nginx-gateway-fabric:apis/v1alpha1/upstreamsettingspolicy_types.go (2.6.7) */
const methods = new Set([
  'least_conn',
  'random two least_conn',
  'round_robin',
  'ip_hash',
  'hash',
  'hash consistent',
  'random',
  'random two',
  // These need NGINX Plus.
  'random two least_time=header',
  'random two least_time=last_byte',
  'least_time header',
  'least_time last_byte',
  'least_time header inflight',
  'least_time last_byte inflight',
]);

/**
 * NGINX Gateway Fabric 2.6: apis/v1alpha1/upstreamsettingspolicy_types.go; the field came with 2.4.
 *
 * @source nginx/nginx-gateway-fabric:apis/v1alpha1/upstreamsettingspolicy_types.go (2.6.7)
 * @source nginx/nginx-gateway-fabric:deploy/default/deploy.yaml (commit e55bfe3)
 */
export const nginxGatewayFabric: ControllerFacts = {
  id: 'nginx-gateway-fabric',
  title: 'NGINX Gateway Fabric',
  specControllers: [],
  classNames: [],
  prefixes: [],
  images: ['nginx-gateway-fabric'],
  classFlags: [],
  balance: {
    default: 'random two least_conn',
    isDefaultGood: true,
    settings: [
      onField(
        'loadBalancingMethod',
        ['UpstreamSettingsPolicy.gateway.nginx.org'],
        resource => [resource.at('spec', 'loadBalancingMethod')],
        {
          values: ['least_conn', 'random two least_conn', 'round_robin', 'ip_hash', 'hash', 'random', 'random two'],
          accepts: value => methods.has(value),
          best: 'least_conn',
          roundRobin: ['round_robin'],
          onUnknown: 'rejected',
          consequence: 'the API server rejects the object',
        },
      ),
    ],
  },
};
