import { memo } from '../../text/maps';
import type { Kind } from '../kinds';
import type { Resource } from '../resource';
import type { Cluster } from '../view';
import type { Settings } from './configured';
import { controllers } from './facts';
import type { BalanceKey, BalancePlace, ControllerFacts } from './facts/controller';
import { type Controller, type ControllerKind, controllersIn } from './in-scope';
import { versionAtLeast } from './running';

/** A load-balancing method as it is written somewhere. */
export interface WrittenBalance extends BalancePlace {
  readonly facts: ControllerFacts;
  readonly setting: BalanceKey;
}

/** Custom resources that can choose a method. */
export const balanceKinds = [
  'Service',
  'VirtualServer.k8s.nginx.org',
  'VirtualServerRoute.k8s.nginx.org',
  'IngressRoute.traefik.io',
  'TraefikService.traefik.io',
  'HTTPProxy.projectcontour.io',
  'DestinationRule.networking.istio.io',
  'KongUpstreamPolicy.configuration.konghq.com',
  'GCPTrafficDistributionPolicy.networking.gke.io',
  'BackendTrafficPolicy.gateway.envoyproxy.io',
  'UpstreamSettingsPolicy.gateway.nginx.org',
] as const satisfies readonly Kind[];

/**
 * All methods that the objects which a scope judges, and its controllers' settings, choose, each with the object that does. Left out are annotations on an Ingress that another
 * controller serves: nobody reads them.
 */
export function balancesIn(
  view: Cluster<ControllerKind | (typeof balanceKinds)[number]>,
): readonly (WrittenBalance & { readonly resource: Resource })[] {
  const found = controllersIn(view);
  const isCurrent = ({ facts, version }: Controller) =>
    facts.balance.since === undefined || versionAtLeast(version, facts.balance.since) !== false;
  const outdated = found.known.filter(controller => !isCurrent(controller)).map(({ facts }) => facts);
  const ofSettings = found.known
    .filter(isCurrent)
    .flatMap(({ facts, settings }) =>
      settings.flatMap(own => balanceOfSettings(facts, own).map(written => ({ ...written, resource: own.resource }))),
    );
  const ofOthers = view.judged('Ingress', ...balanceKinds).flatMap(resource => {
    const reader = resource.is('Ingress') ? found.of(resource)?.facts : undefined;
    return balanceOf(resource)
      .filter(({ facts }) => (reader === undefined || reader === facts) && !outdated.includes(facts))
      .map(written => ({ ...written, resource }));
  });
  return [...ofSettings, ...ofOthers];
}

/** The methods that an object chooses, by the keys of every controller. */
export const balanceOf = memo((resource: Resource): readonly WrittenBalance[] =>
  controllers.flatMap(facts =>
    facts.balance.settings
      .filter(setting => setting.on.includes(resource.kind))
      .flatMap(setting => setting.find(resource).map(place => ({ ...place, facts, setting }))),
  ),
);

/** The method that a controller's own settings choose for everything. */
export function balanceOfSettings(facts: ControllerFacts, { data }: Settings): readonly WrittenBalance[] {
  return facts.balance.settings
    .filter(({ on }) => on.includes('ConfigMap'))
    .flatMap(setting => {
      const node = data.at(setting.key);
      return node.string?.trim() ? [{ node, value: node.string, facts, setting }] : [];
    });
}
