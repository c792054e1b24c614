import { memo } from '../../text/maps';
import type { Node } from '../../yaml/node';
import { helmValuesIn } from '../helm';
import type { Resource } from '../resource';
import { controllers } from './facts';
import type { ConfigMapFacts, ControllerFacts } from './facts/controller';
import type { ControllerWorkload } from './running';

interface Homes {
  namespaceOf(resource: Resource): { readonly name: string };
}

/** The settings of a controller: its ConfigMap, or the values of its Helm chart that become one. */
export interface Settings {
  readonly resource: Resource;
  /** The mapping that holds them, which may not be written yet. */
  readonly data: Node;
  /** Whether others may add to them, so that nothing is missing for sure. */
  readonly isPartial: boolean;
  /** The version of the Helm chart that they are for, as written. */
  readonly chart?: string | undefined;
}

/** Settings in the values of a controller's Helm chart. */
export const chartSettings = memo(
  (resource: Resource): readonly { readonly facts: ControllerFacts; readonly settings: Settings }[] => {
    const isPartial = resource.at('spec', 'valuesFrom').exists || resource.kind === 'HelmChartConfig.helm.cattle.io';
    return controllers.flatMap(facts => {
      const chart = facts.configMap?.chart;
      if (chart === undefined) return [];
      return helmValuesIn(resource, chart.name).map(({ values, version }) => {
        return { facts, settings: { resource, data: values.at(...chart.path), isPartial, chart: version } };
      });
    });
  },
);

/**
 * Which controller a ConfigMap configures: the one whose arguments name it, else the one that is known to use its name,
 * or that its label app.kubernetes.io/name names.
 */
export function configuredBy(
  configMap: Resource,
  workloads: readonly ControllerWorkload[],
  homes: Homes,
): ControllerFacts | undefined {
  const name = configMap.name.string;
  if (name === undefined) return undefined;
  const namespace = homes.namespaceOf(configMap).name;
  let isNamedElsewhere = false;
  for (const { facts, workload, flags } of workloads) {
    for (const flag of facts.configMap?.flags ?? []) {
      const named = flags.get(flag);
      if (named === undefined) continue;
      const own = homes.namespaceOf(workload).name;
      const [left = '', right] = named.split('/');
      const home = right === undefined || left.startsWith('$') ? own : left;
      if ((right ?? left) === name && home === namespace) return facts;
      if (facts.configMap?.names.includes(name) || labelledFor(configMap, facts.configMap)) isNamedElsewhere = true;
    }
  }
  // An argument that names another ConfigMap says that this one is something else.
  if (isNamedElsewhere) return undefined;
  const known = controllers.find(
    ({ configMap: facts }) => facts?.names.includes(name) || labelledFor(configMap, facts),
  );
  return known && looksLikeSettings(configMap) ? known : undefined;
}

/**
 * A label alone stands on every ConfigMap of a chart: headers, dashboards, TCP services.
 *
 * @own what charts call the ConfigMaps that they make beside the settings
 */
function labelledFor(configMap: Resource, facts: ConfigMapFacts | undefined): boolean {
  const label = configMap.label('app.kubernetes.io/name').string;
  if (facts === undefined || label === undefined || !facts.appNames.includes(label)) return false;
  const component = configMap.label('app.kubernetes.io/component').string;
  if (component !== undefined && component !== 'controller') return false;
  return !/(?:headers?|dashboards?|tcp|udp|errors?|template|leader)/i.test(configMap.name.string ?? '');
}

/** Settings are `lower-case-words`: a key with a dot is a file, one of digits a port, one with capitals a header. */
function looksLikeSettings(configMap: Resource): boolean {
  return configMap
    .at('data')
    .entries()
    .every(entry => /^[a-z][a-z0-9_-]*$/.test(String(entry.key)));
}
